"""One look at a network as it is called: what runs, what it puts out, how many classes."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import keras
import tensorflow as tf

from core.models.layers import LayerDescription, describe_layer, named_layers
from core.models.logits import OPERATIONS, PASSED_THROUGH
from core.models.mismatch import MismatchError
from core.models.rectifiers import RectifierCounts, count_rectifiers
from core.models.taps import OutputHook, all_tapped
from core.shapes import Images, Logits

MADE_OF_SCORES = PASSED_THROUGH | set(OPERATIONS.values()) | {"Neg", "ConcatV2"}
"""Operations that stand behind the scores; the last two make two classes of one sigmoid."""


@dataclass(frozen=True)
class Survey:
    """What one traced forward pass tells."""

    layers: dict[str, LayerDescription]
    """Those that the pass calls, by name, in the order of their last call."""
    class_count: int
    rectifiers: RectifierCounts
    """How many ReLUs it goes through, and how many of them can be given another gradient."""


def survey(
    network: keras.Model, logits: Callable[[Images], Logits], example: tf.Tensor
) -> Survey:
    """Trace a forward pass, computing nothing, and note down every layer that it calls.

    Args:
        network: the network whose layers are looked at.
        logits: from images [B, H, W, C] to the class scores [B, K], through the network.
        example: [1, H, W, C] float32; only its shape matters.

    Raises:
        MismatchError: the network has a channels-first layer; and whatever `logits` raises.
    """
    notes = _Notes()
    scored: list[Logits] = []

    def forward(images: Images) -> Logits:
        with all_tapped(notes.hooks(network)):
            scored.append(logits(images))
        return scored[-1]

    refuse_channels_first(network)
    rectifiers = count_rectifiers(forward, example)
    used, scores = ancestors(scored[-1].op), source_of(scored[-1].op)
    layers = {
        name: replace(
            described,
            feeds_output=any(
                operation.name in used or source_of(operation) is scores
                for operation in notes.operations[name]
            ),
        )
        for name, described in notes.layers.items()
    }
    return Survey(layers, class_count=int(scored[-1].shape[-1]), rectifiers=rectifiers)


class _Notes:
    """What the taps see: kept while one graph is traced."""

    def __init__(self) -> None:
        self.layers: dict[str, LayerDescription] = {}
        self.operations: dict[str, list[tf.Operation]] = {}

    def hooks(self, network: keras.Model) -> dict[str, tuple[keras.Layer, OutputHook]]:
        """Give a hook for every layer of a network."""
        return {
            name: (layer, self._noting(name, layer))
            for name, layer in named_layers(network).items()
        }

    def _noting(self, name: str, layer: keras.Layer) -> OutputHook:
        def note(output: object) -> object:
            before = self.layers.pop(name, None)
            self.layers[name] = describe_layer(
                name, layer, output, calls=before.calls + 1 if before else 1
            )
            marked = keras.tree.map_structure(_marked, output)
            self.operations.setdefault(name, []).extend(
                part.op for part in keras.tree.flatten(marked) if isinstance(part, tf.Tensor)
            )
            return marked

        return note


def _marked(part: object) -> object:
    """Give a tensor an operation of its own, by which it is found again in the graph."""
    return tf.identity(part) if isinstance(part, tf.Tensor) else part


def ancestors(operation: tf.Operation) -> set[str]:
    """Name the operations that one depends on, itself included."""
    found, waiting = {operation.name}, [operation]
    while waiting:
        for tensor in waiting.pop().inputs:
            if tensor.op.name not in found:
                found.add(tensor.op.name)
                waiting.append(tensor.op)
    return found


def source_of(operation: tf.Operation) -> tf.Operation:
    """Go back from scores or probabilities to what computed the scores.

    The scores are taken before the softmax. A layer that ends in one is no ancestor of them,
    but puts out what is made of them and of nothing else.
    """
    while operation.type in MADE_OF_SCORES:
        operation = operation.inputs[0].op
    return operation


def refuse_channels_first(network: keras.Model) -> None:
    """Check the assumption of every kernel: that channels come last.

    Raises:
        MismatchError: a layer has them first.
    """
    for name, layer in named_layers(network).items():
        if getattr(layer, "data_format", None) == "channels_first":
            raise MismatchError(
                f"layer {name!r} has its channels first; "
                "only channels-last networks are explained"
            )
