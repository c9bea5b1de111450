"""From a map to an object: weakly supervised localization. Free of TensorFlow."""
