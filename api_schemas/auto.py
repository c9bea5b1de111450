"""Having the methods compete over an image: what `POST /explain/auto` takes and answers."""

from typing import Annotated

from pydantic import Field

from api_schemas.evidence import MapEvidence
from api_schemas.explanations import ExplanationAnswer
from api_schemas.method import Method
from api_schemas.schema import Schema

CANDIDATES = (
    "gradcam", "layercam", "hirescam", "saliency", "integrated-gradients", "occlusion",
)  # fmt: skip
"""The methods that compete, the cheapest first."""


class AutoParameters(Schema):
    """The time that the methods get."""

    budget_seconds: Annotated[float, Field(gt=0.0, le=600.0)] = 10.0
    """Of computing, below the service's deadline. The first method is always finished; one that
    is not done when the time is over is left out."""


class RankedMethod(MapEvidence):
    """A method and how its map of this image did."""

    method: str
    """Name of the method."""
    seconds: float
    """That the map and its evidence took."""


class MethodLeftOut(Schema):
    """A method that is not in the ranking."""

    method: str
    """Name of the method."""
    reason: str
    """For a person."""


class Choice(Schema):
    """What the competition came to."""

    chosen: str
    """Name of the method whose map is the answer's."""
    ranking: tuple[RankedMethod, ...]
    """Best first: by verdict, then by how far insertion and deletion are better than those of
    random maps, both together."""
    left_out: tuple[MethodLeftOut, ...]
    """What this model does not support, and what the time did not suffice for."""


class AutoAnswer(ExplanationAnswer, Choice):
    """An image explained by the method whose map has the best evidence."""

    consensus: str | None = None
    """Base64 PNG, RGB, the size of the image sent: the mean of all methods' maps, each pixel
    by its rank in its map, over the image."""


AUTO_METHOD = Method(
    name="auto",
    title="Automatic choice",
    summary="The map with the best evidence among those of several methods for this image.",
    source="Vitrine; the measures' sources are in docs/evidence.md",
    cost="32 passes and 4 to 8 explanations a method, and some 200 passes for them all",
    polarity="positive",
    uses_layer=True,
    uses_seed=True,
    is_long=True,
    parameters=AutoParameters,
)
