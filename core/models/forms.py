"""Calling any form of Keras model with images alone: which input they are, which output counts.

A model may want more than the image (its further inputs are then fixed by the manifest) and
answer more than classes (the manifest then chooses). Functional models name both; a subclassed
model is called with what its own `call` takes: a tensor, or a dictionary by input name.
"""

from collections.abc import Sequence
from difflib import get_close_matches

import keras
import numpy as np
import tensorflow as tf

from core.models.manifest import Input, Output
from core.models.mismatch import MismatchError
from core.shapes import Images


def form_of(network: keras.Model) -> str:
    """Say in a word or two how a network is put together."""
    kind = "subclassed"
    if isinstance(network, keras.Sequential):
        kind = "Sequential"
    elif is_graph(network):
        kind = "Functional"
    nested = any(isinstance(layer, keras.Model) for layer in network.layers)
    return f"{kind} with a nested network" if nested else kind


def is_graph(network: keras.Model) -> bool:
    """Whether a network knows its inputs and outputs without being called."""
    return bool(getattr(network, "inputs", None))


def call_network(network: keras.Model, images: Images, to: Input, chosen: Output) -> tf.Tensor:
    """Call a network as in inference and take the output that scores the classes.

    Raises:
        MismatchError: the manifest's inputs or output are not the network's.
    """
    return chosen_output(network, network(fed(network, images, to), training=False), chosen)


def fed(network: keras.Model, images: Images, to: Input) -> object:
    """Put images and the manifest's fixed values together as the network takes them."""
    inputs = graph_inputs(network)
    if to.name is None and not to.auxiliary:
        if len(inputs) > 1:
            raise MismatchError(
                f"the network has the inputs {', '.join(inputs)}: say in [input] which is the "
                "image (`name`), and in [input.auxiliary] what the others are fed"
            )
        return images
    values = {
        name: repeated(name, value, inputs, images) for name, value in to.auxiliary.items()
    }
    values[str(to.name)] = images
    if not inputs:
        return values if to.auxiliary else images
    if set(values) != set(inputs):
        raise MismatchError(
            f"the manifest feeds the inputs {', '.join(sorted(values))}; "
            f"the network takes {', '.join(inputs)}"
        )
    structure = input_structure(network)
    if isinstance(structure, dict):
        return values
    ordered = [values[name] for name in inputs]
    return ordered if isinstance(structure, list | tuple) else ordered[0]


def graph_inputs(network: keras.Model) -> dict[str, keras.KerasTensor]:
    """Name the inputs of a Functional or Sequential model; a subclassed one has no names."""
    if not is_graph(network):
        return {}
    structure = input_structure(network)
    if isinstance(structure, dict):
        return structure
    return {tensor.name: tensor for tensor in network.inputs}


def input_structure(network: keras.Model) -> object:
    """Give the inputs of a Functional or Sequential model, in the structure it takes."""
    return network.inputs[0] if isinstance(network, keras.Sequential) else network.input


def image_shape(network: keras.Model, to: Input) -> tuple[int | None, ...] | None:
    """Give the [height, width, channels] that a network's image input takes, if it says so."""
    inputs = graph_inputs(network)
    if to.name in inputs:
        return tuple(inputs[to.name].shape[1:])
    return tuple(next(iter(inputs.values())).shape[1:]) if len(inputs) == 1 else None


def repeated(
    name: str, value: object, inputs: dict[str, keras.KerasTensor], images: Images
) -> tf.Tensor:
    """Give every image of a batch the same auxiliary value: [B, ...]."""
    fixed = np.asarray(value)
    if name in inputs:
        fixed = fitted(name, fixed, inputs[name])
    elif fixed.dtype == np.float64:
        fixed = fixed.astype(np.float32)
    batch = tf.shape(images)[:1]
    return tf.broadcast_to(fixed, tf.concat([batch, fixed.shape], axis=0))


def fitted(name: str, value: np.ndarray, tensor: keras.KerasTensor) -> np.ndarray:
    """Give an auxiliary value the type and, if it is one number, the shape of its input."""
    shape = tuple(tensor.shape[1:])
    wanted = value.shape if None in shape else shape
    try:
        return np.broadcast_to(value, wanted).astype(tensor.dtype)
    except ValueError as error:
        raise MismatchError(
            f"input.auxiliary.{name} has shape {list(value.shape)}; "
            f"the network takes {list(shape)}"
        ) from error


def chosen_output(network: keras.Model, outputs: object, chosen: Output) -> tf.Tensor:
    """Take the output that the manifest chooses, by name or by index.

    Raises:
        MismatchError: there is no such output, or there are several and none is chosen.
    """
    flat = keras.tree.flatten(outputs)
    names = output_names(network, outputs)
    if chosen.name is not None:
        if chosen.name not in names:
            raise MismatchError(
                f"there is no output {chosen.name!r}; {offer(chosen.name, names)}"
            )
        return flat[names.index(chosen.name)]
    if chosen.index is not None:
        if chosen.index >= len(flat):
            raise MismatchError(
                f"there is no output {chosen.index}: the network has {len(flat)}"
            )
        return flat[chosen.index]
    if len(flat) != 1:
        listed = f" ({', '.join(names)})" if names else ""
        raise MismatchError(
            f"the network has {len(flat)} outputs{listed}: "
            "say in [output] which one scores the classes (`name` or `index`)"
        )
    return flat[0]


def output_names(network: keras.Model, outputs: object) -> list[str]:
    """Name the outputs in flattened order: by dictionary key, else as the model itself does."""
    if isinstance(outputs, dict):
        return sorted(outputs)
    return list(getattr(network, "output_names", ()))


def offer(wanted: str, names: Sequence[str]) -> str:
    """Say which names there are, the nearest if they are many."""
    nearest = get_close_matches(wanted, names, n=3, cutoff=0.3) or names[:3]
    return (
        f"there are {', '.join(nearest)}"
        if nearest
        else "the outputs have no names: use `index`"
    )
