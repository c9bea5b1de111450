"""The toy network once more, in NumPy and loops: forwards, and back by any rule for the ReLUs.

It knows nothing of TensorFlow's gradients, so that it can say what they should have been.
"""

import numpy as np


def plain_rule(upstream, features):
    """Go back through a ReLU by its derivative."""
    return upstream * (features > 0)


def guided_rule(upstream, features):
    """Springenberg et al. 2014, figure 1: what is positive, where the ReLU was open."""
    return np.maximum(upstream, 0) * (features > 0)


def deconvolution_rule(upstream, features):
    """Zeiler and Fergus 2013, section 2.1: what is positive, wherever."""
    return np.maximum(upstream, 0)


def slow_gradient(weights, image, class_weights, rule):
    """Go back from the weighted logits to the image.

    Args:
        weights: the toy network's, in Keras' order.
        image: [H, W, C].
        class_weights: [K], 1 for the class explained, -1 for the one it is held against.
        rule: from the gradient above a ReLU and the features below it to the gradient below.
    """
    first, first_bias, last, last_bias, dense, _ = [np.float64(weight) for weight in weights]
    below_first = convolve(np.float64(image), first) + first_bias
    above_first = np.maximum(below_first, 0)
    below_last = convolve(pool(above_first), last) + last_bias
    positions = below_last.shape[0] * below_last.shape[1]

    upstream = np.broadcast_to(dense @ class_weights / positions, below_last.shape)
    upstream = convolve_backward(rule(upstream, below_last), last)
    upstream = pool_backward(upstream, above_first)
    return convolve_backward(rule(upstream, below_first), first)


def convolve(image, kernel):
    """Slide a 3x3 kernel [3, 3, C, D] over an image [H, W, C] with a border of zeros."""
    height, width, _ = image.shape
    padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
    result = np.zeros((height, width, kernel.shape[3]))
    for row in range(height):
        for column in range(width):
            patch = padded[row : row + 3, column : column + 3]
            result[row, column] = np.tensordot(patch, kernel, 3)
    return result


def convolve_backward(upstream, kernel):
    """Hand each output's gradient back to the patch that it was made of."""
    height, width, _ = upstream.shape
    padded = np.zeros((height + 2, width + 2, kernel.shape[2]))
    for row in range(height):
        for column in range(width):
            padded[row : row + 3, column : column + 3] += kernel @ upstream[row, column]
    return padded[1:-1, 1:-1]


def pool(features):
    """Keep the largest of every 2x2 pixels."""
    height, width, channels = features.shape
    return features.reshape(height // 2, 2, width // 2, 2, channels).max(axis=(1, 3))


def pool_backward(upstream, features):
    """Hand each gradient back to the first of the largest of its 2x2 pixels."""
    result = np.zeros_like(features)
    for row, column, channel in np.ndindex(upstream.shape):
        block = features[2 * row : 2 * row + 2, 2 * column : 2 * column + 2, channel]
        block_row, block_column = np.unravel_index(block.argmax(), block.shape)
        place = (2 * row + block_row, 2 * column + block_column, channel)
        result[place] = upstream[row, column, channel]
    return result
