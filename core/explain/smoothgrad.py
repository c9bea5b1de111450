"""SmoothGrad: saliency with the gradient averaged over noisy copies of the image.

Source: Smilkov, Thorat, Kim, Viegas and Wattenberg, "SmoothGrad: removing noise by adding
noise" (2017), https://arxiv.org/abs/1706.03825. The signed gradients are averaged; only then is
the largest magnitude over the channels taken, so that without noise it is saliency itself.
"""

import tensorflow as tf

from core.explain.noisy_gradients import noisy_gradients
from core.progress import Track
from core.score import GradientFunction
from core.shapes import Images, Maps


def smoothgrad(
    gradient: GradientFunction,
    images: Images,
    *,
    copies: int,
    noise: float,
    seed: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Average the gradient over noisy copies; take the largest magnitude over the channels.

    Args:
        gradient: from images [n·B, H, W, C] to the gradients of their scores.
        images: [B, H, W, C] float32, in the units the model was trained on.
        copies: noisy copies of every image, at least 1; each costs one gradient.
        noise: standard deviation as a fraction of each image's own range.
        seed: of the noise, which is the same for every image.
        chunk: how many copies go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, not negative, in score units per input unit.
    """
    total = tf.zeros_like(images)
    for gradients in noisy_gradients(
        gradient, images, copies=copies, noise=noise, seed=seed, chunk=chunk, track=track
    ):
        total += tf.reduce_sum(gradients, axis=0)
    return tf.reduce_max(tf.abs(total / copies), axis=-1)
