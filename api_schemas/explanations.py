"""Asking for an explanation, the order that travels to a worker, and the answer."""

import json
from typing import Annotated

from pydantic import BeforeValidator, Field, JsonValue, field_validator
from pydantic_core import PydanticCustomError

from api_schemas.evidence import MapEvidence
from api_schemas.numbers import NumberArray
from api_schemas.pictures import Output, PictureOptions
from api_schemas.predictions import ImageSize, Prediction, PredictionOptions
from api_schemas.receipts import BatchPlace, Receipt
from api_schemas.schema import Schema

MAX_LABEL_CHARACTERS = 200


def _check_class_name(name: object) -> object:
    """Refuse what is neither index nor label, in one sentence for both.

    Raises:
        PydanticCustomError: it is neither.
    """
    is_index = isinstance(name, int) and not isinstance(name, bool)
    is_label = isinstance(name, str) and 1 <= len(name) <= MAX_LABEL_CHARACTERS
    if is_index or is_label:
        return name
    raise PydanticCustomError("class_name", "must be the index or the label of a class")


Label = Annotated[str, Field(min_length=1, max_length=MAX_LABEL_CHARACTERS)]
ClassName = Annotated[int | Label, BeforeValidator(_check_class_name)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]

TOP_CLASS = -1
"""In an order's `target`: the class that the model finds most probable."""
NO_CLASS = -1
"""In an order's `versus`: nothing is held against the target."""


class ExplanationOptions(PredictionOptions, PictureOptions):
    """Options that every `POST /explain/{method}` takes; the method's own come beside them."""

    target: ClassName | None = None
    """Class to explain, by index or label; by default the top-1 class."""
    versus: ClassName | None = None
    """Explain why the target rather than this class."""
    layer: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """Layer of the CAM family; by default the model's last layer with a spatial map."""
    outputs: Annotated[tuple[Output, ...], Field(min_length=1)] = ("heatmap", "overlay")
    """What the answer holds; in a form or a query, separated by commas."""
    seed: Seed = 0
    """Of everything random in the method: same seed, same map."""
    evidence: bool = False
    """Whether to measure what speaks for and against the map; takes some 130 passes and up to
    seven explanations more."""

    @field_validator("outputs", mode="before")
    @classmethod
    def _split_at_commas(cls, outputs: object) -> object:
        """Read `heatmap,overlay`, as forms and queries write a list."""
        if isinstance(outputs, str):
            return [word.strip() for word in outputs.split(",") if word.strip()]
        return outputs


class ExplanationOrder(Schema):
    """What a worker is asked to compute for one image: nothing about pictures."""

    model: str
    """Name of a hosted model."""
    method: str | None
    """Name of a method; none for a prediction alone. `feature-maps` and `filters` are looks
    inside: what they give is no explanation."""
    layer: str | None = None
    """Name of a layer, for methods that look at one."""
    target: int = TOP_CLASS
    """Class index."""
    versus: int = NO_CLASS
    """Class index."""
    seed: int = 0
    """Zero for methods that draw nothing at random, so that they share batches."""
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    """The method's own, all of them."""
    evidence: bool = False
    """Whether the map is to be measured too."""
    place: BatchPlace | None = None
    """In a batch of this image alone, to compute it as it was computed in a batch of others;
    by default wherever it falls."""

    @property
    def kernel_key(self) -> str:
        """Orders with the same key can be computed in one batch."""
        return json.dumps(
            [self.model, self.method, self.layer, self.seed, self.parameters, self.evidence],
            sort_keys=True,
        )


class ValueRange(Schema):
    """Of the raw map, in the method's units."""

    min: float | None
    """Smallest finite value; none where no value is finite."""
    max: float | None
    """Largest finite value; none where no value is finite."""


class MapWarning(Schema):
    """Why a map should not be taken for an explanation."""

    code: str
    """`map_is_zero`, `map_is_constant` or `map_is_not_finite`."""
    detail: str
    """What it means."""


class Box(Schema):
    """A rectangle in pixels of the image sent."""

    x: int
    """Left edge."""
    y: int
    """Upper edge."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""


class ExplanationAnswer(Schema):
    """An explained image."""

    model: str
    """Name of the model that answered."""
    model_sha256: str
    """Of its weights."""
    method: str
    """Name of the method."""
    layer: str | None
    """Layer looked at; none for methods that look at no layer."""
    target: Prediction
    """The class explained."""
    versus: Prediction | None = None
    """The class held against it."""
    predictions: list[Prediction]
    """Most probable first."""
    image: ImageSize
    """The image sent."""
    heatmap: str | None = None
    """Base64 PNG, 8-bit grey, the size of the image sent."""
    overlay: str | None = None
    """Base64 PNG, RGB, the size of the image sent."""
    contour: str | None = None
    """Base64 PNG, RGB: the image with lines around what the map marks."""
    legend: str | None = None
    """Base64 PNG, RGB: the overlay's colours, with the values that they stand for."""
    raw: NumberArray | None = None
    """The map as computed, in the layer's or the model input's resolution."""
    box: Box | None = None
    """Around the largest region that the map marks; none where it marks nothing."""
    range: ValueRange
    """Of the raw map."""
    parameters: dict[str, JsonValue]
    """Every parameter used, defaults filled in."""
    warnings: tuple[MapWarning, ...] = ()
    """Reasons not to trust the map."""
    evidence: MapEvidence | None = None
    """What speaks for and against the map; null unless the request asks for it."""
    cached: bool
    """Whether the map was computed for an earlier request."""
    receipt: Receipt
    """What the answer was made of, to make it again by `POST /replay`."""


class ExplanationBatch(Schema):
    """Answers to several images of one request, in the order sent."""

    results: list[ExplanationAnswer]
    """One an image."""
