"""Gradients at noisy copies of every image: what SmoothGrad and its relatives summarize."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import tensorflow as tf
from jaxtyping import Int

from core.explain.chunk_gradients import chunk_gradients
from core.explain.variants import Variants, even_chunks
from core.progress import Track
from core.score import GradientFunction
from core.shapes import Images

REMEMBERED_NOISES = 32
"""Each is 0.6 MB at 224 × 224. Where more copies are asked for, all are drawn every time."""


def noisy_gradients(
    gradient: GradientFunction,
    images: Images,
    *,
    copies: int,
    noise: float,
    seed: int,
    chunk: int,
    track: Track,
) -> Iterator[Variants]:
    """Differentiate noisy copies of every image.

    Args:
        gradient: from images [n·B, H, W, C] to the gradients of their scores.
        images: [B, H, W, C] float32, in the units the model was trained on.
        copies: how many of every image, at least 1.
        noise: standard deviation as a fraction of each image's own range, its highest value
            less its lowest.
        seed: of the noise.
        chunk: how many copies go into one pass.
        track: goes through the passes.

    Yields:
        The gradients [n, B, H, W, C] at the n copies of each pass; every copy once.
    """
    for part in track(even_chunks(copies, chunk)):
        variants = noisy_copies(images, part.indices, noise=noise, seed=seed)
        yield chunk_gradients(gradient, variants)[: part.fresh]


def noisy_copies(
    images: Images, indices: Int[np.ndarray, " n"], *, noise: float, seed: int
) -> Variants:
    """Add the noises of the given numbers [n] to every image: [n, B, H, W, C]."""
    # One noise for the whole batch: a map must not depend on who else is in it.
    shape = tuple(images.shape[1:])
    standard_normal = tf.stack(
        [standard_noise(shape, seed=seed, index=int(index)) for index in indices]
    )
    pixels = (1, 2, 3)
    ranges = tf.reduce_max(images, pixels, True) - tf.reduce_min(images, pixels, True)
    return images + noise * ranges * standard_normal[:, tf.newaxis]


@lru_cache(maxsize=REMEMBERED_NOISES)
def standard_noise(shape: tuple[int, ...], *, seed: int, index: int) -> tf.Tensor:
    """Draw the noise of one copy, in standard deviations; drawn ones are remembered.

    On a CPU drawing takes a sixth of the time of a small network's gradient, and the noises of
    a seed are the same for every image.
    """
    # Also where a graph is traced, which a tensor of its own would not outlive.
    with tf.init_scope():
        return tf.random.stateless_normal(shape, seed=(seed, index))
