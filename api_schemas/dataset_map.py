"""What a job of kind `dataset-map` takes."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from api_schemas.layout_options import Grids, LayoutOptions, are_ascending

DATASET_MAP = "dataset-map"
"""The job kind's name."""


class DatasetMapParameters(LayoutOptions):
    """Parameters of a `dataset-map` job."""

    samples: Annotated[int, Field(ge=1, le=10_000_000)] = 20_000
    """Images laid out, chosen at random where the dataset has more."""
    projection: Literal["umap", "tsne"] = "tsne"
    """What lays the images out; t-SNE fills the square, UMAP sets groups further apart."""
    grids: Grids = (8, 16, 32)
    """Cells along each side of every grid, the coarsest first."""
    min_density: Annotated[int, Field(ge=1, le=100_000)] = 1
    """Images that a cell has to hold to be shown."""
    icon_size: Annotated[int, Field(ge=32, le=512)] = 80
    """Side of an icon in pixels: of the image that is nearest to its cell's mean."""
    cell_images: Annotated[int, Field(ge=1, le=64)] = 8
    """Images that are listed of each cell, those nearest to its mean."""

    @field_validator("grids")
    @classmethod
    def _ascending(cls, grids: Grids) -> Grids:
        if not are_ascending(grids):
            raise ValueError("`grids` are to be different, the coarsest first")
        return grids
