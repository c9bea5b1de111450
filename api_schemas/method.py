"""What is known of an explanation method without computing it, and parameters many share."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from api_schemas.pictures import Polarity
from api_schemas.schema import Schema

Baseline = Literal["black", "white", "grey", "mean", "blurred"]
"""What shows nothing: a colour, the image's mean colour, or the image blurred."""

ScoreUnit = Literal["logit", "probability"]
"""What is explained: the score before the softmax, or the probability after it."""

Cells = Annotated[int, Field(ge=2, le=32)]
"""Along each side of a grid."""


class NoParameters(Schema):
    """The method has no parameters of its own."""


Need = Literal[
    "image-gradient", "rectifiers", "layer", "layer-gradient", "replaced-layer", "pooled-head"
]
"""What a network may lack; `core/models/needs.py` says what each is."""

PIXEL_CLIP_PERCENTILE = 99.0
"""For maps that tell pixels apart: the few strongest would leave the rest dark."""


@dataclass(frozen=True)
class Method:
    """An explanation method."""

    name: str
    title: str
    summary: str
    source: str
    cost: str
    polarity: Polarity
    """Shown unless the request says otherwise."""
    clip_percentile: float = 100.0
    """Values beyond it are drawn as if at it, unless the request says otherwise."""
    needs: tuple[Need, ...] = ()
    """Of the network; where one is missing, the method is refused for the reason of the first
    that is. Methods that only score changed images need nothing."""
    uses_layer: bool = False
    uses_seed: bool = False
    is_long: bool = False
    """Whether it takes many passes through the network; such requests wait apart."""
    parameters: type[Schema] = NoParameters


class OfBaseline(Schema):
    """A method that compares the image with one that shows nothing."""

    baseline: Baseline = "black"
    """What shows where the image is absent."""


class OfScore(OfBaseline):
    """A method that covers parts of the image and looks at the score."""

    score: ScoreUnit = "probability"
    """What is watched while parts of the image are covered."""
