"""Asking for a prediction, and the answer."""

from typing import Annotated

from pydantic import Field

from api_schemas.receipts import Receipt
from api_schemas.schema import Schema

TopK = Annotated[int, Field(ge=1, le=1000)]


class PredictionOptions(Schema):
    """Options of `POST /predict`."""

    model: Annotated[str, Field(max_length=64)] | None = None
    """By default the service's default model."""
    top_k: TopK = 5
    """How many classes are answered, most probable first."""


class Prediction(Schema):
    """One class and how sure the model is of it."""

    index: int
    """Of the class."""
    label: str
    """Of the class."""
    probability: float
    """After the model's softmax or sigmoid, 0 to 1."""
    logit: float
    """Before it."""


class ImageSize(Schema):
    """Of the image sent, in pixels, after its EXIF orientation."""

    width: int
    """Pixels."""
    height: int
    """Pixels."""


class PredictionAnswer(Schema):
    """What the model sees in an image."""

    model: str
    """Name of the model that answered."""
    model_sha256: str
    """Of its weights."""
    image: ImageSize
    """The image sent."""
    predictions: list[Prediction]
    """Most probable first."""
    cached: bool
    """Whether the scores were computed for an earlier request."""
    receipt: Receipt
    """What the answer was made of, to make it again by `POST /replay`."""


class PredictionBatch(Schema):
    """Answers to several images of one request, in the order sent."""

    results: list[PredictionAnswer]
    """One an image."""
