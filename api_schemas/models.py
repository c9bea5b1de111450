"""Models as workers announce them and as the service lists them."""

from typing import Literal

from api_schemas.schema import Schema


class LayerSummary(Schema):
    """One layer of a model."""

    name: str
    """Path of the layer: `conv1`, or `backbone/conv1` inside a nested backbone."""
    type: str
    """Keras' class name."""
    output_shape: list[int | None]
    """Without the batch; none where it varies."""
    parameters: int
    """Number of weights."""
    explainable: bool
    """Whether a CAM can be drawn at it."""
    kernel_shape: tuple[int, ...] = ()
    """[height, width, channels in, channels out] of a convolution's filters, which
    `/models/{model}/layers/{layer}/filters` shows; of a depthwise one, each of which sees one
    channel, channels in is 1. Empty for other layers."""


class LayerList(Schema):
    """Every layer of a model, in the order of the forward pass."""

    layers: list[LayerSummary]
    """In the order of the forward pass."""


class ModelRecord(Schema):
    """Everything the front needs to know of a model; workers announce it."""

    name: str
    """Of the model's folder."""
    title: str
    """A line about it."""
    description: str
    """A paragraph about it."""
    license: str
    """Of its weights."""
    sha256: str
    """Of its weights."""
    fingerprint: str = ""
    """Of all that its numbers depend on beside the order: see `Computed`. Empty if the worker
    does not say."""
    input_width: int
    """Pixels."""
    input_height: int
    """Pixels."""
    input_channels: int
    """3, or 1 for grayscale."""
    is_bgr: bool = False
    """Whether the three channels are blue, green and red, in this order."""
    classes: list[str]
    """Labels in index order."""
    activation: Literal["softmax", "sigmoid", "logits", "sigmoid-logits"]
    """What the network ends in."""
    parameters: int
    """Number of weights."""
    default_layer: str
    """Of the CAM family."""
    layers: list[LayerSummary]
    """In the order of the forward pass."""
    unsupported: dict[str, str]
    """Methods that this form of model cannot support, with the reason."""


class ModelSummary(Schema):
    """A model, as `GET /models` lists it."""

    name: str
    """As in requests."""
    ready: bool
    """Whether a live worker hosts it."""
    platform: str
    """What runs it."""
    input_shape: list[int]
    """[height, width, channels] of the network's input."""
    classes: list[str]
    """Labels in index order."""
    parameters: int
    """Number of weights."""
    sha256: str
    """Of its weights."""


class ModelDetails(ModelSummary):
    """A model, as `GET /models/{model}` describes it."""

    title: str
    """A line about it."""
    description: str
    """A paragraph about it."""
    license: str
    """Of its weights."""
    activation: str
    """What the network ends in: softmax, sigmoid, logits or sigmoid-logits."""
    default_layer: str
    """Of the CAM family."""
    unsupported: dict[str, str]
    """Methods that it cannot support, with the reason."""


class ModelList(Schema):
    """Every model that the service knows."""

    default: str
    """Used where a request names none."""
    models: list[ModelSummary]
    """By name."""
