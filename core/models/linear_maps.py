"""Keras layers with weights as the linear maps that they compute at inference.

A batch normalization behind such a layer can be folded into its weights: the two compute one
linear map.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import keras
import tensorflow as tf
from jaxtyping import Float

CONVOLUTIONS = frozenset(
    {keras.layers.Conv2D, keras.layers.DepthwiseConv2D, keras.layers.SeparableConv2D}
)
WEIGHTED = CONVOLUTIONS | {keras.layers.Dense}
"""Exactly these: what a subclass computes is not known."""


@dataclass(frozen=True)
class LinearMap:
    """A linear layer apart from its weights: a dense layer, a convolution, a mean."""

    apply: Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
    """From inputs and a kernel to outputs, without the bias; linear in both."""
    kernel: tf.Tensor
    bias: tf.Tensor

    def __call__(self, inputs: tf.Tensor) -> tf.Tensor:
        """Compute the layer's outputs."""
        return self.apply(inputs, self.kernel) + self.bias


Scaling = tuple[Float[tf.Tensor, " D"], Float[tf.Tensor, " D"]]
"""The factors and the offsets that a batch normalization comes to at inference."""


def linear_maps(
    layer: keras.Layer, normalization: keras.layers.BatchNormalization | None
) -> list[LinearMap]:
    """Give the linear maps that a layer with weights goes through, before its activation.

    Args:
        layer: of one of the `WEIGHTED` types.
        normalization: is folded into the last map.

    Returns:
        One map, or two for a separable convolution.
    """
    maps = unfolded_maps(layer)
    if normalization is None:
        return maps
    factors, offsets = scaling_of(normalization)
    last = maps[-1]
    is_depthwise = type(layer) is keras.layers.DepthwiseConv2D
    by_kernel = tf.reshape(factors, last.kernel.shape[-2:]) if is_depthwise else factors
    folded = LinearMap(last.apply, last.kernel * by_kernel, last.bias * factors + offsets)
    return [*maps[:-1], folded]


def unfolded_maps(layer: keras.Layer) -> list[LinearMap]:
    """Give the linear maps of a layer alone."""
    bias = tf.convert_to_tensor(layer.bias) if layer.use_bias else tf.zeros(())
    if type(layer) is keras.layers.Dense:
        return [LinearMap(keras.ops.matmul, tf.convert_to_tensor(layer.kernel), bias)]
    strided = {
        "strides": layer.strides,
        "padding": layer.padding,
        "dilation_rate": layer.dilation_rate,
    }
    depthwise = partial(keras.ops.depthwise_conv, **strided)
    if type(layer) is keras.layers.Conv2D:
        convolve = partial(keras.ops.conv, **strided)
        return [LinearMap(convolve, tf.convert_to_tensor(layer.kernel), bias)]
    if type(layer) is keras.layers.DepthwiseConv2D:
        return [LinearMap(depthwise, tf.convert_to_tensor(layer.kernel), bias)]
    return [
        LinearMap(depthwise, tf.convert_to_tensor(layer.depthwise_kernel), tf.zeros(())),
        LinearMap(keras.ops.conv, tf.convert_to_tensor(layer.pointwise_kernel), bias),
    ]


def normalization_map(layer: keras.layers.BatchNormalization) -> LinearMap:
    """Give a batch normalization as the linear map, channel by channel, that it is."""
    factors, offsets = scaling_of(layer)
    return LinearMap(tf.multiply, factors, offsets)


def scaling_of(layer: keras.layers.BatchNormalization) -> Scaling:
    """Give the factors [D] and the offsets [D] of a batch normalization at inference."""
    factors = tf.math.rsqrt(tf.convert_to_tensor(layer.moving_variance) + layer.epsilon)
    if layer.scale:
        factors *= tf.convert_to_tensor(layer.gamma)
    offsets = -factors * tf.convert_to_tensor(layer.moving_mean)
    if layer.center:
        offsets += tf.convert_to_tensor(layer.beta)
    return factors, offsets
