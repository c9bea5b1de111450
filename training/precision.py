"""Build layers for bfloat16 arithmetic without leaving Keras changed."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras


@contextmanager
def layer_precision(*, mixed: bool) -> Iterator[None]:
    """Give layers made inside float32 weights, and bfloat16 arithmetic if `mixed`.

    The policy that was set before is given back at the end, whatever happens.
    """
    former = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16" if mixed else "float32")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(former)
