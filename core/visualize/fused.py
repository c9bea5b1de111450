"""Functions whose many small operations XLA makes one loop of."""

import sys
from collections.abc import Callable
from typing import Any

import tensorflow as tf

HAS_XLA = sys.platform != "darwin"
"""TensorFlow's builds for macOS come without; there the same operations run one by one."""


def fused(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function of tensors, once in a process for each shape of the arguments."""
    compiled: Callable[..., Any] = tf.function(
        function, autograph=False, jit_compile=HAS_XLA or None
    )
    return compiled
