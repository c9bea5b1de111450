"""Which layer is fed by which: every call of a forward pass with its tensors, in order.

Found by running the model once symbolically, so that it works for nested, Sequential and
subclassed models alike, and needs nothing of how Keras keeps its graphs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import keras
import tensorflow as tf

from core.models.layers import named_layers
from core.models.rerouting import Call, rerouted
from core.shapes import Images


@dataclass(frozen=True)
class LayerCall:
    """One call of one layer."""

    index: int
    """Among all calls, in the order in which they end: a layer's after those inside it."""
    name: str
    """Path from the model: `conv1` or `backbone/conv1`."""
    layer: keras.Layer
    inputs: tuple[tf.Tensor, ...]
    """Symbolic tensors; only which is which matters."""
    output: object
    is_innermost: bool
    """Whether the layer holds no other layers."""

    def __str__(self) -> str:
        return f"layer {self.name!r} ({type(self.layer).__name__})"


def layer_calls(
    network: keras.Model, forward: Callable[[Images], tf.Tensor], example: Images
) -> tuple[list[LayerCall], tf.Tensor]:
    """List the calls of a forward pass, in order, and its output.

    Args:
        network: any Keras model.
        forward: calls the network with images [B, H, W, C]; nothing is computed.
        example: [B, H, W, C] float32; only its shape matters.
    """
    calls: list[LayerCall] = []
    layers = named_layers(network)

    def remembering(name: str, layer: keras.Layer) -> Call:
        own_call = layer.call
        is_innermost = not any(other.startswith(f"{name}/") for other in layers)

        def call(*inputs: object, **options: object) -> object:
            output = own_call(*inputs, **options)
            tensors = filter(tf.is_tensor, tf.nest.flatten((inputs, options)))
            calls.append(
                LayerCall(len(calls), name, layer, tuple(tensors), output, is_innermost)
            )
            return output

        return call

    outputs: list[tf.Tensor] = []
    with rerouted({layer: remembering(name, layer) for name, layer in layers.items()}):
        watched = tf.function(lambda images: outputs.append(forward(images)), autograph=False)
        watched.get_concrete_function(tf.TensorSpec(example.shape, example.dtype))
    return calls, outputs[-1]


def call_behind(tensor: tf.Tensor, calls: Sequence[LayerCall]) -> LayerCall | None:
    """Find the call that a tensor came out of last, an innermost layer's if there is one.

    Behind a change of precision, which Keras makes between layers, it is looked for further.

    Args:
        tensor: one of the tensors in the calls.
        calls: as `layer_calls` lists them. To look behind one of them, give those before it
            only: a layer that does nothing, such as a `Dropout`, puts out what it was fed.
    """
    behind = [call for call in calls if call.output is tensor]
    if not behind and tensor.op.type == "Cast":
        return call_behind(tensor.op.inputs[0], calls)
    candidates = [call for call in behind if call.is_innermost] or behind
    return candidates[-1] if candidates else None
