"""Blurring images by many Gaussians at once, as matrix products.

Matches `scipy.ndimage.gaussian_filter(image, sigma, mode="constant", truncate=4)`, which the
authors of blur integrated gradients use: the kernel ends at 4 sigma, and there is zero around
the image. A kernel that is wider than the image costs no more than a narrow one.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.explain.variants import Variants
from core.shapes import Images

TRUNCATE_SIGMAS = 4.0
"""Where the kernel ends, in standard deviations; SciPy's default."""


def gaussian_blurs(images: Images, sigmas: Float[np.ndarray, " n"]) -> Variants:
    """Blur every image by each of n Gaussians.

    Args:
        images: [B, H, W, C] float32.
        sigmas: [n] standard deviations in pixels; 0 leaves the images as they are.

    Returns:
        [n, B, H, W, C] float32.
    """
    height, width = images.shape[1:3]
    over_rows = tf.constant(np.stack([blur_matrix(height, sigma) for sigma in sigmas]))
    over_columns = tf.constant(np.stack([blur_matrix(width, sigma) for sigma in sigmas]))
    blurred = tf.einsum("nij,bjwc->nbiwc", over_rows, images)
    return tf.einsum("nij,nbhjc->nbhic", over_columns, blurred)


def blur_matrix(length: int, sigma: float) -> Float[np.ndarray, "length length"]:
    """Write the blur of a row of pixels as a matrix, float32."""
    if sigma == 0.0:
        return np.eye(length, dtype=np.float32)
    radius = int(TRUNCATE_SIGMAS * sigma + 0.5)
    distances = np.arange(-radius, radius + 1)
    kernel = np.exp(-0.5 * np.square(distances / sigma))
    kernel /= kernel.sum()
    places = np.arange(length)
    offsets = places[:, None] - places
    is_reached = np.abs(offsets) <= radius
    weights = kernel[np.clip(offsets + radius, 0, 2 * radius)]
    return np.where(is_reached, weights, 0.0).astype(np.float32)
