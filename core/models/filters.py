"""What a convolution has learned: its filters, all kinds of layers in one order of axes."""

import keras
import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.models.layers import kernel_shape

Filters = Float[np.ndarray, "h w C D"]
"""D filters of h by w cells, each of which sees C channels."""


def filters_of(layer: keras.Layer) -> Filters | None:
    """Give the weights of a two-dimensional convolution.

    Returns:
        [h, w, C, D] float32: what output channel D makes of input channel C. In a depthwise
        convolution each filter sees a single channel: C is 1, and the filters of the first
        input channel come first. With groups, C counts within the group. None for every
        other layer.
    """
    if not kernel_shape(layer):
        return None
    weights: Filters = tf.cast(layer.kernel, tf.float32).numpy()
    if isinstance(layer, keras.layers.DepthwiseConv2D):
        return weights.reshape(*weights.shape[:2], 1, -1)
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return weights.swapaxes(2, 3)
    return weights
