"""Which Keras layers LRP has a rule for, and what takes the place of each in a network."""

from collections.abc import Callable, Sequence
from functools import partial

import keras
import tensorflow as tf

from core.errors import MethodUnsupportedError
from core.explain.lrp_composites import Composite, PixelRange
from core.explain.lrp_layers import (
    activation_route,
    folded_route,
    gate_route,
    is_maps,
    mean_route,
    normalization_route,
    sum_route,
    weighted_route,
)
from core.explain.lrp_rules import Rule, box_rule
from core.models.folded_normalizations import folded_normalizations
from core.models.forms import is_graph
from core.models.layer_calls import LayerCall
from core.models.linear_maps import CONVOLUTIONS, WEIGHTED
from core.models.rerouting import Call

kinds = keras.layers

MOVING = frozenset(
    {
        *(kinds.Dropout, kinds.SpatialDropout2D, kinds.GaussianDropout, kinds.GaussianNoise),
        *(kinds.AlphaDropout, kinds.ActivityRegularization, kinds.Identity, kinds.Flatten),
        *(kinds.Reshape, kinds.Permute, kinds.ZeroPadding2D, kinds.Cropping2D),
        *(kinds.Concatenate, kinds.MaxPooling2D, kinds.GlobalMaxPooling2D),
    }
)
"""Layers that move values about or choose among them: their gradient moves relevance back."""

ELEMENTWISE = (
    *(kinds.ReLU, kinds.LeakyReLU, kinds.PReLU, kinds.ELU, kinds.Activation),
    *(kinds.Rescaling, kinds.Normalization),
)
"""Layers that make each output of one input, which receives all its relevance."""

ROUTES: dict[type[keras.Layer], Callable[[keras.Layer], Call]] = {
    **dict.fromkeys(ELEMENTWISE, activation_route),
    kinds.AveragePooling2D: mean_route,
    kinds.GlobalAveragePooling2D: mean_route,
    kinds.BatchNormalization: normalization_route,
    kinds.Add: lambda _: sum_route,
    kinds.Multiply: lambda _: gate_route,
}
"""What takes the place of a layer that has no weights to learn."""

GATED = ([True, False], [False, True])
"""Which of two factors is maps, where the other is a gate of each channel."""

ACTIVATIONS = frozenset(
    "linear relu relu6 leaky_relu elu selu celu gelu silu mish tanh softplus softsign sigmoid "
    "hard_silu hard_sigmoid".split()
)
"""Functions of one number that layers inside a network end in, by their Keras names."""

FINAL_ACTIVATIONS = frozenset({"softmax", "sigmoid"})
"""What the last layer may end in, besides: relevance starts before it."""


def relevance_routes(
    network: keras.Model, calls: Sequence[LayerCall], composite: Composite
) -> dict[keras.Layer, Call]:
    """Say what takes the place of each layer, so that gradients become relevance.

    Args:
        network: what LRP goes through.
        calls: of one forward pass of the network.
        composite: the rules of the layers with weights.

    Raises:
        MethodUnsupportedError: a layer, which it names, has no rule.
    """
    refuse_hidden_steps([network, *(call.layer for call in calls)])
    inner = [call for call in calls if not isinstance(call.layer, keras.Model)]
    last = last_layers(inner)
    for call in inner:
        refuse_unknown(call, is_last=call.layer in last)
    normalizations = folded_normalizations(calls)
    rules = weighted_rules(inner, composite)
    weighted = {
        layer: weighted_route(layer, normalizations.get(layer), rule, is_last=layer in last)
        for layer, rule in rules.items()
    }
    others = {
        call.layer: ROUTES[type(call.layer)](call.layer)
        for call in inner
        if type(call.layer) in ROUTES and call.layer not in last
    }
    return weighted | others | dict.fromkeys(normalizations.values(), folded_route)


def last_layers(calls: Sequence[LayerCall]) -> set[keras.Layer]:
    """Find the layers after which a network at most moves values about."""
    last: set[keras.Layer] = set()
    for call in reversed(calls):
        last.add(call.layer)
        if type(call.layer) not in MOVING:
            break
    return last


