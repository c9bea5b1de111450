"""Which layers read a channel, and with which weights."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import keras
import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.models.carrying import Carried, carried
from core.models.filters import filters_of
from core.models.tensor_uses import LayerUse, TensorUses

PASSED_ON = frozenset({"Identity", "Cast", "Relu", "Relu6", "StopGradient"})
"""Operations between layers that let a channel through as a rectifying layer does."""

ADDING = frozenset({"Add", "AddV2"})

ReadWeights = Float[np.ndarray, " D"]


@dataclass(frozen=True)
class Reader:
    """A layer that makes something new of a channel."""

    layer: str
    """Path of the layer."""
    type: str
    """Keras' class name."""
    through: tuple[str, ...]
    """Layers that the channel comes through, in order."""
    weights: ReadWeights
    """What each of the D units gets, beside the edges, where the channel rises by 1 at all
    places and rectifiers on the way are open: the sum of the filter's cells, times what batch
    normalizations on the way make of it."""
    strengths: ReadWeights
    """The root of the sum of the squares of the same numbers: a filter whose cells sum to
    nothing reads the channel's pattern all the same."""
    reads: np.ndarray
    """[D] whether a unit sees the channel at all: not all do, where channels are in groups."""


@dataclass(frozen=True)
class Untold:
    """Something that takes a channel, of which it cannot be told what it makes of it."""

    name: str
    """Path of the layer; of what stands between layers, the kind of operation."""
    type: str
    """Keras' class name; empty of what stands between layers."""


@dataclass(frozen=True)
class Readers:
    """All that takes a channel."""

    told: tuple[Reader, ...]
    """In the order in which a forward pass comes to them."""
    untold: tuple[Untold, ...]
    """Each once."""


def readers_of(uses: TensorUses, layer: str, channel: int) -> Readers:
    """Follow a channel to the layers that read it, but no further.

    Sums, such as those of residual networks, hand a channel on to all that reads the sum.

    Args:
        uses: of a forward pass.
        layer: that puts the channel out; called once in the pass, with one tensor as output.
        channel: its index in the last axis.
    """
    start = Carried(uses.output_of(layer), np.array([channel]), np.ones(1))
    told: dict[int, Reader] = {}
    untold: dict[tuple[str, str], Untold] = {}
    for place, found in _found(uses, start):
        if isinstance(found, Untold):
            untold.setdefault((found.name, found.type), found)
        else:
            told[place] = _together(told[place], found) if place in told else found
    return Readers(tuple(told[place] for place in sorted(told)), tuple(untold.values()))


def _found(uses: TensorUses, start: Carried) -> Iterator[tuple[int, Reader | Untold]]:
    """Go through what takes a channel, with its place among the calls; some come twice."""
    waiting = [start]
    while waiting:
        channel = waiting.pop()
        for operation in channel.tensor.consumers():
            taken = operation.outputs[0] if operation.outputs else channel.tensor
            handed = replace(channel, tensor=taken)
            place = uses.taken_by.get(operation.name)
            if place is not None:
                call = uses.calls[place]
                if not call.is_innermost:
                    waiting.append(handed)
                    continue
                behind = carried(handed, call)
                if behind is not None:
                    waiting.append(behind)
                elif not _is_end(call):
                    yield place, _read(handed, call)
            elif operation.type in PASSED_ON or _is_sum(channel, operation):
                waiting.append(handed)
            elif operation.type != "NoOp":
                yield -1, Untold(operation.type, "")


def _is_sum(channel: Carried, operation: tf.Operation) -> bool:
    """Whether an operation adds something of the same number of channels."""
    return operation.type in ADDING and all(
        tensor.shape.rank == channel.tensor.shape.rank
        and tensor.shape[-1] == channel.tensor.shape[-1]
        for tensor in operation.inputs
    )


def _is_end(call: LayerUse) -> bool:
    """Whether a layer only turns scores into probabilities."""
    is_softmax = isinstance(call.layer, keras.layers.Softmax)
    return is_softmax or isinstance(call.layer, keras.layers.Activation)


def _read(channel: Carried, call: LayerUse) -> Reader | Untold:
    """Say with which weights a layer reads a channel."""
    cells = _cells(channel, call.layer)
    kind = type(call.layer).__name__
    if cells is None:
        return Untold(call.name, kind)
    values, reads = cells
    return Reader(
        call.name,
        kind,
        channel.through,
        values.sum(axis=0),
        np.sqrt(np.square(values).sum(axis=0)),
        reads,
    )


def _cells(channel: Carried, layer: keras.Layer) -> tuple[np.ndarray, np.ndarray] | None:
    """Give the numbers [n, D] that a layer reads a channel by, and which units have any [D]."""
    if isinstance(layer, keras.layers.Dense):
        kernel = np.asarray(layer.kernel, np.float32)[channel.columns]
        return kernel * channel.scales[:, np.newaxis], np.ones(kernel.shape[1], bool)
    if len(channel.columns) != 1:
        return None
    column, scale = int(channel.columns[0]), float(channel.scales[0])
    if isinstance(layer, keras.layers.SeparableConv2D):
        spread = np.asarray(layer.depthwise_kernel)[:, :, column].astype(np.float32)
        each = spread.shape[-1]
        mixing = np.asarray(layer.pointwise_kernel)[0, 0, column * each : (column + 1) * each]
        cells = (spread @ mixing).reshape(-1, mixing.shape[-1])
        return cells * scale, np.ones(cells.shape[1], bool)
    filters = filters_of(layer)
    if filters is None:
        return None
    inputs, units = filters.shape[2], filters.shape[3]
    channels = int(layer.input_spec.axes[-1])
    groups = channels // inputs
    group = column // inputs
    reads = np.arange(units) // (units // groups) == group
    cells = filters[:, :, column % inputs].reshape(-1, units) * reads
    return cells * scale, reads


def _together(one: Reader, other: Reader) -> Reader:
    """Join two ways by which a layer is reached; their squares as if they were different."""
    return replace(
        one,
        through=tuple(dict.fromkeys((*one.through, *other.through))),
        weights=one.weights + other.weights,
        strengths=np.hypot(one.strengths, other.strengths),
    )
