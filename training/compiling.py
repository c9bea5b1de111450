"""Trace functions for TensorFlow the same way everywhere."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import tensorflow as tf

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def compiled(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Trace a function once for all batch sizes.

    Python's branches in it are taken while tracing, so they may depend on settings but not
    on tensors.
    """
    traced: Callable[Arguments, Result] = tf.function(
        function, reduce_retracing=True, autograph=False
    )
    return traced
