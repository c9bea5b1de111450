"""Average drop and increase: what the score becomes if only what the map marks is seen.

Source: Chattopadhyay, Sarkar, Howlader and Balasubramanian, "Grad-CAM++: Generalized
Gradient-based Visual Explanations for Deep Convolutional Networks" (2018),
https://arxiv.org/abs/1710.11063, section 4.1. The paper darkens what the map does not mark;
here it fades to a baseline. Its two numbers are the means of these two over a data set.
"""

from dataclasses import dataclass

import tensorflow as tf
from jaxtyping import Bool

from core.errors import ShapeError
from core.explain.variants import keep_parts
from core.score import ScoreFunction
from core.shapes import Images, Maps, Scores


@dataclass(frozen=True)
class Drop:
    """What is lost of the scores of B images."""

    part: Scores
    """[B] in 0..1 of the image's own score: 0 where nothing is lost, or where it is zero."""
    is_increase: Bool[tf.Tensor, " B"]
    """Where the score is higher than before, since the map hides what spoke against it."""


def average_drop(score: ScoreFunction, images: Images, maps: Maps, *, baseline: Images) -> Drop:
    """Show each pixel as much as the map values it, and see what is left of the score.

    Args:
        score: from images [B, H, W, C] to scores [B], not negative: probabilities.
        images: [B, H, W, C] float32, in the units the model was trained on.
        maps: [B, H, W] float32; negative values count as zero, and each map's largest value
            shows its pixel whole.
        baseline: [B, H, W, C] float32, what is seen where the map is zero; the paper's is
            black.

    Returns:
        The parts of the scores that are lost. Costs two forward passes.

    Raises:
        ShapeError: maps or baseline are not of the images' size.
    """
    if maps.shape != images.shape[:3]:
        raise ShapeError("maps", tuple(images.shape[:3]), tuple(maps.shape))
    evidence = tf.maximum(maps, 0.0)
    shares = tf.math.divide_no_nan(
        evidence, tf.reduce_max(evidence, axis=(1, 2), keepdims=True)
    )
    before = score(images)
    after = score(keep_parts(images, shares[tf.newaxis], baseline)[0])
    return Drop(
        part=tf.math.divide_no_nan(tf.maximum(before - after, 0.0), before),
        is_increase=after > before,
    )
