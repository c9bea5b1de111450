"""The layers of a model: their names, also inside nested backbones, and what they put out."""

import re
from dataclasses import dataclass

import keras
import tensorflow as tf

WORD_STARTS = re.compile(r"(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
"""Where Keras puts underscores when it makes a layer's name of its class's."""
CONVOLUTIONS = (
    keras.layers.Conv2D,
    keras.layers.Conv2DTranspose,
    keras.layers.DepthwiseConv2D,
)
MAP_RANK = 3
"""Height, width and channels."""


@dataclass(frozen=True)
class LayerDescription:
    """One layer as the service lists it."""

    name: str
    """Path from the model: `conv1` or `backbone/conv1`."""
    type: str
    """Keras' class name, such as `Conv2D`."""
    output_shape: tuple[int | None, ...]
    """Without the batch; empty where the output is not one tensor."""
    parameters: int
    calls: int
    """How often one forward pass calls the layer; a shared layer has no single output."""
    kernel_shape: tuple[int, ...] = ()
    """[height, width, channels in, channels out] of a convolution, empty of other layers; of a
    depthwise one the last is the channels out per channel in."""
    is_single_tensor: bool = True
    """Whether the output is one tensor, not a tuple or dictionary of them."""
    feeds_output: bool = True
    """Whether the class scores depend on what the layer puts out."""

    @property
    def is_spatial(self) -> bool:
        """Whether the output is a stack of maps [h, w, D] with more than one position."""
        match self.output_shape:
            case (int(height), int(width), int()):
                return height * width > 1
        return False

    @property
    def is_explainable(self) -> bool:
        """Whether a CAM can be drawn at this layer."""
        return self.refusal is None

    @property
    def refusal(self) -> str | None:
        """Why no CAM can be drawn at this layer; none where one can."""
        shape = list(self.output_shape)
        if not self.is_single_tensor:
            return "its output is not one tensor but several"
        if not self.is_spatial and len(shape) == MAP_RANK - 1:
            return f"its output is a row of tokens {shape}, which have no height and width"
        if not self.is_spatial:
            return f"its output has shape {shape}"
        if self.calls != 1:
            return (
                f"one forward pass calls it {self.calls} times, so that it has no single output"
            )
        if not self.feeds_output:
            return "the class scores do not depend on it"
        return None


def named_layers(network: keras.Layer, prefix: str = "") -> dict[str, keras.Layer]:
    """Name every layer of a model by its path, in the order in which they were made.

    A layer keeps its own name, unless Keras made that up: such names ("conv2d_3") count what
    the process has made before, so in a subclassed model the attribute's name stands for it.
    A layer that is reached twice has the name of the first way to it.
    """
    found: dict[str, keras.Layer] = {}
    _collect(network, prefix, found, seen={id(network)})
    return found


def _collect(
    parent: keras.Layer, prefix: str, found: dict[str, keras.Layer], seen: set[int]
) -> None:
    """Add the layers inside one layer, and those inside them."""
    for layer in _children(parent):
        if isinstance(layer, keras.layers.InputLayer) or id(layer) in seen:
            continue
        seen.add(id(layer))
        path = prefix + _own_name(parent, layer)
        while path in found:
            path += "~"
        found[path] = layer
        _collect(layer, f"{path}/", found, seen)


def _children(parent: keras.Layer) -> list[keras.Layer]:
    """List the layers directly inside one, as Keras tracks them."""
    if isinstance(parent, keras.Model):
        return list(parent.layers)
    return list(parent._flatten_layers(include_self=False, recursive=False))


def _own_name(parent: keras.Layer, layer: keras.Layer) -> str:
    """Name a layer inside its parent, the same at every load."""
    made_up = WORD_STARTS.sub("_", type(layer).__name__).lower()
    is_made_up = re.fullmatch(f"{re.escape(made_up)}(_[0-9]+)?", layer.name) is not None
    is_saved = bool(getattr(parent, "inputs", None)) or isinstance(parent, keras.Sequential)
    if is_made_up and not is_saved:
        return _attribute_name(parent, layer) or str(layer.name)
    return str(layer.name)


def _attribute_name(parent: keras.Layer, layer: keras.Layer) -> str | None:
    """Find the attribute of a layer's parent that holds it: `stem`, or `blocks_0` in a list."""
    attributes: dict[str, object] = vars(parent)
    for name, value in attributes.items():
        if name.startswith("_"):
            continue
        if value is layer:
            return name
        if isinstance(value, list | tuple):
            for index, member in enumerate(value):
                if member is layer:
                    return f"{name}_{index}"
    return None


def describe_layer(
    name: str, layer: keras.Layer, output: object, calls: int
) -> LayerDescription:
    """Describe a layer by what it has just put out."""
    shape = tuple(output.shape[1:]) if isinstance(output, tf.Tensor) else None
    return LayerDescription(
        name=name,
        type=type(layer).__name__,
        output_shape=shape or (),
        parameters=layer.count_params() if layer.built else 0,
        calls=calls,
        kernel_shape=kernel_shape(layer),
        is_single_tensor=shape is not None,
    )


def kernel_shape(layer: keras.Layer) -> tuple[int, ...]:
    """Give the shape of a two-dimensional convolution's kernel; empty for other layers."""
    if not isinstance(layer, CONVOLUTIONS) or not layer.built:
        return ()
    return tuple(int(size) for size in layer.kernel.shape)
