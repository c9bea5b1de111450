"""Which batch normalizations can be folded into the layers with weights before them."""

from collections.abc import Sequence

import keras
import tensorflow as tf

from core.models.layer_calls import LayerCall, call_behind
from core.models.linear_maps import WEIGHTED


def folded_normalizations(
    calls: Sequence[LayerCall],
) -> dict[keras.Layer, keras.layers.BatchNormalization]:
    """Find the batch normalizations that are the only thing fed by a layer with weights.

    What is computed outside of layers counts as well, as it may in a subclassed network.

    Returns:
        By the layer with weights.
    """
    layers = [call.layer for call in calls]
    folded = {}
    for call in calls:
        if type(call.layer) is not keras.layers.BatchNormalization:
            continue
        feeding = call_behind(call.inputs[0], calls[: call.index])
        if (
            feeding is not None
            and type(feeding.layer) in WEIGHTED
            and feeding.layer.activation is keras.activations.linear
            and sum(call.inputs[0] is tensor for other in calls for tensor in other.inputs) == 1
            and is_used_once(feeding.output)
            and layers.count(feeding.layer) == layers.count(call.layer) == 1
        ):
            folded[feeding.layer] = call.layer
    return folded


def is_used_once(output: object) -> bool:
    """Whether a layer's output goes into one operation only."""
    return isinstance(output, tf.Tensor) and len(output.consumers()) == 1
