"""SquareGrad: the mean square of the gradient over noisy copies of the image.

Source: Hooker, Erhan, Kindermans and Kim, "A Benchmark for Interpretability Methods in Deep
Neural Networks" (2019), https://arxiv.org/abs/1806.10758, where it is "SmoothGrad-Squared".
"""

import tensorflow as tf

from core.explain.noisy_gradients import noisy_gradients
from core.progress import Track
from core.score import GradientFunction
from core.shapes import Images, Maps


def squaregrad(
    gradient: GradientFunction,
    images: Images,
    *,
    copies: int,
    noise: float,
    seed: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Average the squared gradient over noisy copies; take the largest over the channels.

    Args:
        gradient: from images [n·B, H, W, C] to the gradients of their scores.
        images: [B, H, W, C] float32, in the units the model was trained on.
        copies: noisy copies of every image, at least 1; each costs one gradient.
        noise: standard deviation as a fraction of each image's own range.
        seed: of the noise, which is the same for every image.
        chunk: how many copies go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, not negative, in squared score units per input unit. The largest over
        the channels is taken, as for saliency, whose square this is where there is no noise.
    """
    total = tf.zeros_like(images)
    for gradients in noisy_gradients(
        gradient, images, copies=copies, noise=noise, seed=seed, chunk=chunk, track=track
    ):
        total += tf.reduce_sum(tf.square(gradients), axis=0)
    return tf.reduce_max(total / copies, axis=-1)
