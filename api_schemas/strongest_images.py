"""What a job of kind `strongest-images` takes, and what it finds."""

from typing import Annotated, Literal

from pydantic import Field

from api_schemas.explanations import Seed
from api_schemas.schema import Schema

STRONGEST_IMAGES = "strongest-images"
"""The job kind's name."""


class StrongestImagesParameters(Schema):
    """Parameters of a `strongest-images` job."""

    dataset: Annotated[str, Field(min_length=1, max_length=200)]
    """Whose images are looked at."""
    layer: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """Whose channels are looked at, all of them; by default the model's default layer."""
    samples: Annotated[int, Field(ge=1, le=10_000_000)] = 2_000
    """Images looked at, chosen at random where the dataset has more."""
    images_each: Annotated[int, Field(ge=1, le=64)] = 9
    """Images that are listed of each channel."""
    thumbnail_size: Annotated[int, Field(ge=32, le=512)] = 112
    """Longer side of the small pictures of them, in pixels."""
    seed: Seed = 0
    """Of the choice of images."""


class StrongImage(Schema):
    """An image to which a channel answers more than to others."""

    path: str
    """Within the dataset."""
    thumbnail: str
    """The artifact that shows it small."""
    value: float
    """The channel's largest activation in it."""
    x: float
    """Where that is, from the left, in parts of the image's width."""
    y: float
    """From the top, in parts of its height."""


class StrongImages(Schema):
    """The images that a channel answers to most."""

    channel: int
    """Its index in the layer."""
    images: tuple[StrongImage, ...]
    """The strongest first; none where the channel is silent in all of them."""


class StrongestImages(Schema):
    """`strongest.json`: of every channel of a layer the images that it answers to most."""

    version: Literal[1] = 1
    """Of the format."""
    model: str
    """Whose layer it is."""
    model_sha256: str
    """Of its weights."""
    dataset: str
    """Whose images were looked at."""
    layer: str
    """Whose channels they are."""
    layer_shape: tuple[int, int, int]
    """[height, width, channels] of its maps."""
    images: int
    """That were looked at."""
    unread: int
    """That could not be read."""
    channels: tuple[StrongImages, ...]
    """All of them, in order."""
