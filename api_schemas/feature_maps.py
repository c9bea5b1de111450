"""Asking for the activations of a layer, and the answer."""

from typing import Annotated, Literal

from pydantic import Field

from api_schemas.channels import ChannelRanges, CommaSeparated
from api_schemas.numbers import NumberArray
from api_schemas.pictures import Colormap
from api_schemas.predictions import ImageSize, Prediction, PredictionOptions
from api_schemas.schema import Schema

FEATURE_MAPS = "feature-maps"
"""In an order, in place of a method."""

FeatureMapsOutput = Literal["grid", "channels", "raw"]


class FeatureMapsOptions(PredictionOptions):
    """Options of `POST /explain/feature-maps`."""

    layer: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """Layer to look at; by default the model's last layer with a spatial map."""
    channels: ChannelRanges | None = None
    """Which channels, such as `0-31`, `1,5,9` or `0-7,40`; by default the first 64. At most
    512."""
    outputs: Annotated[tuple[FeatureMapsOutput, ...], Field(min_length=1), CommaSeparated] = (
        "grid",
        "channels",
    )
    """What the answer holds; in a form or a query, separated by commas."""
    colormap: Colormap = "viridis"
    """Of the grid: in diverging colours zero is in the pale middle, otherwise the colours run
    from each map's smallest value to its largest."""


class ChannelSummary(Schema):
    """One channel's map in numbers."""

    index: int
    """Of the channel."""
    min: float | None
    """Smallest value; none where one is not finite."""
    max: float | None
    """Largest value; none where one is not finite."""
    mean: float | None
    """Over all places; none where a value is not finite."""


class FeatureMapsAnswer(Schema):
    """What a layer makes of an image."""

    model: str
    """Name of the model that answered."""
    model_sha256: str
    """Of its weights."""
    layer: str
    """Layer looked at."""
    layer_shape: tuple[int, int, int]
    """[height, width, channels] of what the layer puts out."""
    predictions: list[Prediction]
    """Most probable first."""
    image: ImageSize
    """The image sent."""
    grid: str | None = None
    """Base64 PNG: the maps side by side, each labelled with its channel and largest value."""
    channels: tuple[ChannelSummary, ...] = ()
    """The channels asked for, in that order."""
    raw: NumberArray | None = None
    """[h, w, n] the maps of the channels asked for."""


class FeatureMapsBatch(Schema):
    """Answers to several images of one request, in the order sent."""

    results: list[FeatureMapsAnswer]
    """One an image."""
