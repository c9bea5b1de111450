"""Pictures that may be transparent where nothing matters, shown on ever-changing grounds.

Source: Mordvintsev, Pezzotti, Schubert and Olah, "Differentiable Image Parameterizations"
(2018), https://distill.pub/2018/differentiable-parameterizations, on semi-transparent patterns.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.shapes import Scores
from core.visualize.colour import COLOURS, Planes, coloured
from core.visualize.fourier import wave_scale
from core.visualize.synthesis import synthesized

GROUND_DEVIATION = 1.0
"""Of a ground's waves before they are scaled: colours from dark to bright."""


def on_ground(
    planes: Planes, ground: Float[tf.Tensor, "H W 1 3"]
) -> Float[tf.Tensor, "H W B 3"]:
    """Lay pictures [H, W, B, 4] on a ground [H, W, 1, 3]: [H, W, B, 3]."""
    opacity = planes[..., COLOURS:]
    return opacity * planes[..., :COLOURS] + (1 - opacity) * ground


def random_ground(
    height: int, width: int, *, step: Int[tf.Tensor, ""], seed: Int[tf.Tensor, ""]
) -> Float[tf.Tensor, "H W 1 3"]:
    """Draw a ground [H, W, 1, 3] of coloured clouds, another one for every step."""
    shape = (1, COLOURS, height, width // 2 + 1, 2)
    waves = GROUND_DEVIATION * tf.random.stateless_normal(shape, seed=tf.stack([seed, step]))
    scale = wave_scale(height, width, decay=1.0)
    return coloured(synthesized(waves, scale=scale, width=width), decorrelate=True)


def transparency(planes: Planes) -> Scores:
    """Measure how transparent pictures [H, W, B, 4] are, in 0..1: [B]."""
    return 1 - tf.reduce_mean(planes[..., COLOURS], axis=(0, 1))


def flattened_on_grey(pictures: np.ndarray) -> np.ndarray:
    """Lay pictures [B, H, W, 4] on mid-grey, to be seen where transparency is not."""
    opacity = pictures[..., COLOURS:]
    colours: np.ndarray = opacity * pictures[..., :COLOURS] + (1 - opacity) * 0.5
    return colours
