"""What a job of kind `patch-attack` takes."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from api_schemas.atlas import ClassName
from api_schemas.schema import Schema

PATCH_ATTACK = "patch-attack"
"""The job kind's name."""

Part = Annotated[float, Field(gt=0.0, le=0.8)]


class PatchAttackParameters(Schema):
    """Parameters of a `patch-attack` job."""

    atlas: Annotated[str, Field(min_length=1, max_length=64)]
    """ID of the job that has made an atlas of the model: patches are icons of its cells."""
    source: ClassName
    """Class, by index or label, of the images that are attacked."""
    target: ClassName
    """Class, by index or label, that they are to be taken for."""
    dataset: Annotated[str, Field(min_length=1, max_length=200)]
    """Whose images are attacked."""
    dataset_class: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """The dataset's own name of the class whose images are attacked; by default it is called
    like `source`."""
    grid: Annotated[int, Field(ge=1, le=320)] | None = None
    """Which grid of the atlas to take cells from; by default the finest."""
    patches: Annotated[int, Field(ge=1, le=64)] = 10
    """Cells whose icons are tried: those that favour `target` over `source` most."""
    images: Annotated[int, Field(ge=1, le=10_000)] = 200
    """Looked at, chosen at random where there are more; those that the model takes for `source`
    are attacked. The article takes 1,000."""
    sizes: Annotated[tuple[Part, ...], Field(min_length=1, max_length=8)] = (0.2, 0.35, 0.5)
    """Sides of the patches, as parts of the shorter side of the model's input."""
    positions: Annotated[int, Field(ge=1, le=16)] = 4
    """Places on each image for each size: the corners first, then random ones. Every patch and
    its control have the same."""
    examples: Annotated[int, Field(ge=0, le=32)] = 8
    """Attacks that succeeded and are shown."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    """The same seed makes the same attack."""

    @field_validator("sizes")
    @classmethod
    def _ascending(cls, sizes: tuple[float, ...]) -> tuple[float, ...]:
        if list(sizes) != sorted(set(sizes)):
            raise ValueError("`sizes` are to be different, the smallest first")
        return sizes

    @model_validator(mode="after")
    def _of_two_classes(self) -> "PatchAttackParameters":
        if self.source == self.target:
            raise ValueError("`source` and `target` are the same class")
        return self
