"""What a picture is to bring about in a network: each score is of one picture alone.

Source: Olah, Mordvintsev and Schubert, "Feature Visualization" (2017),
https://distill.pub/2017/feature-visualization; the directions with a power of the cosine are of
Carter et al., "Activation Atlas" (2019), https://distill.pub/2019/activation-atlas; the
inversion of Mahendran and Vedaldi, "Understanding Deep Image Representations by Inverting Them"
(2014), https://arxiv.org/abs/1412.0035, equation 2 and 3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import tensorflow as tf
from jaxtyping import Float, Int

from core.shapes import Activations, Scores

SMALLEST_COSINE = 0.1
"""What a smaller cosine counts as: of two negative factors the product would reward both."""

LENGTH_FLOOR = 1e-4
"""Added to lengths, so that the cosine of nothing with anything is 0."""

EVERYWHERE = -1
"""In place of a row and a column: the mean over all positions."""


@dataclass(frozen=True)
class Aim:
    """What kind of answer is sought and where; all pictures of a batch share it."""

    kind: Literal["direction", "energy", "caricature", "inversion"]
    """`direction` covers channels, neurons and logits: they are axes of it."""
    layer: str
    """Name of the layer, or `LOGITS`."""
    cosine_power: float = 0.0
    """How much the angle counts beside the length; for directions and caricatures."""


class Target(NamedTuple):
    """What one aim seeks for each of B pictures."""

    weights: Scores
    """Of the aim in the picture's objective; negative ones turn it round."""
    vectors: Float[tf.Tensor, "B ..."]
    """[B, D] directions, or [B, h, w, D] activations of an image; [B, 1] and unused where
    energy is sought."""
    positions: Int[tf.Tensor, "B 2"]
    """Row and column for a direction; `EVERYWHERE` twice for the mean."""


def target_scores(aim: Aim, activations: Activations, target: Target) -> Scores:
    """Score pictures by what a layer makes of them, each with a target of its own.

    Args:
        aim: what is sought.
        activations: [B, h, w, D] float32.
        target: of B pictures.

    Returns:
        [B] float32, in units of the layer.
    """
    return target.weights * SCORES[aim.kind](aim, activations, target)


def direction_scores(aim: Aim, activations: Activations, target: Target) -> Scores:
    """Measure how far activations go in a direction, at a position or everywhere.

    Returns:
        [B], the mean over the positions of a·v, times the `cosine_power`-th power of their
        cosine, which counts as 0.1 where it is smaller.
    """
    directions = target.vectors
    lengths = tf.einsum("bhwd,bd->bhw", activations, directions)
    if aim.cosine_power:
        norms = LENGTH_FLOOR + tf.norm(directions, axis=1)[:, tf.newaxis, tf.newaxis]
        cosines = lengths / ((LENGTH_FLOOR + safe_norm(activations)) * norms)
        lengths *= tf.maximum(SMALLEST_COSINE, cosines) ** aim.cosine_power
    return tf.reduce_sum(lengths * place_weights(activations, target.positions), axis=(1, 2))


def energy_scores(_aim: Aim, activations: Activations, _target: Target) -> Scores:
    """Measure how much a layer answers at all, as DeepDream does: the mean square [B]."""
    return tf.reduce_mean(tf.square(activations), axis=(1, 2, 3))


def caricature_scores(aim: Aim, activations: Activations, target: Target) -> Scores:
    """Measure how far activations go where an image's own do: its features, exaggerated.

    Returns:
        [B], the dot product over the whole layer per position, times the `cosine_power`-th
        power of the cosine, which counts as 0.1 where it is smaller.
    """
    positions = activations.shape[1] * activations.shape[2]
    flat, own = flattened(activations), flattened(target.vectors)
    dots = tf.reduce_sum(flat * own, axis=1)
    if aim.cosine_power == 0:
        return dots / positions
    norms = (LENGTH_FLOOR + safe_norm(flat)) * (LENGTH_FLOOR + safe_norm(own))
    return dots / positions * tf.maximum(SMALLEST_COSINE, dots / norms) ** aim.cosine_power


def inversion_scores(_aim: Aim, activations: Activations, target: Target) -> Scores:
    """Measure how much of an image's activations is missed, in parts of their energy.

    Returns:
        [B], at most 0, which is reached where the activations are the image's own.
    """
    flat, own = flattened(activations), flattened(target.vectors)
    energy = tf.reduce_sum(tf.square(own), axis=1) + LENGTH_FLOOR
    return -tf.reduce_sum(tf.square(flat - own), axis=1) / energy


SCORES: dict[str, Callable[[Aim, Activations, Target], Scores]] = {
    "direction": direction_scores,
    "energy": energy_scores,
    "caricature": caricature_scores,
    "inversion": inversion_scores,
}
"""By the kind of an aim."""


def as_maps(output: tf.Tensor) -> Activations:
    """Write what any layer puts out as maps: tokens stand in a column, one vector alone.

    Args:
        output: [B, h, w, D], [B, T, D] or [B, D].
    """
    match output.shape.rank:
        case 2:
            return output[:, tf.newaxis, tf.newaxis]
        case 3:
            return output[:, :, tf.newaxis]
    return output


def place_weights(
    activations: Activations, positions: Int[tf.Tensor, "B 2"]
) -> Float[tf.Tensor, "B h w"]:
    """Weigh the positions that count: one of them, or all alike."""
    height, width = activations.shape[1:3]
    rows, columns = tf.one_hot(positions[:, 0], height), tf.one_hot(positions[:, 1], width)
    chosen = rows[:, :, tf.newaxis] * columns[:, tf.newaxis]
    is_everywhere = (positions[:, 0] == EVERYWHERE)[:, tf.newaxis, tf.newaxis]
    return tf.where(is_everywhere, 1 / (height * width), chosen)


def flattened(activations: tf.Tensor) -> Float[tf.Tensor, "B N"]:
    """Write everything that belongs to one picture in a row."""
    return tf.reshape(activations, (activations.shape[0], -1))


def safe_norm(vectors: tf.Tensor) -> tf.Tensor:
    """Measure lengths along the last axis; that of nothing has the gradient 0, not NaN."""
    squares = tf.reduce_sum(tf.square(vectors), axis=-1)
    is_nothing = squares == 0
    return tf.where(is_nothing, 0.0, tf.sqrt(tf.where(is_nothing, 1.0, squares)))
