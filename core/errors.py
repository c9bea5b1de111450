"""What can go wrong in `core`: each class keeps its data and knows nothing of HTTP.

CoreError
├── ManifestError          a model folder whose `model.toml` is wrong
├── ModelFileError         weights that are missing, damaged or not of the model
├── LayerNotFoundError     no layer of that name
├── LayerNotSpatialError   a layer whose output has no height and width
├── LayerNotConvolutionError  a layer that has learned no two-dimensional filters
├── MethodUnsupportedError a method that this form of model cannot support
├── UnitNotFoundError      a channel, position or class that is not there
├── SizeUnsupportedError   images of a size that the network does not take
├── ImageError
│   ├── ImageUndecodableError  bytes that are no image we read
│   └── ImageTooLargeError     more pixels than allowed
└── ShapeError             tensors whose shapes do not go together
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class CoreError(Exception):
    """Base of every refusal that `core` makes."""


class ManifestError(CoreError):
    """A model folder whose manifest is missing or wrong."""

    def __init__(self, folder: str, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"model folder {folder!r}: {reason}")


class ModelFileError(CoreError):
    """A model's files are missing, damaged, unsafe or not of the model that they claim."""

    def __init__(self, model: str, reason: str) -> None:
        self.model, self.reason = model, reason
        super().__init__(f"model {model!r}: {reason}")


class LayerNotFoundError(CoreError):
    """The model has no layer of that name."""

    def __init__(self, layer: str, known: Sequence[str]) -> None:
        self.layer = layer
        matching = get_close_matches(layer, known, n=3, cutoff=0.3)
        self.nearest = tuple(matching) or tuple(known[-3:])
        nearest = ", ".join(self.nearest)
        super().__init__(f"no layer named {layer[:100]!r}; the nearest are {nearest}")


class LayerNotSpatialError(CoreError):
    """The layer's output is no map, or none that can be explained; the reason says why."""

    def __init__(
        self, layer: str, output_shape: Sequence[int | None], reason: str | None = None
    ) -> None:
        self.layer, self.output_shape = layer, tuple(output_shape)
        self.reason = reason or f"its output has shape {list(output_shape)}"
        super().__init__(f"layer {layer!r} has no spatial map: {self.reason}")


class LayerNotConvolutionError(CoreError):
    """The layer has learned no two-dimensional filters that could be shown."""

    def __init__(self, layer: str, layer_type: str) -> None:
        self.layer, self.layer_type = layer, layer_type
        super().__init__(
            f"layer {layer!r} has no filters to show: it is of type {layer_type}, not a "
            "two-dimensional convolution"
        )


class MethodUnsupportedError(CoreError):
    """This form of model cannot support the method; the reason says why."""

    def __init__(self, method: str, reason: str) -> None:
        self.method, self.reason = method, reason
        super().__init__(f"{method} is not supported by this model: {reason}")


class UnitNotFoundError(CoreError):
    """A channel, position or class that a layer does not have."""

    def __init__(self, layer: str, unit: str, available: str) -> None:
        self.layer, self.unit, self.available = layer, unit, available
        where = f"layer {layer!r}" if layer else "the model"
        super().__init__(f"{where} has no {unit[:100]}; it has {available}")


class SizeUnsupportedError(CoreError):
    """Images of a size that the network cannot be run with, as far as it has to be."""

    def __init__(self, size: Sequence[int], own_size: Sequence[int], reason: str) -> None:
        self.size, self.own_size, self.reason = tuple(size), tuple(own_size), reason
        height, width = own_size
        super().__init__(
            f"the network cannot be run with images of {size[0]} x {size[1]} pixels, only of "
            f"its own {height} x {width}: {reason}"
        )


class ImageError(CoreError):
    """Base of what can be wrong with an image sent."""


class ImageUndecodableError(ImageError):
    """Bytes that are no image of a format that we read, or a damaged one."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the image cannot be decoded: {reason}")


class ImageTooLargeError(ImageError):
    """An image with more bytes or pixels than the service takes."""

    def __init__(self, what: str, size: int, limit: int) -> None:
        self.what, self.size, self.limit = what, size, limit
        super().__init__(f"the image has {size} {what}; at most {limit} are taken")


class ShapeError(CoreError):
    """Tensors whose shapes do not go together."""

    def __init__(self, name: str, expected: Iterable[object], actual: Iterable[object]) -> None:
        self.name, self.expected, self.actual = name, tuple(expected), tuple(actual)
        super().__init__(
            f"{name} has shape {list(self.actual)}; {list(self.expected)} was expected"
        )
