"""Gradients of the variants of the images that go through the network together."""

import tensorflow as tf

from core.explain.variants import Variants
from core.score import GradientFunction


def chunk_gradients(gradient: GradientFunction, variants: Variants) -> Variants:
    """Differentiate the variants of one pass.

    Args:
        gradient: from images [n·B, H, W, C], one variant of the whole batch after another, to
            the gradients of their scores.
        variants: [n, B, H, W, C] float32.

    Returns:
        [n, B, H, W, C] float32.
    """
    gradients = gradient(tf.reshape(variants, (-1, *variants.shape[2:])))
    return tf.reshape(gradients, variants.shape)
