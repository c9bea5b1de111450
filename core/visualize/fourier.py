"""Pictures written as waves: large shapes are as easily moved as details.

Source: Olah, Mordvintsev and Schubert, "Feature Visualization" (2017), and their library
lucid, `optvis/param/spatial.py`. Departure: an odd width has its own transform; theirs makes
the picture wider by a pixel and cuts it off again.
"""

from functools import lru_cache

import numpy as np
import tensorflow as tf

from core.visualize.colour import COLOURS
from core.visualize.frequencies import Spectral, frequencies
from core.visualize.parametrization import MOST_KEPT, Parametrization
from core.visualize.synthesis import Buffers, synthesized

CONTRAST = 1 / 4
"""Lucid's last factor: it sets what a step of the optimizer does to a picture."""


@lru_cache(MOST_KEPT)
def fourier(
    height: int, width: int, channels: int, *, deviation: float, decay: float
) -> Parametrization:
    """Write pictures as [C, H, F, 2] waves, each scaled by 1 / its frequency.

    Args:
        height: of the pictures.
        width: of the pictures.
        channels: C, with transparency if there is any.
        deviation: standard deviation of the waves to begin with, before they are scaled.
        decay: power of the frequency; 1 gives all scales of nature the same energy.
    """
    scale = wave_scale(height, width, decay=decay)

    def initial(generator: np.random.Generator) -> np.ndarray:
        shape = (channels, *scale.shape, 2)
        return deviation * generator.standard_normal(shape, np.float32)

    def buffers(waves: tf.Tensor) -> Buffers:
        return synthesized(waves, scale=scale, width=width)

    return Parametrization(initial, buffers, channels > COLOURS)


def wave_scale(height: int, width: int, *, decay: float) -> Spectral:
    """Give the factor of each wave: [H, F], the slowest ones capped at one cycle a picture."""
    slowest = 1 / max(height, width)
    energy = np.maximum(frequencies(height, width), slowest) ** -decay
    scale: Spectral = energy * np.sqrt(height * width) * CONTRAST
    return scale
