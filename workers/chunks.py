"""Smaller passes where the memory of the device does not hold the larger ones."""

from collections.abc import Callable
from typing import TypeVar

import tensorflow as tf

Result = TypeVar("Result")


def with_smaller_chunks(compute: Callable[[int], Result], *, chunk: int) -> Result:
    """Compute anew with half the chunk, for as long as the memory is exhausted.

    Args:
        compute: from the number of variants in one pass to a result that does not depend on it.
        chunk: to begin with, at least 1.
    """
    while True:
        try:
            return compute(chunk)
        except tf.errors.ResourceExhaustedError:
            if chunk == 1:
                raise
            chunk //= 2
