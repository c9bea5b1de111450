"""What natural pictures have little of: each prior is a number that a picture is charged for.

Source: Mahendran and Vedaldi, "Visualizing Deep Convolutional Neural Networks Using Natural
Pre-Images" (2015), https://arxiv.org/abs/1512.02017, for total variation and norms; lucid,
`optvis/objectives.py`, for the blur. Departure: all are means over pixels and colours, where
lucid sums up, so that a weight means the same for every size.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.shapes import Images, Scores
from core.visualize.frequencies import frequencies, occurrences

MID_GREY = 0.5
BLUR_KERNEL = np.outer([1, 2, 1], [1, 2, 1]) / 16
"""Binomial, 3 x 3 pixels."""
FASTEST = 0.5
"""Cycles per pixel of the fastest wave along a row."""


def total_variation(pictures: Images) -> Scores:
    """Measure how much neighbours differ: the mean absolute difference, down and right."""
    down = tf.abs(pictures[:, 1:] - pictures[:, :-1])
    right = tf.abs(pictures[:, :, 1:] - pictures[:, :, :-1])
    values = int(np.prod(pictures.shape[1:]))
    return (tf.reduce_sum(down, axis=(1, 2, 3)) + tf.reduce_sum(right, axis=(1, 2, 3))) / values


def l1(pictures: Images) -> Scores:
    """Measure the mean absolute difference from mid-grey."""
    return tf.reduce_mean(tf.abs(pictures - MID_GREY), axis=(1, 2, 3))


def l2(pictures: Images) -> Scores:
    """Measure the mean squared difference from mid-grey."""
    return tf.reduce_mean(tf.square(pictures - MID_GREY), axis=(1, 2, 3))


def blur(pictures: Images) -> Scores:
    """Measure half the mean squared difference from the picture blurred.

    The blurred picture counts as fixed, so that each step blurs a little.
    """
    channels = pictures.shape[-1]
    kernel = np.repeat(BLUR_KERNEL[..., np.newaxis, np.newaxis], channels, axis=2)
    edges = [[0, 0], [1, 1], [1, 1], [0, 0]]
    blurred = tf.nn.depthwise_conv2d(
        tf.pad(pictures, edges, "SYMMETRIC"),
        tf.constant(kernel, tf.float32),
        strides=[1, 1, 1, 1],
        padding="VALID",
    )
    return tf.reduce_mean(tf.square(pictures - tf.stop_gradient(blurred)), axis=(1, 2, 3)) / 2


def frequency_penalty(pictures: Images) -> Scores:
    """Measure the energy of the waves, each weighed by its frequency squared.

    Returns:
        [B], the mean over pixels and colours of the picture's squared values, after each wave
        has been multiplied by its frequency in units of half a cycle per pixel.
    """
    _, height, width, channels = pictures.shape
    spectrum = tf.signal.rfft2d(tf.transpose(pictures, (0, 3, 1, 2)))
    waves: Float[tf.Tensor, "B C H F"] = tf.abs(spectrum) ** 2
    weights = (frequencies(height, width) / FASTEST) ** 2 * occurrences(height, width)
    energy = tf.reduce_sum(waves * weights.astype(np.float32), axis=(1, 2, 3))
    return energy / (channels * (height * width) ** 2)


PRIORS: dict[str, Callable[[Images], Scores]] = {
    "total_variation": total_variation,
    "l1": l1,
    "l2": l2,
    "blur": blur,
    "frequency_penalty": frequency_penalty,
}
"""By the name of its weight."""
