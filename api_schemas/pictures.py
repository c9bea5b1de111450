"""How maps are drawn: the options of every answer that holds a picture."""

from typing import Annotated, Literal

from pydantic import Field

from api_schemas.schema import Schema

Polarity = Literal["positive", "negative", "both"]
"""Which evidence is shown: for the class, against it, or both in a diverging map."""

Output = Literal["heatmap", "overlay", "raw", "contour", "box", "legend", "consensus"]
"""The last one is of several methods' maps, and only `auto` makes it."""

Colormap = Literal[
    "jet", "turbo", "viridis", "inferno", "magma", "plasma", "cividis", "hot", "gray",
    "coolwarm", "RdBu_r", "seismic", "bwr",
]  # fmt: skip


class PictureOptions(Schema):
    """How a map becomes pictures."""

    colormap: Colormap | None = None
    """Of the overlay; by default `jet`, or the diverging `coolwarm` for both polarities."""
    opacity: Annotated[float, Field(ge=0.0, le=1.0)] = 0.5
    """Of the colours over the image; with both polarities, where the map is strongest."""
    polarity: Polarity | None = None
    """By default the method's own: see `GET /methods`."""
    clip_percentile: Annotated[float, Field(gt=50.0, le=100.0)] | None = None
    """Values beyond this percentile of the map are drawn as if they were at it. By default 100,
    or 99 for methods that tell pixels apart, whose few strongest would leave the rest dark."""
