"""What becomes of every tensor of a forward pass: which layers take it, and what else does.

Found by running the model once symbolically. Whatever a layer is handed goes through an
operation of its own, so that what layers do is told from what is written between them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from core.models.layers import named_layers
from core.models.rerouting import Call, rerouted
from core.shapes import Images


@dataclass(frozen=True)
class LayerUse:
    """One call of one layer."""

    name: str
    """Path from the model: `conv1` or `backbone/conv1`."""
    layer: keras.Layer
    inputs: tuple[tf.Tensor, ...]
    """As the layer saw them: each put out by an operation of its own."""
    output: Any
    is_innermost: bool
    """Whether the layer holds no other layers."""


@dataclass(frozen=True)
class TensorUses:
    """One symbolic forward pass."""

    calls: tuple[LayerUse, ...]
    """In the order in which they end."""
    taken_by: Mapping[str, int]
    """Place in `calls` of the call that a tensor was handed to, by the name of the operation
    that handed it over."""

    def output_of(self, layer: str) -> tf.Tensor:
        """Give what a layer puts out that is called once and puts out one tensor."""
        found: tf.Tensor = next(call.output for call in self.calls if call.name == layer)
        return found

    def call_taking(self, operation: tf.Operation) -> LayerUse | None:
        """Give the call that an operation hands something to; none if it is no such one."""
        place = self.taken_by.get(operation.name)
        return None if place is None else self.calls[place]


def tensor_uses(
    network: keras.Model, forward: Callable[[Images], tf.Tensor], example: Images
) -> TensorUses:
    """Follow a forward pass; nothing is computed.

    Args:
        network: any Keras model.
        forward: calls the network with images [B, H, W, C].
        example: [B, H, W, C] float32; only its shape matters.
    """
    calls: list[LayerUse] = []
    taken_by: dict[str, int] = {}
    layers = named_layers(network)

    def noting(name: str, layer: keras.Layer) -> Call:
        own_call = layer.call
        is_innermost = not any(other.startswith(f"{name}/") for other in layers)

        def call(*inputs: object, **options: object) -> object:
            handed: list[tf.Tensor] = []

            def hand_over(part: object) -> object:
                if not tf.is_tensor(part):
                    return part
                handed.append(tf.identity(part))
                return handed[-1]

            marked_inputs, marked_options = tf.nest.map_structure(hand_over, (inputs, options))
            output = own_call(*marked_inputs, **marked_options)
            taken_by.update((tensor.op.name, len(calls)) for tensor in handed)
            calls.append(LayerUse(name, layer, tuple(handed), output, is_innermost))
            return output

        return call

    with rerouted({layer: noting(name, layer) for name, layer in layers.items()}):
        watched = tf.function(forward, autograph=False)
        graph = watched.get_concrete_function(tf.TensorSpec(example.shape, example.dtype))
    return _Kept(tuple(calls), taken_by, graph)


@dataclass(frozen=True)
class _Kept(TensorUses):
    """The same, which keeps the graph that the tensors belong to."""

    graph: object
