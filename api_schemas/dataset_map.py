"""What a job of kind `dataset-map` takes."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from api_schemas.layout_options import Grids, LayoutOptions, are_ascending, most_cells
from api_schemas.schema import Schema

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
    dry_run: bool = False
    """Only tell what it would cost."""

    @field_validator("grids")
    @classmethod
    def _ascending(cls, grids: Grids) -> Grids:
        if not are_ascending(grids):
            raise ValueError("`grids` are to be different, the coarsest first")
        return grids


class MapEstimate(Schema):
    """What a dataset map costs at most, told before it is made."""

    images: int
    """Forward passes of the collection; so many are laid out, unless they are silent."""
    fitted: int
    """Of them, those that shape the layout."""
    cells: int
    """In all grids together, at most: so many images are read once more, for the icons."""


def map_estimate(parameters: DatasetMapParameters, *, images: int) -> MapEstimate:
    """Tell what a map of a dataset of so many images costs at most."""
    looked_at = min(images, parameters.samples)
    return MapEstimate(
        images=looked_at,
        fitted=min(looked_at, parameters.fit_points),
        cells=most_cells(
            parameters.grids, points=looked_at, min_density=parameters.min_density
        ),
    )
