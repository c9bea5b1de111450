"""What a job of kind `atlas` takes, and what it will cost."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from api_schemas.layout_options import Grids, LayoutOptions, are_ascending, most_cells
from api_schemas.schema import Schema

ATLAS = "atlas"
"""The job kind's name."""

QualityName = Literal["draft", "standard", "published"]
ClassName = Annotated[int, Field(ge=0)] | Annotated[str, Field(min_length=1, max_length=200)]
"""Index or label of a class."""


class AtlasQuality(Schema):
    """What a level of quality sets, where the order does not say otherwise."""

    samples: Annotated[int, Field(ge=1, le=10_000_000)]
    """Images looked at, chosen at random where the dataset has more."""
    grids: Grids
    """Cells along each side of every grid, the coarsest first."""
    steps: Annotated[int, Field(ge=1, le=4096)]
    """Of the ascent of each icon."""
    attempts: Annotated[int, Field(ge=1, le=16)]
    """Icons tried for each cell, of which the best is kept."""
    icon_size: Annotated[int, Field(ge=32, le=512)]
    """Side of an icon in pixels."""


QUALITIES: dict[QualityName, AtlasQuality] = {
    "draft": AtlasQuality(samples=2_000, grids=(8,), steps=128, attempts=1, icon_size=64),
    "standard": AtlasQuality(
        samples=20_000, grids=(8, 16, 32), steps=512, attempts=1, icon_size=80
    ),
    "published": AtlasQuality(
        samples=1_000_000, grids=(20, 40, 80, 160), steps=1024, attempts=4, icon_size=80
    ),
}
"""By name; "published" is what the atlases of the article were made with."""


class AtlasParameters(LayoutOptions):
    """Parameters of an `atlas` job."""

    quality: QualityName = "standard"
    """Sets `samples`, `grids`, `steps`, `attempts` and `icon_size`, unless they are given."""
    samples: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    """Images looked at, chosen at random where the dataset has more."""
    positions_per_image: Annotated[int, Field(ge=1, le=64)] = 1
    """Places of the layer's map taken from each image, all different, never at its edges."""
    grids: Grids | None = None
    """Cells along each side of every grid, the coarsest first."""
    whiten: bool = True
    """Whether icons make up for how the layer's channels vary together. Not for early layers:
    the published atlases of the two earliest do not."""
    whiten_ridge: Annotated[float, Field(gt=0.0, le=1000.0)] = 1.0
    """Added to every eigenvalue of the channels' second moment, as a part of their mean. Less
    whitens more; of 2,000 activations, 0.01 had cells of one class show parts of the other."""
    cosine_power: Annotated[float, Field(ge=0.0, le=16.0)] = 4.0
    """How much the direction of an icon's activation counts beside its length."""
    steps: Annotated[int, Field(ge=1, le=4096)] | None = None
    """Of the ascent of each icon."""
    attempts: Annotated[int, Field(ge=1, le=16)] | None = None
    """Icons tried for each cell, of which the best is kept."""
    icon_size: Annotated[int, Field(ge=32, le=512)] | None = None
    """Side of an icon in pixels."""
    class_filter: ClassName | None = None
    """A class, by index or label: only activations that speak for it are laid out."""
    versus: ClassName | None = None
    """Another class that `class_filter` is compared with: x tells for which of the two an
    activation speaks, y is a layout in one dimension."""
    class_samples: Annotated[int, Field(ge=1, le=1_000_000)] = 2_000
    """Of a class atlas: so many of the largest attributions are taken whatever their rank."""
    dry_run: bool = False
    """Only tell what it would cost."""

    @model_validator(mode="after")
    def _fits_together(self) -> "AtlasParameters":
        if self.versus is not None and self.class_filter is None:
            raise ValueError("`versus` goes with `class_filter`")
        if self.versus is not None and self.versus == self.class_filter:
            raise ValueError("`versus` and `class_filter` are the same class")
        if self.grids is not None and not are_ascending(self.grids):
            raise ValueError("`grids` are to be different, the coarsest first")
        return self

    def chosen_quality(self) -> AtlasQuality:
        """Give what the level of quality sets, and what the order says otherwise."""
        level = QUALITIES[self.quality].model_dump()
        own = {name: getattr(self, name) for name in level}
        return AtlasQuality(
            **level | {name: value for name, value in own.items() if value is not None}
        )


class AtlasEstimate(Schema):
    """What an atlas costs at most, told before it is made."""

    quality: AtlasQuality
    """What it would be made with."""
    images: int
    """Forward passes of the collection, each with one pass more for every place or class."""
    activations: int
    """That are laid out, unless they are silent."""
    cells: int
    """In all grids together, at most: those that hold enough activations are not known yet."""
    icon_steps: int
    """Forward and backward passes of one icon each: cells, times steps, times attempts."""


def estimate(parameters: AtlasParameters, *, images: int) -> AtlasEstimate:
    """Tell what an atlas of a dataset of so many images costs at most."""
    quality = parameters.chosen_quality()
    looked_at = min(images, quality.samples)
    activations = looked_at * parameters.positions_per_image
    cells = most_cells(quality.grids, points=activations, min_density=parameters.min_density)
    return AtlasEstimate(
        quality=quality,
        images=looked_at,
        activations=activations,
        cells=cells,
        icon_steps=cells * quality.steps * quality.attempts,
    )
