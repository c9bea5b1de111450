"""Completeness: contributions that do not add up to the score leave something unexplained.

Source: Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks" (2017),
https://arxiv.org/abs/1703.01365, proposition 1. Methods that promise it are integrated
gradients and its relatives, Shapley values, and layer-wise relevance.
"""

from dataclasses import dataclass

import tensorflow as tf
from jaxtyping import Float

from core.explain.variants import check_baseline
from core.score import ScoreFunction
from core.shapes import Images, Scores


@dataclass(frozen=True)
class Gap:
    """What the contributions to B scores leave open."""

    signed: Scores
    """[B] in score units: sum of the contributions, less the rise that they should explain."""
    part: Scores
    """[B], not negative: the gap as a part of that rise; infinite for a gap without a rise."""


def completeness_gap(
    score: ScoreFunction,
    images: Images,
    contributions: Float[tf.Tensor, "B ..."],
    *,
    baseline: Images,
) -> Gap:
    """Hold the sum of the contributions against the rise of the score over its baseline's.

    Args:
        score: from images [B, H, W, C] to scores [B]; the one that was explained.
        images: [B, H, W, C] float32, in the units the model was trained on.
        contributions: [B, H, W, C], [B, H, W] or any other division of the scores.
        baseline: [B, H, W, C] float32, the image that has nothing of the score.

    Returns:
        What is left open. Costs two forward passes.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    check_baseline(images, baseline)
    rise = score(images) - score(baseline)
    explained = tf.reduce_sum(contributions, axis=tuple(range(1, len(contributions.shape))))
    signed = explained - rise
    is_closed = tf.equal(signed, 0.0)
    part = tf.where(is_closed, tf.zeros_like(signed), tf.abs(signed) / tf.abs(rise))
    return Gap(signed, part)
