"""From unbounded numbers to colours, by directions in which natural colours vary independently.

Source: lucid, `optvis/param/color.py`: the matrix is a square root of the covariance of
ImageNet's colours, scaled so that its longest column has length 1.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float

Planes = Float[tf.Tensor, "H W B C"]
"""B pictures with the place first, as `core.visualize.resample` moves them."""

COVARIANCE_ROOT = np.array(
    [[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]], np.float32
)
"""Rows are red, green and blue; columns are brightness, red against blue, and green."""

CORRELATION = COVARIANCE_ROOT / np.linalg.norm(COVARIANCE_ROOT, axis=0).max()
"""[3, 3], from decorrelated to RGB colours."""

COLOURS = 3


def coloured(
    buffers: Float[tf.Tensor, "B C H W"], *, decorrelate: bool
) -> Float[tf.Tensor, "H W B C"]:
    """Bring pictures into the range of colours.

    Args:
        buffers: [B, C, H, W] float32 of any values; C is 3, or 4 with transparency.
        decorrelate: whether the channels are brightness, red against blue, and green; otherwise
            red, green and blue.

    Returns:
        [H, W, B, C] in 0..1, by the sigmoid; transparency, if any, is opacity in 0..1.
    """
    count, channels, height, width = buffers.shape
    rows = tf.reshape(buffers, (count, channels, height * width))
    if decorrelate:
        mixing = np.eye(channels, dtype=np.float32)
        mixing[:COLOURS, :COLOURS] = CORRELATION
        rows = tf.matmul(mixing, rows)
    places = tf.transpose(tf.sigmoid(rows), (2, 0, 1))
    return tf.reshape(places, (height, width, count, channels))


def decorrelated(colours: np.ndarray) -> np.ndarray:
    """Undo the mixing of `coloured`: from RGB [..., 3] before the sigmoid to decorrelated."""
    return colours @ np.linalg.inv(CORRELATION).T
