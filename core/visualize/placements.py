"""How a network looks at a picture in one step: shifted, scaled, turned or close up, at random.

A picture that is only to please from one exact place grows noise that no shifted copy shares;
see "Feature Visualization" (2017), https://distill.pub/2017/feature-visualization, on
transformation robustness. The order is lucid's (`optvis/transform.py`): shift, scale, turn,
shift. Departures: all of them are one resampling, and what the network sees has the size of
the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.visualize.resample import Placements

Draws = Float[tf.Tensor, " n"]


@dataclass(frozen=True)
class Wobble:
    """What is varied from step to step; what is empty or none is not."""

    views: int
    """Looks at each picture in one step, at least 1; each costs a pass."""
    jitter_pixels: tuple[int, ...] = ()
    """One or two even widths: of the shift before, and of the one after scaling and turning."""
    scales: tuple[float, ...] = ()
    """Magnifications to draw from."""
    angles_degrees: tuple[float, ...] = ()
    """Anticlockwise turns to draw from."""
    crop: tuple[float, float] | None = None
    """Smallest and largest part of the picture's side that is seen, anywhere in the picture."""

    @property
    def is_still(self) -> bool:
        """Whether nothing is varied."""
        return not (self.jitter_pixels or self.scales or self.angles_degrees or self.crop)


def drawn_placements(
    wobble: Wobble, *, step: Int[tf.Tensor, ""], seed: Int[tf.Tensor, ""], size: tuple[int, int]
) -> Placements:
    """Draw the n placements of one step; they are the same for every picture of the batch.

    Args:
        wobble: what is varied.
        step: number of the step; the same step and seed draw the same.
        seed: any number.
        size: height and width of the pictures.

    Returns:
        [n, 3, 3], for `resampled`.
    """
    random = _Draws(wobble.views, step, seed)
    chain = []
    first, *later = wobble.jitter_pixels or (0,)
    if wobble.crop is not None:
        chain.append(close_up(random, wobble.crop, size))
    if first:
        chain.append(shift(random.whole(first), random.whole(first)))
    if wobble.scales:
        chain.append(magnification(random.one_of(wobble.scales)))
    if wobble.angles_degrees:
        chain.append(turn(random.one_of(wobble.angles_degrees)))
    chain += [shift(random.whole(width), random.whole(width)) for width in later]
    placements = tf.eye(3, batch_shape=[wobble.views])
    for placement in chain:
        placements = placements @ placement
    return placements


def shift(columns: Draws, rows: Draws) -> Placements:
    """Look at a place that many pixels to the right, and down."""
    one, zero = tf.ones_like(columns), tf.zeros_like(columns)
    return _matrices([[one, zero, columns], [zero, one, rows], [zero, zero, one]])


def magnification(scales: Draws) -> Placements:
    """See the middle that many times larger."""
    one, zero = tf.ones_like(scales), tf.zeros_like(scales)
    return _matrices([[1 / scales, zero, zero], [zero, 1 / scales, zero], [zero, zero, one]])


def turn(angles_degrees: Draws) -> Placements:
    """See the picture turned anticlockwise around its middle."""
    angles = angles_degrees * (np.pi / 180)
    one, zero = tf.ones_like(angles), tf.zeros_like(angles)
    cosine, sine = tf.cos(angles), tf.sin(angles)
    return _matrices([[cosine, -sine, zero], [sine, cosine, zero], [zero, zero, one]])


def close_up(random: "_Draws", crop: tuple[float, float], size: tuple[int, int]) -> Placements:
    """See a part of the picture in full size, anywhere within it."""
    parts = random.between(*crop)
    height, width = size
    columns = random.between(-0.5, 0.5) * (1 - parts) * width
    rows = random.between(-0.5, 0.5) * (1 - parts) * height
    return shift(columns, rows) @ magnification(1 / parts)


class _Draws:
    """Random numbers that depend on seed, step and the order in which they are asked for."""

    def __init__(self, count: int, step: Int[tf.Tensor, ""], seed: Int[tf.Tensor, ""]) -> None:
        self._count, self._step, self._seed, self._asked = count, step, seed, 0

    def between(self, low: float, high: float) -> Draws:
        """Draw evenly from a range."""
        return low + (high - low) * self._even()

    def whole(self, width: int) -> Draws:
        """Draw a whole number from -width / 2 to width / 2, both included."""
        return tf.floor(self._even() * (width + 1)) - width // 2

    def one_of(self, choices: Sequence[float]) -> Draws:
        """Draw one of several numbers."""
        places = tf.cast(self._even() * len(choices), tf.int32)
        return tf.gather(tf.constant(choices, tf.float32), places)

    def _even(self) -> Draws:
        """Draw n numbers from 0 to below 1."""
        self._asked += 1
        step_seed = tf.random.experimental.stateless_fold_in(
            tf.stack([self._seed, self._step]), self._asked
        )
        return tf.random.stateless_uniform([self._count], seed=step_seed)


def _matrices(rows: Sequence[Sequence[Draws]]) -> Placements:
    """Put n matrices together from their entries."""
    return tf.stack([tf.stack(row, axis=-1) for row in rows], axis=1)
