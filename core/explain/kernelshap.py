"""KernelSHAP: the score's rise above the baseline's, shared out fairly among superpixels.

Source: Lundberg and Lee, "A Unified Approach to Interpreting Model Predictions" (2017),
https://arxiv.org/abs/1705.07874, theorem 2. Sampling in complementary pairs and the
constrained solution after Covert and Lee, "Improving KernelSHAP: Practical Shapley Value
Estimation Using Linear Regression" (2021), https://arxiv.org/abs/2012.01536, section 4.2.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.explain.superpixels import Presence, Segments, paint, score_coalitions, segment_counts
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps

MOST_ENUMERATED = 30
"""Superpixels; the sets of more than so many are never all tried, nor counted."""


def kernelshap(
    score: ScoreFunction,
    images: Images,
    *,
    segments: Segments,
    baseline: tf.Tensor,
    sample_count: int,
    seed: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Estimate each superpixel's Shapley value by a weighted regression over sets of them.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B].
        images: [B, H, W, C] float32, in the units the model was trained on.
        segments: [B, H, W], the superpixel of each pixel, 0..S_b-1 in image b.
        baseline: [B, H, W, C] float32, what shows where a superpixel is absent.
        sample_count: how many sets of superpixels are tried, besides the empty and the full
            one. An image with no more sets than that has all of them tried, and its values are
            exact.
        seed: of the sets.
        chunk: how many sets go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, signed, in score units: each pixel has its superpixel's value. Over
        the superpixels the values sum to score(images) - score(baseline), whatever the sample.
        Costs sample_count + 2 forward passes, or fewer where all images have fewer sets.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    samples = [weighted_sets(count, sample_count, seed) for count in segment_counts(segments)]
    # Images with fewer sets repeat the full one at the end; no regression sees it.
    most = max(len(present) for present, _ in samples) + 2
    scores = score_coalitions(
        score,
        images,
        segments=segments,
        baseline=baseline,
        coalitions=[with_extremes(present, most) for present, _ in samples],
        chunk=chunk,
        track=track,
    )
    values = [
        shapley_regression(present, own[2 : 2 + len(present)], weights, own[0], own[1])
        for (present, weights), own in zip(samples, tf.transpose(scores).numpy(), strict=True)
    ]
    return paint(values, segments)


def weighted_sets(
    superpixel_count: int, sample_count: int, seed: int
) -> tuple[Presence, Float[np.ndarray, " n"]]:
    """Choose the sets to try, and the weights [n] they have in the regression.

    An image's sets depend on its own superpixels only, never on the rest of the batch.
    """
    if superpixel_count <= MOST_ENUMERATED and 2**superpixel_count - 2 <= sample_count:
        return all_sets(superpixel_count)
    random = np.random.default_rng(seed)
    sizes = np.arange(1, superpixel_count)
    size_weights = 1.0 / (sizes * (superpixel_count - sizes))
    pairs = -(-sample_count // 2)
    drawn_sizes = random.choice(sizes, size=pairs, p=size_weights / size_weights.sum())
    places = random.random((pairs, superpixel_count)).argsort(axis=1).argsort(axis=1)
    drawn = places < drawn_sizes[:, None]
    present = np.stack([drawn, ~drawn], axis=1).reshape(-1, superpixel_count)[:sample_count]
    return present.astype(np.float64), np.ones(len(present))


def all_sets(superpixel_count: int) -> tuple[Presence, Float[np.ndarray, " n"]]:
    """Give every set but the empty and the full one, with the weight of Shapley's kernel."""
    codes = np.arange(1, 2**superpixel_count - 1)
    present = (codes[:, None] >> np.arange(superpixel_count) & 1).astype(np.float64)
    sizes = present.sum(axis=1).astype(int)
    of_one_size = np.bincount(sizes, minlength=superpixel_count + 1)[sizes]
    weights = (superpixel_count - 1) / (of_one_size * sizes * (superpixel_count - sizes))
    return present, weights


def with_extremes(present: Presence, count: int) -> Float[np.ndarray, "most S"]:
    """Put the empty and the full set first, and fill up with the full one."""
    superpixel_count = present.shape[1]
    full = np.ones((count - len(present) - 1, superpixel_count))
    return np.concatenate([np.zeros((1, superpixel_count)), full[:1], present, full[1:]])


def shapley_regression(
    present: Presence,
    scores: Float[np.ndarray, " n"],
    weights: Float[np.ndarray, " n"],
    empty_score: np.floating,
    full_score: np.floating,
) -> Float[np.ndarray, " S"]:
    """Fit the scores by one value a superpixel, such that all values sum to the whole rise.

    The least squares and their constraint are solved together (Lagrange); where the sets leave
    values open, the smallest are taken.
    """
    superpixel_count = present.shape[1]
    ones = np.ones((superpixel_count, 1))
    total = weights.sum() or 1.0
    weighted = present.T * (weights / total)
    left = np.block([[weighted @ present, ones], [ones.T, np.zeros((1, 1))]])
    right = np.append(
        weighted @ (scores - float(empty_score)), float(full_score) - float(empty_score)
    )
    values: Float[np.ndarray, " S"] = np.linalg.lstsq(left, right, rcond=None)[0][:-1]
    return values
