"""Find the manifest's word for what a network of keras.applications wants done to pixels."""

from collections.abc import Callable
from typing import Final, Literal

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from core.models.manifest import Input
from core.models.preprocessing import preprocess

Preprocessing = Literal["tf", "caffe", "torch", "unit", "raw"]
NAMES: Final[tuple[Preprocessing, ...]] = ("tf", "caffe", "torch", "unit", "raw")
"""Those that say themselves what is done to a pixel."""


def preprocessing_like(
    function: Callable[[NDArray[np.float32]], object],
) -> Preprocessing | None:
    """Name the preprocessing of the manifest that does what a function does.

    Args:
        function: maps an array [B, H, W, 3] in 0 to 255 as Keras' `preprocess_input` does.

    Returns:
        A value for `preprocessing` in `model.toml`, or None if none of them is the same.
    """
    probe = np.arange(0, 240, 10).astype(np.uint8).reshape((2, 2, 2, 3))
    wanted = np.asarray(function(probe.astype(np.float32)))
    for name in NAMES:
        to = Input(width=2, height=2, preprocessing=name)
        if np.allclose(preprocess(tf.constant(probe), to=to).numpy(), wanted, atol=1e-3):
            return name
    return None
