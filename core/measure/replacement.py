"""Scores of images of which ever more is shown: what insertion and deletion are made of."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from jaxtyping import Bool, Float, Int

from core.explain.variants import Variants, keep_parts, score_variants
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Scores


@dataclass(frozen=True)
class Curve:
    """How the scores of B images change from step to step."""

    scores: Float[tf.Tensor, "n B"]
    """The first and the last are of whole images or baselines; n is one more than the steps."""

    @property
    def area(self) -> Scores:
        """Mean height of each image's curve, [B] in score units, by the trapezoidal rule."""
        return tf.reduce_mean((self.scores[1:] + self.scores[:-1]) / 2.0, axis=0)


def shown_pixels(count: int, steps: int, step: int) -> int:
    """Divide pixels evenly among steps: how many of them the first few steps have reached."""
    return round(count * step / steps)


def score_curve(
    score: ScoreFunction,
    images: Images,
    is_shown: Callable[[int], Bool[np.ndarray, "B H W"]],
    *,
    baseline: Images,
    steps: int,
    chunk: int,
    track: Track,
) -> Curve:
    """Score the images with some of their pixels replaced, step by step.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B].
        images: [B, H, W, C] float32.
        is_shown: from the number of pixels that the steps so far have reached to which pixels
            are the image's; the others are the baseline's.
        baseline: [B, H, W, C] float32.
        steps: at least 1; costs steps + 1 forward passes.
        chunk: how many steps go into one pass.
        track: goes through the passes.
    """
    count = images.shape[1] * images.shape[2]

    def replaced(indices: Int[np.ndarray, " n"]) -> Variants:
        shown = [is_shown(shown_pixels(count, steps, int(step))) for step in indices]
        return keep_parts(images, tf.constant(np.stack(shown), tf.float32), baseline)

    return Curve(score_variants(score, replaced, count=steps + 1, chunk=chunk, track=track))
