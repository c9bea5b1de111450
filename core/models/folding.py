"""Convolutions with the batch normalizations behind them folded in, so that a pass is shorter.

At inference a convolution and the normalization that alone it feeds are one linear map. As one
they spare the two passes over the maps that a normalization takes, in the backward pass
too, and TensorFlow joins the convolution with its bias and the rectifier behind it. What comes
out is the network's own up to rounding.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import keras
import tensorflow as tf

from core.models.folded_normalizations import folded_normalizations
from core.models.layer_calls import layer_calls
from core.models.linear_maps import CONVOLUTIONS, LinearMap, linear_maps, unfolded_maps
from core.models.rerouting import Call, rerouted
from core.shapes import Images

MAP_AXES = 4
"""Of a batch of maps [B, h, w, D]."""


@dataclass(frozen=True)
class FoldedLayer:
    """A convolution that does the work of the normalization behind it."""

    convolution: keras.Layer
    normalization: keras.layers.BatchNormalization
    last: LinearMap
    """The convolution's only map, or the pointwise one of a separable convolution."""

    @property
    def is_as_made(self) -> bool:
        """Whether nobody listens in on the two layers or has put others in their place."""
        return not any(
            "call" in vars(layer) for layer in (self.convolution, self.normalization)
        )

    def convolve(self, inputs: tf.Tensor) -> tf.Tensor:
        """Compute what the normalization puts out."""
        for linear in unfolded_maps(self.convolution)[:-1]:
            inputs = linear(inputs)
        kernel, bias = (
            tf.cast(part, inputs.dtype) for part in (self.last.kernel, self.last.bias)
        )
        return tf.nn.bias_add(self.last.apply(inputs, kernel), bias)


@dataclass(frozen=True)
class Folding:
    """All that is folded in a network."""

    layers: tuple[FoldedLayer, ...] = ()

    @property
    def weight_bytes(self) -> int:
        """Memory that the folded weights take beside the network's own."""
        parts = (part for layer in self.layers for part in (layer.last.kernel, layer.last.bias))
        return sum(part.dtype.size * int(part.shape.num_elements()) for part in parts)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Have the network compute folded for as long as the context lasts.

        Layers that are listened in on, or whose calls go elsewhere, compute as they were made.
        """
        routes: dict[keras.Layer, Call] = {}
        for layer in self.layers:
            if layer.is_as_made:
                routes[layer.convolution] = layer.convolve
                routes[layer.normalization] = handed_on
        with rerouted(routes):
            yield


def folding_of(
    network: keras.Model,
    forward: Callable[[Images], tf.Tensor],
    example: Images,
    *,
    changing: Sequence[keras.Layer],
) -> Folding:
    """Fold what can be folded in a network; its weights must not be changed afterwards.

    Args:
        network: any Keras model.
        forward: calls the network with images [B, H, W, C]; nothing is computed.
        example: [B, H, W, C] float32; only its shape matters.
        changing: layers whose weights will be changed for all that; they are not folded.
    """
    calls, output = layer_calls(network, forward, example)
    put_out = [output, *(call.output for call in calls)]
    # What is the output of something around the layer as well is somebody's to listen in on.
    own = {call.layer for call in calls if sum(call.output is one for one in put_out) == 1}
    return Folding(
        tuple(
            FoldedLayer(layer, normalization, linear_maps(layer, normalization)[-1])
            for layer, normalization in folded_normalizations(calls).items()
            if is_foldable(layer, normalization) and layer in own.difference(changing)
        )
    )


def is_foldable(
    convolution: keras.Layer, normalization: keras.layers.BatchNormalization
) -> bool:
    """Whether folded weights are the same linear map: the last axis must be the channels'."""
    return (
        type(convolution) in CONVOLUTIONS
        and convolution.data_format == "channels_last"
        and normalization.axis in (-1, MAP_AXES - 1)
    )


def handed_on(inputs: tf.Tensor, **_: object) -> tf.Tensor:
    """Take the place of a normalization that is folded."""
    return tf.identity(inputs)
