"""Whether a model's head is global average pooling and one dense layer, as CAM needs it.

Then the class score is the mean of a weighted sum of maps, and CAM can show the sum.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import keras
import tensorflow as tf
from jaxtyping import Float

from core.errors import MethodUnsupportedError
from core.models.layer_calls import LayerCall, call_behind, layer_calls
from core.shapes import ClassIndices, Images

HeadWeights = Float[tf.Tensor, "D K"]

CHANGES_NO_VALUE = (
    keras.layers.Dropout,
    keras.layers.SpatialDropout2D,
    keras.layers.Flatten,
    keras.layers.Reshape,
    keras.layers.Identity,
)
"""Between pooling and output these only move one position's values about."""

FINAL_ACTIVATIONS = frozenset({"linear", "softmax", "sigmoid"})
"""What a classifier may end in without its scores being another function of the maps."""


@dataclass(frozen=True)
class PooledHead:
    """The head of a network for which CAM is defined."""

    layer: str
    """Path of the layer whose maps are pooled."""
    weights: HeadWeights
    """Of the D channels for the K classes; K is two where a single sigmoid decides."""


def pooled_head(
    network: keras.Model, forward: Callable[[Images], tf.Tensor], example: Images
) -> PooledHead:
    """Find the maps that a network pools and the weights of its dense layer.

    A 1x1 convolution on the one pooled position counts as the dense layer that it is.

    Args:
        network: any Keras model.
        forward: calls the network with images [B, H, W, C] and gives its scores [B, K], before
            or after the softmax; the network itself, where images are all that it takes.
        example: [B, H, W, C] float32; only its shape matters.

    Raises:
        MethodUnsupportedError: there is anything else between the maps and the scores.
    """
    calls, output = layer_calls(network, forward, example)
    activation, linear = "linear", None
    for call in calls_back_from(output, calls):
        if isinstance(call.layer, CHANGES_NO_VALUE):
            continue
        if linear is None and is_final_activation(call.layer):
            activation = activation_name(call.layer)
        elif linear is None and is_dense(call.layer):
            linear = call.layer
            own = activation_name(linear)
            activation = own if own != "linear" else activation
        elif linear is not None and is_global_mean(call.layer):
            return PooledHead(pooled_layer(call, calls), head_weights(linear, activation))
        else:
            raise unsupported(f"{call} stands between the maps and the scores")
    raise unsupported("no pooling layer leads to its scores")


def class_weights(
    weights: HeadWeights, targets: ClassIndices, versus: ClassIndices
) -> Float[tf.Tensor, "B D"]:
    """Pick the weights of each image's target class, less those of the "rather than" class.

    Args:
        weights: [D, K] of a `PooledHead`.
        targets: [B] class indices, each in 0..K-1.
        versus: [B] class indices; a negative one means that nothing is subtracted.
    """
    by_class = tf.transpose(weights)
    opposed = tf.gather(by_class, tf.maximum(versus, 0))
    is_opposed = (versus >= 0)[:, tf.newaxis]
    return tf.gather(by_class, targets) - tf.where(is_opposed, opposed, tf.zeros_like(opposed))


def calls_back_from(output: tf.Tensor, calls: Sequence[LayerCall]) -> Iterator[LayerCall]:
    """Go from the output back through the calls, for as long as each has a single input."""
    call = call_behind(output, calls)
    while call is not None:
        yield call
        if len(call.inputs) != 1:
            return
        call = call_behind(call.inputs[0], calls[: call.index])


def pooled_layer(pooling: LayerCall, calls: Sequence[LayerCall]) -> str:
    """Name the layer that feeds the pooling."""
    feeding = call_behind(pooling.inputs[0], calls[: pooling.index])
    if feeding is None:
        raise unsupported(f"{pooling} pools what no layer puts out")
    return feeding.name


def is_final_activation(layer: keras.Layer) -> bool:
    """Whether a layer is nothing but the activation that a classifier ends in."""
    return isinstance(layer, keras.layers.Softmax) or (
        isinstance(layer, keras.layers.Activation)
        and activation_name(layer) in FINAL_ACTIVATIONS
    )


def is_dense(layer: keras.Layer) -> bool:
    """Whether a layer maps the channels of one position linearly to scores."""
    is_pointwise = (
        isinstance(layer, keras.layers.Conv2D)
        and layer.kernel_size == (1, 1)
        and layer.groups == 1
        and layer.data_format == "channels_last"
    )
    return (is_pointwise or isinstance(layer, keras.layers.Dense)) and (
        activation_name(layer) in FINAL_ACTIVATIONS
    )


def is_global_mean(layer: keras.Layer) -> bool:
    """Whether a layer takes the mean of each map."""
    return (
        isinstance(layer, keras.layers.GlobalAveragePooling2D)
        and layer.data_format == "channels_last"
    )


def activation_name(layer: keras.Layer) -> str:
    """Name the function that a layer ends in."""
    if isinstance(layer, keras.layers.Softmax):
        return "softmax"
    return str(getattr(layer.activation, "__name__", layer.activation))


def head_weights(linear: keras.Layer, activation: str) -> HeadWeights:
    """Read the weights [D, K] of a dense layer; one sigmoid speaks for two classes."""
    kernel = tf.convert_to_tensor(linear.kernel)
    weights = tf.reshape(kernel, (-1, kernel.shape[-1]))
    is_single = activation == "sigmoid" and weights.shape[1] == 1
    return tf.concat([-weights, weights], axis=1) if is_single else weights


def unsupported(reason: str) -> MethodUnsupportedError:
    """Say why CAM is not defined for a network."""
    return MethodUnsupportedError(
        "cam", f"its head is not global average pooling and one dense layer: {reason}"
    )