def weighted_rules(calls: Sequence[LayerCall], composite: Composite) -> dict[keras.Layer, Rule]:
    """Give each layer with weights the rule that the composite has for it.

    A convolution that puts out a single position is the dense layer of a head.
    """
    rules = {
        call.layer: composite.convolution
        if type(call.layer) in CONVOLUTIONS and is_maps(call.output)
        else composite.dense
        for call in calls
        if type(call.layer) in WEIGHTED
    }
    if composite.pixels is not None:
        rules |= pixel_rule(calls, composite.pixels)
    return rules


def pixel_rule(calls: Sequence[LayerCall], pixels: PixelRange) -> dict[keras.Layer, Rule]:
    """Give the first layer with weights the box rule, its bounds in the units that it is fed.

    Raises:
        MethodUnsupportedError: between the pixels and that layer, bounds cannot be followed.
    """
    shape = (1, *calls[0].inputs[0].shape[1:])
    bounds = tf.broadcast_to(pixels.lowest, shape), tf.broadcast_to(pixels.highest, shape)
    for call in calls:
        if type(call.layer) in WEIGHTED:
            lowest, highest = tf.minimum(*bounds), tf.maximum(*bounds)
            return {call.layer: partial(box_rule, lowest=lowest, highest=highest)}
        if type(call.layer) not in MOVING.union(ELEMENTWISE):
            raise unsupported(
                f"{call} comes before any weights, so that no bounds are known there"
            )
        bounds = call.layer(bounds[0]), call.layer(bounds[1])
    raise unsupported("it has no layer with weights")


def refuse_hidden_steps(layers: Sequence[keras.Layer]) -> None:
    """Refuse networks that do more than their layers do.

    Raises:
        MethodUnsupportedError: one is subclassed, or has an operation that is no layer.
    """
    for layer in layers:
        if not isinstance(layer, keras.Model):
            continue
        if not is_graph(layer):
            raise unsupported(
                f"{layer.name!r} is subclassed and may compute between its layers"
            )
        for operation in getattr(layer, "operations", ()):
            if not isinstance(operation, keras.Layer):
                raise unsupported(f"{operation.name!r} is an operation outside of any layer")


def refuse_unknown(call: LayerCall, *, is_last: bool) -> None:
    """Refuse a layer that has no rule.

    Raises:
        MethodUnsupportedError: it has none, or none for what it does here.
    """
    layer, kind = call.layer, type(call.layer)
    name = activation_name(layer)
    is_final_softmax = is_last and kind is kinds.Softmax
    if kind not in MOVING.union(WEIGHTED, ROUTES) and not is_final_softmax:
        raise unsupported(f"{call} has no rule")
    if name not in ACTIVATIONS and not (is_last and name in FINAL_ACTIVATIONS):
        raise unsupported(f"{call} ends in {name}, which has no rule")
    if (
        getattr(layer, "groups", 1) != 1
        or getattr(layer, "data_format", "") == "channels_first"
    ):
        raise unsupported(f"{call} is grouped, or has its channels first")
    if kind is kinds.BatchNormalization and layer.axis not in (
        -1,
        len(call.inputs[0].shape) - 1,
    ):
        raise unsupported(f"{call} does not normalize the last axis")
    if kind is kinds.Add and len({tuple(part.shape) for part in call.inputs}) > 1:
        raise unsupported(f"{call} adds tensors of unequal shapes")
    if kind is kinds.Multiply and [is_maps(part) for part in call.inputs] not in GATED:
        raise unsupported(f"{call} multiplies other things than maps and one factor a channel")


def activation_name(layer: keras.Layer) -> str:
    """Name the function that a layer ends in, "linear" where it names none."""
    activation = getattr(layer, "activation", keras.activations.linear)
    return str(getattr(activation, "__name__", activation))


def unsupported(reason: str) -> MethodUnsupportedError:
    """Say why LRP cannot go through a network."""
    return MethodUnsupportedError("lrp", reason)
