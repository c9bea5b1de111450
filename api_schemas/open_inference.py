"""The Open Inference Protocol, version 2: metadata, tensors in, tensors out."""

from typing import Annotated, Any, Literal

from pydantic import Field, PositiveInt, WithJsonSchema

from api_schemas.schema import Schema

IMAGE_TENSOR = "image"
"""Name of the one input that every model has."""

EXTENSIONS = ("binary_tensor_data", "explain")
"""What the server can beyond the protocol: tensors as bytes, and our own verb."""

InputType = Literal["UINT8", "BYTES"]
OutputType = Literal["FP32", "INT64", "BYTES"]

InferOutput = Literal["probabilities", "logits", "label"]
ExplainOutput = Literal[
    "raw", "target", "probabilities", "logits", "heatmap", "overlay", "contour", "answer"
]
ALL_INFER_OUTPUTS: tuple[InferOutput, ...] = ("probabilities", "logits", "label")
USUAL_EXPLAIN_OUTPUTS: tuple[ExplainOutput, ...] = ("raw", "target", "probabilities")
"""Of an explanation, where the request names none."""

Parameter = bool | int | float | str
"""The protocol has no others."""

Numbers = Annotated[
    Any,
    WithJsonSchema(
        {"type": "array", "description": "Row-major, nested as the shape is, or flat."}
    ),
]


class LiveAnswer(Schema):
    """That the process answers."""

    live: bool
    """True."""


class ReadyAnswer(Schema):
    """That the service can answer requests."""

    ready: bool
    """True: where it is not, the answer is a problem."""


class ServerMetadata(Schema):
    """What answers here."""

    name: str
    """Of the service."""
    version: str
    """Of the service."""
    extensions: tuple[str, ...]
    """What it can beyond the protocol."""


class TensorMetadata(Schema):
    """A tensor that goes in or comes out."""

    name: str
    """As in requests and answers."""
    datatype: str
    """In the protocol's words."""
    shape: tuple[int, ...]
    """-1 where the length varies."""


class ModelMetadata(Schema):
    """What a model takes and gives."""

    name: str
    """As in paths."""
    platform: str
    """What runs it."""
    inputs: list[TensorMetadata]
    """One: images of any size, as pixels. The same name also takes image files as BYTES."""
    outputs: list[TensorMetadata]
    """Of `infer`."""


class InputParameters(Schema):
    """How the data of an input travel."""

    binary_data_size: Annotated[int, Field(ge=0)] | None = None
    """Bytes of this tensor behind the JSON; none where `data` holds them."""
    content_type: Literal["base64"] | None = None
    """Of BYTES in JSON, which are always base64: it may be said."""


class RequestInput(Schema):
    """An input tensor."""

    name: Literal["image"]
    """The one that every model has."""
    shape: Annotated[list[PositiveInt], Field(min_length=1, max_length=4)]
    """[images, height, width, 3] of UINT8, or [images] of BYTES."""
    datatype: InputType
    """UINT8 for pixels, BYTES for image files."""
    parameters: InputParameters | None = None
    """How the data travel."""
    data: Numbers = None
    """Pixels from 0 to 255, or base64 of the files; absent where the data are binary."""


class OutputParameters(Schema):
    """How the data of an output are to travel."""

    binary_data: bool | None = None
    """Whether as bytes behind the JSON; by default as the request's `binary_data_output`."""


class InferRequestOutput(Schema):
    """An output asked for."""

    name: InferOutput
    """Which."""
    parameters: OutputParameters | None = None
    """How its data are to travel."""


class ExplainRequestOutput(Schema):
    """An output of an explanation asked for."""

    name: ExplainOutput
    """Which."""
    parameters: OutputParameters | None = None
    """How its data are to travel."""


class InferParameters(Schema):
    """What goes for a whole request."""

    binary_data_output: bool = False
    """Whether outputs travel as bytes where they do not say so themselves."""


class TensorsRequest(Schema):
    """What both verbs take."""

    id: Annotated[str, Field(max_length=200)] | None = None
    """Repeated in the answer."""
    model_name: str | None = None
    """The path's model again, as KServe's own client sends it."""
    inputs: Annotated[list[RequestInput], Field(min_length=1, max_length=1)]
    """The one tensor of images."""


class InferRequest(TensorsRequest):
    """The body of `POST /v2/models/{model}/infer`."""

    parameters: InferParameters | None = None
    """What goes for the whole request."""
    outputs: Annotated[list[InferRequestOutput], Field(min_length=1)] | None = None
    """By default all."""


class ExplainTensorsRequest(TensorsRequest):
    """The body of `POST /v2/models/{model}/explain`."""

    parameters: dict[str, Parameter] | None = None
    """`binary_data_output`, `method` (by default `gradcam`), and the options of
    `POST /explain/{method}` but `model` and `outputs`, each under its own name."""
    outputs: Annotated[list[ExplainRequestOutput], Field(min_length=1)] | None = None
    """By default `raw`, `target` and `probabilities`."""


class ResponseOutput(Schema):
    """An output tensor."""

    name: str
    """Which."""
    datatype: OutputType
    """In the protocol's words."""
    shape: tuple[int, ...]
    """Images first."""
    parameters: dict[str, Parameter] | None = None
    """`binary_data_size` of data behind the JSON; `content_type` of pictures in JSON, which
    are base64."""
    data: Numbers = None
    """Flat and row-major, `null` where a number is not finite; absent where they are binary."""


class InferResponse(Schema):
    """What a model answers."""

    model_name: str
    """Of the model that answered."""
    id: str | None = None
    """The request's."""
    parameters: dict[str, Parameter]
    """`model_sha256`, and of an explanation the `method`."""
    outputs: list[ResponseOutput]
    """In the order asked for."""
