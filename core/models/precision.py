"""Letting a loaded network compute in bfloat16: half the bits for what lies between its layers.

Weights stay in 32 bits, and so does the head, from the last layer with a matrix of weights on:
with the 8 bits of bfloat16's fraction, scores could not tell variants of an image apart.
"""

from typing import Literal

import keras

from core.models.classifier import Classifier
from core.models.layers import named_layers
from core.models.mismatch import MismatchError
from core.models.randomized_head import last_weighted_layer

Precision = Literal["float32", "bfloat16"]
"""In which numbers a network computes between its layers."""

POLICY = "mixed_bfloat16"
"""Keras' name: computes in bfloat16, keeps weights in float32."""


def compute_in_bfloat16(classifier: Classifier) -> None:
    """Have the layers of a network compute in bfloat16, in place, except for its head.

    Layers that the network's file gives another precision than float32 keep theirs.

    Args:
        classifier: its layers are described; what was traced before keeps its precision.

    Raises:
        MismatchError: the network is a closed graph, which computes as it was exported.
    """
    layers = named_layers(classifier.network)
    if any(isinstance(layer, keras.layers.TFSMLayer) for layer in layers.values()):
        raise MismatchError(
            "a SavedModel computes in the precision that it was exported in: "
            "host it by a worker of float32"
        )
    head = last_weighted_layer(classifier)
    for name in classifier.layers:
        layer = layers[name]
        if layer is head:
            return
        if not isinstance(layer, keras.Model) and layer.dtype_policy.name == "float32":
            layer.dtype_policy = keras.DTypePolicy(POLICY)


def precision_of(classifier: Classifier) -> str:
    """Name the numbers that a network's layers compute in, such as `bfloat16+float32`."""
    layers = named_layers(classifier.network)
    return "+".join(sorted({str(layer.compute_dtype) for layer in layers.values()}))
