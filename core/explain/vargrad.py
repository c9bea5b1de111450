"""VarGrad: how much the gradient varies over noisy copies of the image.

Source: Adebayo, Gilmer, Muelly, Goodfellow, Hardt and Kim, "Sanity Checks for Saliency Maps"
(2018), https://arxiv.org/abs/1810.03292. The variance is that of the copies themselves (divided
by their number), so that a single copy has the variance 0.
"""

import tensorflow as tf

from core.explain.noisy_gradients import noisy_gradients
from core.progress import Track
from core.score import GradientFunction
from core.shapes import Images, Maps


def vargrad(
    gradient: GradientFunction,
    images: Images,
    *,
    copies: int,
    noise: float,
    seed: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Take the variance of the gradient over noisy copies, and the largest over the channels.

    Args:
        gradient: from images [n·B, H, W, C] to the gradients of their scores.
        images: [B, H, W, C] float32, in the units the model was trained on.
        copies: noisy copies of every image, at least 2 to see a variance; each costs one
            gradient.
        noise: standard deviation as a fraction of each image's own range.
        seed: of the noise, which is the same for every image.
        chunk: how many copies go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, not negative, in squared score units per input unit.
    """
    total, total_squares = tf.zeros_like(images), tf.zeros_like(images)
    origin: tf.Tensor | None = None
    for gradients in noisy_gradients(
        gradient, images, copies=copies, noise=noise, seed=seed, chunk=chunk, track=track
    ):
        # Counted from one of the copies: the squares of large gradients that vary little would
        # leave no digits for the variance.
        origin = gradients[0] if origin is None else origin
        offsets = gradients - origin
        total += tf.reduce_sum(offsets, axis=0)
        total_squares += tf.reduce_sum(tf.square(offsets), axis=0)
    variances = total_squares / copies - tf.square(total / copies)
    return tf.reduce_max(tf.maximum(variances, 0.0), axis=-1)
