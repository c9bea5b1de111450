"""What layers without weights of their own make of one channel: it goes on, as another's part.

What is followed is a rise of the channel by 1 at all places. Rectifiers on the way count as
open, and the values of a batch normalization as they are when the network is used.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import keras
import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.models.pooled_head import activation_name
from core.models.tensor_uses import LayerUse

MOVING = (
    keras.layers.AveragePooling2D,
    keras.layers.Cropping2D,
    keras.layers.Dropout,
    keras.layers.GaussianDropout,
    keras.layers.GaussianNoise,
    keras.layers.GlobalAveragePooling2D,
    keras.layers.GlobalMaxPooling2D,
    keras.layers.Identity,
    keras.layers.MaxPooling2D,
    keras.layers.SpatialDropout2D,
    keras.layers.UpSampling2D,
    keras.layers.ZeroPadding2D,
)
"""These raise what they put out by 1 where all of a channel is raised by 1."""

RECTIFYING = (
    keras.layers.ELU,
    keras.layers.LeakyReLU,
    keras.layers.PReLU,
    keras.layers.ReLU,
)
"""Open, they do the same."""

OPEN_ACTIVATIONS = frozenset(
    ("elu", "gelu", "leaky_relu", "linear", "mish", "relu", "relu6", "selu", "silu", "swish")
)
"""Functions that do so too where their input is large."""

MAP_AXES = 4
"""Of a batch of maps [B, h, w, D]."""


@dataclass(frozen=True)
class Carried:
    """A channel, somewhere behind the layer that puts it out."""

    tensor: tf.Tensor
    """Of which it is a part."""
    columns: Int[np.ndarray, " n"]
    """Its indices in the last axis; several once maps have been flattened."""
    scales: Float[np.ndarray, " n"]
    """How much each rises where the channel rises by 1 at all places."""
    through: tuple[str, ...] = ()
    """Layers that it came through, in order."""


def carried(channel: Carried, call: LayerUse) -> Carried | None:
    """Say what a layer makes of a channel.

    Args:
        channel: its tensor is one that the layer was handed.
        call: of the layer.

    Returns:
        The channel behind the layer; none where the layer is none that is known to carry
        channels on one by one.
    """
    if not tf.is_tensor(call.output):
        return None
    for kinds, carry in CARRYING:
        if isinstance(call.layer, kinds):
            behind = carry(channel, call)
            return behind and replace(
                behind, tensor=call.output, through=(*channel.through, call.name)
            )
    return None


def _as_it_is(channel: Carried, _: LayerUse) -> Carried:
    return channel


def _activated(channel: Carried, call: LayerUse) -> Carried | None:
    """Open rectifiers change nothing; what squashes, as a softmax, has no such state."""
    return channel if activation_name(call.layer) in OPEN_ACTIVATIONS else None


def _normalized(channel: Carried, call: LayerUse) -> Carried | None:
    """A batch normalization multiplies each channel by a number."""
    layer, last = call.layer, len(channel.tensor.shape) - 1
    if layer.axis not in (-1, last):
        return None
    factors = 1.0 / np.sqrt(np.asarray(layer.moving_variance) + layer.epsilon)
    if layer.scale:
        factors = factors * np.asarray(layer.gamma)
    return replace(channel, scales=channel.scales * factors[channel.columns])


def _flattened(channel: Carried, call: LayerUse) -> Carried | None:
    """Flattened maps have a channel once for every place."""
    before, after = channel.tensor.shape[1:], call.output.shape[1:]
    if after[-1] == before[-1]:
        return channel
    if len(after) != 1 or None in (*before, *after):
        return None
    places = int(np.prod(before[:-1]))
    starts = np.arange(places)[:, np.newaxis] * int(before[-1])
    return replace(
        channel,
        columns=(starts + channel.columns).ravel(),
        scales=np.tile(channel.scales, places),
    )


def _added(channel: Carried, call: LayerUse) -> Carried | None:
    """A sum has all its parts; one that is stretched to the others' shape is not followed."""
    return channel if channel.tensor.shape[-1] == call.output.shape[-1] else None


def _averaged(channel: Carried, call: LayerUse) -> Carried | None:
    summed = _added(channel, call)
    return summed and replace(summed, scales=summed.scales / len(call.inputs))


def _subtracted(channel: Carried, call: LayerUse) -> Carried | None:
    summed = _added(channel, call)
    sign = -1.0 if channel.tensor is call.inputs[1] else 1.0
    return summed and replace(summed, scales=summed.scales * sign)


def _concatenated(channel: Carried, call: LayerUse) -> Carried | None:
    """Behind a concatenation of channels it stands after those of the inputs before."""
    if call.layer.axis not in (-1, len(channel.tensor.shape) - 1):
        return None
    before = 0
    for tensor in call.inputs:
        if tensor is channel.tensor:
            break
        before += int(tensor.shape[-1])
    return replace(channel, columns=channel.columns + before)


CARRYING: tuple[
    tuple[type | tuple[type, ...], Callable[[Carried, LayerUse], Carried | None]], ...
] = (
    ((*MOVING, *RECTIFYING), _as_it_is),
    (keras.layers.Activation, _activated),
    (keras.layers.BatchNormalization, _normalized),
    ((keras.layers.Flatten, keras.layers.Reshape), _flattened),
    (keras.layers.Average, _averaged),
    (keras.layers.Subtract, _subtracted),
    (keras.layers.Add, _added),
    (keras.layers.Concatenate, _concatenated),
)
"""By the layers' classes."""
