"""Images on their way in: decoding, orientation, resizing. Free of TensorFlow."""
