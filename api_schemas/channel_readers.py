"""Asking which layers read a channel, and the answer."""

from typing import Annotated

from pydantic import Field

from api_schemas.schema import Schema

READERS = "readers"
"""In an order, in place of a method."""


class ReadersOptions(Schema):
    """Options of `GET /models/{model}/layers/{layer}/readers`."""

    channel: Annotated[int, Field(ge=0)]
    """Index of the channel in the layer's output."""
    most: Annotated[int, Field(ge=1, le=512)] = 12
    """Units that are listed of each reader, those with the largest weights."""


class UnitWeight(Schema):
    """How one unit of a layer reads the channel."""

    unit: int
    """Its index in the reader's output."""
    label: str | None
    """The class that the unit scores; none where the reader's units are no classes."""
    weight: float
    """What a rise of the channel by 1 at all places adds to the unit, away from the edges and
    with rectifiers open: the sum of the filter's cells, times what batch normalizations on the
    way make of it."""
    strength: float
    """The root of the sum of the squares of the same numbers: a filter whose cells sum to
    nothing reads the channel's pattern all the same."""


class ChannelReader(Schema):
    """A layer that makes something new of the channel: a convolution, or a dense one."""

    layer: str
    """Path of the layer."""
    type: str
    """Keras' class name."""
    through: tuple[str, ...]
    """Layers without filters of their own that the channel comes through, in order."""
    units: int
    """That see the channel."""
    strongest: tuple[UnitWeight, ...]
    """Those with the largest weights of either sign, the largest first."""


class UntoldReader(Schema):
    """Something that takes the channel, and of which it cannot be told how it reads it."""

    name: str
    """Path of a layer; of what stands between layers, TensorFlow's word for it."""
    type: str
    """Keras' class name; empty of what stands between layers."""


class FoundReaders(Schema):
    """What a worker tells of a channel."""

    readers: tuple[ChannelReader, ...]
    """In the order of the forward pass."""
    untold: tuple[UntoldReader, ...]
    """Empty where `readers` is all."""


class ReadersAnswer(FoundReaders):
    """Which layers read a channel, and with which weights."""

    model: str
    """Name of the model."""
    model_sha256: str
    """Of its weights."""
    layer: str
    """That puts the channel out."""
    channel: int
    """Its index."""
