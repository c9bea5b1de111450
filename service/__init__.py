"""The front: HTTP in and out. It never imports TensorFlow."""
