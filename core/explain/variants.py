"""Scoring many variants of every image, a chunk of them in each pass of the network."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.errors import ShapeError
from core.progress import Track
from core.shapes import Images, Scores

Variants = Float[tf.Tensor, "n B ..."]
"""n variants of B things."""

VariantScores = Float[tf.Tensor, "n B"]

KeptParts = Float[tf.Tensor, "n #B H W"]
"""How much of each pixel n variants keep, 0 to 1; B is 1 where all images share the masks."""


@dataclass(frozen=True)
class Chunk:
    """Variants that go through the network together. All chunks of a run are of one size."""

    indices: Int[np.ndarray, " n"]
    """Which variants; the last chunk repeats its last one to be as long as the others."""
    fresh: int
    """How many of them are no such repetition."""


def even_chunks(count: int, chunk: int) -> list[Chunk]:
    """Divide variants among as few passes as possible, evenly, so that little is repeated.

    Args:
        count: how many variants there are, at least 1.
        chunk: at most so many in one pass, at least 1.
    """
    passes = -(-count // chunk)
    size = -(-count // passes)
    starts = range(0, count, size)
    return [
        Chunk(
            indices=np.minimum(np.arange(start, start + size), count - 1),
            fresh=min(size, count - start),
        )
        for start in starts
    ]


def score_variants(
    score: Callable[[tf.Tensor], Scores],
    variants_of: Callable[[Int[np.ndarray, " n"]], Variants],
    *,
    count: int,
    chunk: int,
    track: Track,
) -> VariantScores:
    """Score every variant of every image.

    Args:
        score: from variants [n·B, ...], one variant of the whole batch after another, to their
            scores [n·B].
        variants_of: makes the variants [n, B, ...] of the indices [n], each in 0..count-1.
        count: how many variants there are.
        chunk: at most so many in one pass.
        track: goes through the passes.

    Returns:
        [count, B] float32.
    """
    found = []
    for part in track(even_chunks(count, chunk)):
        scores = score_chunk(score, variants_of(part.indices))
        found.append(scores[: part.fresh])
    return tf.concat(found, axis=0)


def score_chunk(score: Callable[[tf.Tensor], Scores], variants: Variants) -> VariantScores:
    """Score the variants of one pass."""
    scores = score(tf.reshape(variants, (-1, *variants.shape[2:])))
    return tf.reshape(scores, variants.shape[:2])


def keep_parts(images: Images, kept: KeptParts, baseline: tf.Tensor) -> Variants:
    """Make a variant of the images for every mask: [n, B, H, W, C].

    Args:
        images: [B, H, W, C] float32.
        kept: [n, B, H, W] or [n, 1, H, W] float32; 1 keeps a pixel, 0 puts the baseline there.
        baseline: [B, H, W, C] float32, what a pixel is when it is not there.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    check_baseline(images, baseline)
    share = kept[..., tf.newaxis]
    return share * images + (1.0 - share) * baseline


def check_baseline(images: Images, baseline: tf.Tensor) -> None:
    """Refuse a baseline that would have to be stretched to the images.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    if baseline.shape != images.shape:
        raise ShapeError("baseline", tuple(images.shape), tuple(baseline.shape))
