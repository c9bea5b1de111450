"""Magnitude-constrained pictures: only the phases of the waves are free.

How strong each wave is, is taken from photographs and kept; no optimizer can then draw a
picture that is all high frequency, and no further prior is needed.

Source: Fel et al., "Unlocking Feature Visualization for Deeper Networks with MAgnitude
Constrained Optimization" (2023), https://arxiv.org/abs/2306.06805, section 3. Departure: their
magnitudes are means over ImageNet for each wave; ours are means over photographs for each
frequency, whatever its direction, so that they fit pictures of any size.
"""

from functools import lru_cache

import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.visualize.colour import COLOURS
from core.visualize.natural_spectrum import natural_magnitudes
from core.visualize.parametrization import MOST_KEPT, Parametrization
from core.visualize.synthesis import Buffers, synthesized


@lru_cache(MOST_KEPT)
def maco(height: int, width: int, channels: int, *, decorrelate: bool) -> Parametrization:
    """Write pictures as [C, H, F] phases in radians.

    Args:
        height: of the pictures.
        width: of the pictures.
        channels: C, with transparency if there is any; it gets the magnitudes of brightness.
        decorrelate: whether the channels are decorrelated colours, which have magnitudes of
            their own, or red, green and blue.
    """
    magnitudes = natural_magnitudes(height, width, channels, decorrelate=decorrelate)
    unscaled = np.ones(magnitudes.shape[1:])

    def initial(generator: np.random.Generator) -> np.ndarray:
        return generator.uniform(-np.pi, np.pi, magnitudes.shape).astype(np.float32)

    def buffers(phases: Float[tf.Tensor, "B C H F"]) -> Buffers:
        directions = tf.stack([tf.cos(phases), tf.sin(phases)], axis=-1)
        waves = directions * magnitudes[..., np.newaxis].astype(np.float32)
        return synthesized(waves, scale=unscaled, width=width)

    return Parametrization(initial, buffers, channels > COLOURS)
