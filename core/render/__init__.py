"""Maps on their way out: upsampling, colour, pictures. Free of TensorFlow."""
