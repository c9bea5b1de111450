"""How each kind of Keras layer hands relevance back: in the place of its gradient.

Layers with weights follow the composite. A batch normalization behind a convolution or a dense
layer is folded into its weights, since only as one linear map do the signs of their
contributions mean anything; anywhere else it is a linear layer of its own that follows the
epsilon rule. Sums and means follow the epsilon rule; maxima hand everything to the winner;
activations, one input for one output, hand everything on, as gates do to what they gate.
"""

from collections.abc import Callable, Sequence
from functools import partial

import keras
import tensorflow as tf

from core.explain.lrp_rules import STABILIZER, Rule, epsilon_rule, stabilized
from core.models.linear_maps import LinearMap, linear_maps, normalization_map
from core.models.rerouting import Call

Backward = Callable[[tf.Tensor], Sequence[tf.Tensor]]
"""From the relevance of a layer's output to the relevance of each of its inputs."""

pass_on: Rule = partial(epsilon_rule, epsilon=STABILIZER)
"""The rule of linear layers that have no weights to learn."""


def weighted_route(
    layer: keras.Layer,
    normalization: keras.layers.BatchNormalization | None,
    rule: Rule,
    *,
    is_last: bool,
) -> Call:
    """Make what takes the place of a layer with weights.

    Args:
        layer: of one of the `WEIGHTED` types.
        normalization: is folded into the weights.
        rule: how it hands relevance back.
        is_last: the layer ends the network. Relevance starts before its activation, which is
            left as it is, so that the logits before it can be found.
    """

    def call(inputs: tf.Tensor, **_: object) -> tf.Tensor:
        for linear in linear_maps(layer, normalization):
            inputs = follow(rule, linear, inputs)
        outputs = layer.activation(inputs)
        return outputs if is_last else with_backward(identity, outputs, inputs)

    return call


def activation_route(layer: keras.Layer) -> Call:
    """Make what takes the place of a layer that makes each output of one input."""
    own_call = layer.call

    def call(inputs: tf.Tensor, **_: object) -> tf.Tensor:
        return with_backward(identity, own_call(inputs), inputs)

    return call


def mean_route(layer: keras.Layer) -> Call:
    """Make what takes the place of an average pooling: a linear map of fixed weights."""
    own_call = layer.call
    linear = LinearMap(lambda inputs, _: own_call(inputs), tf.zeros(()), tf.zeros(()))

    def call(inputs: tf.Tensor, **_: object) -> tf.Tensor:
        return follow(pass_on, linear, inputs)

    return call


def normalization_route(layer: keras.layers.BatchNormalization) -> Call:
    """Make what takes the place of a batch normalization that is folded into nothing."""

    def call(inputs: tf.Tensor, **_: object) -> tf.Tensor:
        return follow(pass_on, normalization_map(layer), inputs)

    return call


def folded_route(inputs: tf.Tensor, **_: object) -> tf.Tensor:
    """Take the place of a batch normalization that the layer before it has done already."""
    return inputs


def sum_route(inputs: Sequence[tf.Tensor], **_: object) -> tf.Tensor:
    """Take the place of a sum: each summand receives its share."""
    total = tf.add_n(list(inputs))

    def share_out(relevance: tf.Tensor) -> list[tf.Tensor]:
        per_unit = relevance / stabilized(total, STABILIZER)
        return [summand * per_unit for summand in inputs]

    return with_backward(share_out, total, *inputs)


def gate_route(inputs: Sequence[tf.Tensor], **_: object) -> tf.Tensor:
    """Take the place of a product of maps and one factor a channel: the maps receive it all.

    The factor only says how far to open ("signal takes it all", Arras et al. 2017,
    https://arxiv.org/abs/1706.07206, section 3.2).
    """

    def to_the_maps(relevance: tf.Tensor) -> list[tf.Tensor]:
        return [relevance if is_maps(tensor) else tf.zeros_like(tensor) for tensor in inputs]

    return with_backward(to_the_maps, tf.multiply(*inputs), *inputs)


def is_maps(tensor: tf.Tensor) -> bool:
    """Whether a tensor has more than one position."""
    return tuple(tensor.shape[1:3]) != (1, 1)


def follow(rule: Rule, linear: LinearMap, inputs: tf.Tensor) -> tf.Tensor:
    """Compute a linear map that hands relevance back by a rule."""
    return with_backward(
        lambda relevance: [rule(linear, inputs, relevance)], linear(inputs), inputs
    )


def identity(relevance: tf.Tensor) -> list[tf.Tensor]:
    """Hand all relevance on to the only input."""
    return [relevance]


def with_backward(backward: Backward, outputs: tf.Tensor, *inputs: tf.Tensor) -> tf.Tensor:
    """Give outputs as they are, with another way back from them to the inputs."""

    def carry(values: tf.Tensor, *_: tf.Tensor) -> tuple[tf.Tensor, Backward]:
        return tf.identity(values), lambda relevance: [
            tf.zeros_like(relevance),
            *backward(relevance),
        ]

    return tf.custom_gradient(carry)(tf.stop_gradient(outputs), *inputs)
