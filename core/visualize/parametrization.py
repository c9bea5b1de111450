"""What a way of writing pictures in numbers consists of; the numbers are what is optimized.

In which numbers a picture is written does not change what can be drawn, but in which direction
the steepest ascent goes: see Olah, Mordvintsev and Schubert, "Feature Visualization" (2017),
https://distill.pub/2017/feature-visualization, on preconditioning.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from core.visualize.synthesis import Buffers

MOST_KEPT = 64
"""Of each way, for different sizes and knobs."""


@dataclass(frozen=True)
class Parametrization:
    """A way of writing pictures of one size in numbers.

    The functions that make them are cached, so that two of the same arguments are the same.
    """

    initial: Callable[[np.random.Generator], np.ndarray]
    """Draws the numbers of one picture to begin with, float32, without a batch axis."""
    buffers: Callable[[tf.Tensor], Buffers]
    """From the numbers of B pictures to [B, C, H, W], before they get their colours."""
    is_transparent: bool
    """Whether C is 4."""
