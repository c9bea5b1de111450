"""LIME: the superpixels that a linear model needs to say what the network says nearby.

Source: Ribeiro, Singh and Guestrin, "'Why Should I Trust You?': Explaining the Predictions of
Any Classifier" (2016), https://arxiv.org/abs/1602.04938, section 3.3 and 3.4. Departures:
ridge regression over all superpixels, as the authors' own code does by default, where the
paper selects K of them by lasso first; the kernel is the paper's exp(-(D / width)²), of which
the code takes the root.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.explain.superpixels import Presence, Segments, paint, score_coalitions, segment_counts
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps


def lime(  # noqa: PLR0913 - every knob is a parameter of the method
    score: ScoreFunction,
    images: Images,
    *,
    segments: Segments,
    baseline: tf.Tensor,
    sample_count: int,
    keep_probability: float,
    kernel_width: float,
    ridge: float,
    seed: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Fit a weighted linear model of the score to the presence of superpixels.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B]; the paper's are probabilities.
        images: [B, H, W, C] float32, in the units the model was trained on.
        segments: [B, H, W], the superpixel of each pixel, 0..S_b-1 in image b.
        baseline: [B, H, W, C] float32, what shows where a superpixel is absent.
        sample_count: how many sets of superpixels are tried, the full one among them.
        keep_probability: with which a superpixel is in a set.
        kernel_width: above 0; how fast a set counts less with its distance from the full one.
        ridge: at least 0; how strongly the coefficients are held near zero.
        seed: of the sets.
        chunk: how many sets go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, signed, in score units: each pixel has its superpixel's coefficient.
        Costs sample_count forward passes.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    samples = [
        draw_presence(count, sample_count, keep_probability, seed)
        for count in segment_counts(segments)
    ]
    scores = score_coalitions(
        score,
        images,
        segments=segments,
        baseline=baseline,
        coalitions=samples,
        chunk=chunk,
        track=track,
    )
    coefficients = [
        weighted_ridge(own, targets, closeness(own, kernel_width), ridge)
        for own, targets in zip(samples, tf.transpose(scores).numpy(), strict=True)
    ]
    return paint(coefficients, segments)


def draw_presence(
    superpixel_count: int, sample_count: int, keep_probability: float, seed: int
) -> Presence:
    """Draw sets of superpixels; the first is the full one.

    An image's sets depend on its own superpixels only, never on the rest of the batch.
    """
    random = np.random.default_rng(seed)
    present = random.random((sample_count, superpixel_count)) < keep_probability
    present[0] = True
    return present.astype(np.float64)


def closeness(present: Presence, kernel_width: float) -> Float[np.ndarray, " n"]:
    """Weigh sets by their cosine distance D from the full one: exp(-(D / width)²)."""
    distances = 1.0 - np.sqrt(present.mean(axis=1))
    weights: Float[np.ndarray, " n"] = np.exp(-((distances / kernel_width) ** 2))
    return weights


def weighted_ridge(
    present: Presence,
    targets: Float[np.ndarray, " n"],
    weights: Float[np.ndarray, " n"],
    ridge: float,
) -> Float[np.ndarray, " S"]:
    """Fit targets by an intercept, left free, and coefficients that the ridge holds down."""
    shares = weights / weights.sum()
    centred = present - shares @ present
    left = (centred * weights[:, None]).T @ centred + ridge * np.eye(present.shape[1])
    right = (centred * weights[:, None]).T @ (targets - shares @ targets)
    coefficients: Float[np.ndarray, " S"] = np.linalg.lstsq(left, right, rcond=None)[0]
    return coefficients
