"""Asking for the learned filters of a convolution, and the answer."""

from typing import Annotated, Literal

from pydantic import Field

from api_schemas.channels import ChannelRanges, ChosenChannels, CommaSeparated
from api_schemas.explanations import ValueRange
from api_schemas.numbers import NumberArray
from api_schemas.schema import Schema

FILTERS = "filters"
"""In an order, in place of a method."""

FiltersOutput = Literal["grid", "raw"]


class FiltersOptions(Schema):
    """Options of `GET /models/{model}/layers/{layer}/filters`."""

    channels: ChannelRanges | None = None
    """Which filters, by output channel, such as `0-31`, `1,5,9` or `0-7,40`; by default the
    first 64. At most 512."""
    input_channel: Annotated[int, Field(ge=0)] | None = None
    """Which of the channels that the filters see; by default 0, or all three in colour where
    they see the image itself."""
    outputs: Annotated[tuple[FiltersOutput, ...], Field(min_length=1), CommaSeparated] = (
        "grid",
        "raw",
    )
    """What the answer holds, separated by commas."""


class ChosenFilters(ChosenChannels):
    """What an order for a layer's filters holds."""

    input_channel: int | None
    """None for all of them."""


class FiltersAnswer(Schema):
    """What a convolution has learned."""

    model: str
    """Name of the model."""
    model_sha256: str
    """Of its weights."""
    layer: str
    """The convolution."""
    type: str
    """Keras' class name."""
    kernel_shape: tuple[int, ...]
    """[height, width, channels in, channels out] of all its filters; channels in is 1 for a
    depthwise convolution."""
    channels: tuple[int, ...]
    """The filters shown, by output channel."""
    input_channel: int | None
    """The channel shown; none where three are shown in colour."""
    range: ValueRange
    """Of the weights shown."""
    grid: str | None = None
    """Base64 PNG: the filters side by side, each labelled with its output channel and the
    weight of the strongest colour, since each is drawn in its own scale; filters of one number
    are drawn in one scale for all. In colour, mid-grey is zero; otherwise light grey is zero,
    red positive and blue negative."""
    raw: NumberArray | None = None
    """[height, width, channels in, n] the weights shown."""
