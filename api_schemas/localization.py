"""Asking where the object of a class is, and the answer."""

from typing import Annotated

from pydantic import Field, JsonValue, model_validator

from api_schemas.explanations import Box, ClassName, Seed
from api_schemas.predictions import ImageSize, Prediction, PredictionOptions
from api_schemas.schema import Schema

Quantile = Annotated[float, Field(ge=0.0, le=1.0)]


class LocalizationOptions(PredictionOptions):
    """Options of `POST /localize`."""

    target: ClassName | None = None
    """Class of the object, by index or label; by default the top-1 class."""
    method: Annotated[str, Field(min_length=1, max_length=64)] = "saliency"
    """Whose map points at the object: any of `GET /methods`, with its own parameters left at
    their defaults. The paper's is `saliency`."""
    layer: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """For a method of the CAM family; by default the model's last layer with a spatial map."""
    seed: Seed = 0
    """Of everything random in the method."""
    foreground_quantile: Quantile = 0.95
    """Pixels that reach this quantile of the map show the object's colours."""
    background_quantile: Quantile = 0.3
    """Pixels at or below this quantile of the map show the surroundings' colours."""

    @model_validator(mode="after")
    def _background_below_foreground(self) -> "LocalizationOptions":
        """Refuse quantiles that leave no pixel between object and surroundings.

        Raises:
            ValueError: they are in the wrong order.
        """
        if self.background_quantile >= self.foreground_quantile:
            raise ValueError("background_quantile must be below foreground_quantile")
        return self


class LocalizationAnswer(Schema):
    """Where the object is, in pixels of the image sent."""

    model: str
    """Name of the model that answered."""
    model_sha256: str
    """Of its weights."""
    method: str
    """Whose map pointed at the object."""
    layer: str | None
    """Layer looked at; none for methods that look at no layer."""
    target: Prediction
    """The class of the object."""
    predictions: list[Prediction]
    """Most probable first."""
    image: ImageSize
    """The image sent."""
    box: Box
    """Around the mask."""
    mask: str
    """Base64 PNG, 8-bit grey, the size of the image sent: 255 on the object, 0 elsewhere."""
    overlay: str
    """Base64 PNG, RGB, the size of the image sent: the object outlined, all else darkened,
    and its box."""
    parameters: dict[str, JsonValue]
    """The method's and the two quantiles, defaults filled in."""


class LocalizationBatch(Schema):
    """Answers to several images of one request, in the order sent."""

    results: list[LocalizationAnswer]
    """One an image."""
