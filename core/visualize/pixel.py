"""Pictures written as their pixels: every number moves one colour of one pixel."""

from functools import lru_cache

import numpy as np
import tensorflow as tf

from core.visualize.colour import COLOURS
from core.visualize.parametrization import MOST_KEPT, Parametrization


@lru_cache(MOST_KEPT)
def pixel(height: int, width: int, channels: int, *, deviation: float) -> Parametrization:
    """Write pictures as [C, H, W] numbers.

    Args:
        height: of the pictures.
        width: of the pictures.
        channels: C, with transparency if there is any.
        deviation: standard deviation of the noise that they begin as.
    """

    def initial(generator: np.random.Generator) -> np.ndarray:
        return deviation * generator.standard_normal((channels, height, width), np.float32)

    return Parametrization(initial, tf.identity, channels > COLOURS)
