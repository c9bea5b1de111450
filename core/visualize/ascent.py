"""Making pictures that a network answers to: what is sought, and how a batch is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import tensorflow as tf
from jaxtyping import Float, Int

from core.shapes import Images
from core.visualize.colour import coloured
from core.visualize.objectives import Aim
from core.visualize.parametrization import Parametrization
from core.visualize.placements import Wobble
from core.visualize.resample import as_images

Activate = Callable[[Images], Mapping[str, tf.Tensor]]
"""From pictures [n·B, H, W, 3] in 0..1 to what each layer of the aims makes of them."""


@dataclass(frozen=True)
class Ascent:
    """How a batch of pictures is made; what changes from batch to batch is no part of it."""

    parametrization: Parametrization
    decorrelate: bool
    wobble: Wobble
    surroundings: float | None
    """Grey beyond the pictures' edges, in 0..1; none to have them mirrored."""
    noise: float
    """Standard deviation of what is added to each view, in the range of colours."""
    aims: tuple[Aim, ...]
    """What is sought; an objective is a weighted sum of them."""
    priors: Mapping[str, float]
    """Weights by the names in `PRIORS`."""
    diversity: float
    """Weight of the likeness to the other pictures of the same objective."""
    style_layer: str
    """Whose maps tell how alike pictures are; only looked at if there is such a weight."""
    facets: int
    """Pictures of each objective, one after another."""

    @property
    def layers(self) -> tuple[str, ...]:
        """Names of the layers that have to be looked at."""
        styles = {self.style_layer} if self.diversity else set()
        return tuple(sorted({aim.layer for aim in self.aims} | styles))

    @property
    def is_charged(self) -> bool:
        """Whether pictures are charged for anything but what the network makes of them."""
        return bool(self.priors) or self.parametrization.is_transparent


class Draw(NamedTuple):
    """Where the random numbers of one step come from."""

    step: Int[tf.Tensor, ""]
    seed: Int[tf.Tensor, ""]


def pictures_of(ascent: Ascent, values: tf.Tensor) -> Float[tf.Tensor, "B H W C"]:
    """Draw the pictures that a state's numbers stand for: [B, H, W, C] in 0..1."""
    buffers = ascent.parametrization.buffers(values)
    return as_images(coloured(buffers, decorrelate=ascent.decorrelate))
