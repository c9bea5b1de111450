"""The side of an ascent that knows pictures and no network: how they are drawn and looked at.

It is compiled apart from the network, once in a process for each way of drawing and looking:
TensorFlow 2.20 never frees what XLA compiles inside of another function, so that each network
and layer would leave some MiB behind.
"""

from functools import lru_cache
from typing import NamedTuple

import tensorflow as tf
from jaxtyping import Float

from core.visualize.adam import AdamState, adam_step
from core.visualize.ascent import Ascent, Draw
from core.visualize.colour import coloured
from core.visualize.fused import fused
from core.visualize.parametrization import MOST_KEPT, Parametrization
from core.visualize.placements import Wobble, drawn_placements
from core.visualize.resample import Placements, as_images, resampled
from core.visualize.synthesis import Buffers
from core.visualize.transparency import on_ground, random_ground

LookedAt = tuple[tf.Tensor, ...]
"""The views of a batch [n·B, H, W, 3] in 0..1 and, where the pictures are charged for anything
of their own, the pictures [H, W, B, C]."""


class Looked(NamedTuple):
    """Pictures as they are looked at in one step, and what the way back needs."""

    at: LookedAt
    buffers: Buffers
    placements: Placements | None
    """Of the views; none where each picture is seen as it is."""


class PictureSide:
    """Two compiled functions: from numbers to views, and from their gradient to numbers."""

    def __init__(
        self,
        parametrization: Parametrization,
        *,
        decorrelate: bool,
        wobble: Wobble,
        surroundings: float | None,
        is_charged: bool,
    ) -> None:
        self._parametrization = parametrization
        self._decorrelate = decorrelate
        self._wobble = wobble
        self._surroundings = surroundings
        self._is_charged = is_charged
        self.look = tf.function(self._look, autograph=False)
        self.learn = tf.function(self._learn, autograph=False)
        self._seen = fused(self._see)
        self._seen_by_buffers = fused(self._bring_back)

    def _look(self, values: tf.Tensor, draw: Draw) -> Looked:
        """Draw the pictures that numbers stand for, and look at them as this step does."""
        buffers = self._parametrization.buffers(values)
        placements = None
        if not self._wobble.is_still:
            size = (buffers.shape[2], buffers.shape[3])
            placements = drawn_placements(
                self._wobble, step=draw.step, seed=draw.seed, size=size
            )
        ground = self._ground(buffers, draw)
        return Looked(self._seen(buffers, placements, ground), buffers, placements)

    def _learn(
        self,
        state: AdamState,
        looked: Looked,
        gradients: LookedAt,
        draw: Draw,
        learning_rate: Float[tf.Tensor, ""],
    ) -> AdamState:
        """Bring gradients by what was looked at back to the numbers, and go a step down."""
        ground = self._ground(looked.buffers, draw)
        by_buffers = self._seen_by_buffers(looked.buffers, looked.placements, ground, gradients)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(state.values)
            buffers = self._parametrization.buffers(state.values)
        by_values = tape.gradient(buffers, state.values, by_buffers)
        return adam_step(state, by_values, step=draw.step, learning_rate=learning_rate)

    def _ground(self, buffers: Buffers, draw: Draw) -> tf.Tensor | None:
        """Draw what this step sees through transparent pictures."""
        if not self._parametrization.is_transparent:
            return None
        height, width = buffers.shape[2:]
        return random_ground(height, width, step=draw.step, seed=draw.seed)

    def _see(
        self, buffers: Buffers, placements: Placements | None, ground: tf.Tensor | None
    ) -> LookedAt:
        """Colour pictures and look at them."""
        planes = coloured(buffers, decorrelate=self._decorrelate)
        shown = planes if ground is None else on_ground(planes, ground)
        if placements is None:
            views = as_images(shown)
        else:
            views = resampled(shown, placements, surroundings=self._surroundings)
        return (views, planes) if self._is_charged else (views,)

    def _bring_back(
        self,
        buffers: Buffers,
        placements: Placements | None,
        ground: tf.Tensor | None,
        gradients: LookedAt,
    ) -> Buffers:
        """Bring gradients by what was seen back to what has no colours yet."""
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(buffers)
            seen = self._see(buffers, placements, ground)
        return tape.gradient(seen, buffers, gradients)


_kept_side = lru_cache(MOST_KEPT)(PictureSide)


def picture_side(ascent: Ascent) -> PictureSide:
    """Find or make the side of pictures that an ascent has in common with others."""
    return _kept_side(
        ascent.parametrization,
        decorrelate=ascent.decorrelate,
        wobble=ascent.wobble,
        surroundings=ascent.surroundings,
        is_charged=ascent.is_charged,
    )
