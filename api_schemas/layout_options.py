"""What is said alike of everything that lays a dataset's activations out."""

from typing import Annotated, Literal

from pydantic import Field

from api_schemas.schema import Schema

Grids = Annotated[
    tuple[Annotated[int, Field(ge=1, le=320)], ...], Field(min_length=1, max_length=6)
]


class LayoutOptions(Schema):
    """Of atlases and dataset maps: what is laid out, and how."""

    dataset: Annotated[str, Field(min_length=1, max_length=200)]
    """Whose images are looked at."""
    layer: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    """Whose activations are laid out; by default the model's default layer."""
    projection: Literal["umap", "tsne"] = "umap"
    """What lays the activations out; t-SNE suits class atlases, whose points are few."""
    metric: Literal["cosine", "euclidean"] = "cosine"
    """By which activations are neighbours; the published atlases of the earliest layers take
    the Euclidean distance, the others the cosine."""
    neighbors: Annotated[int, Field(ge=2, le=500)] = 50
    """UMAP: of each activation that shape the layout."""
    min_dist: Annotated[float, Field(ge=0.0, le=1.0)] = 0.05
    """UMAP: least distance of neighbours in the layout."""
    perplexity: Annotated[float, Field(gt=1.0, le=500.0)] = 50.0
    """t-SNE: how many neighbours count for each activation."""
    learning_rate: Annotated[float, Field(gt=0.0, le=10_000.0)] | None = None
    """t-SNE: of its descent; by default by the number of points. The article's is 10."""
    fit_points: Annotated[int, Field(ge=100, le=1_000_000)] = 100_000
    """Of more activations so many shape the layout; the rest is put beside them."""
    chunk_points: Annotated[int, Field(ge=100, le=100_000)] = 10_000
    """UMAP: of the rest that are placed together."""
    min_density: Annotated[int, Field(ge=1, le=100_000)] = 5
    """Activations that a cell has to hold to be shown."""
    filter_classes: Annotated[int, Field(ge=1, le=1_000)] = 32
    """Classes by which a viewer can filter; all of them if they are no more."""
    landmarks: Annotated[int, Field(ge=1, le=100_000)] = 10_000
    """Activations that are kept so that new images can be located."""
    keep_activations: bool = False
    """Whether all activations, attributions and places become an artifact."""
    # Each attempt at an icon has the seed after, and the device counts to 2 ** 31.
    seed: Annotated[int, Field(ge=0, lt=2**31 - 16)] = 0
    """The same seed and images make the same atlas."""


def are_ascending(grids: Grids) -> bool:
    """Whether grids are different, the coarsest first."""
    return list(grids) == sorted(set(grids))


def most_cells(grids: Grids, *, points: int, min_density: int) -> int:
    """Count the cells that so many points can fill at most, in all grids together."""
    filled = points // min_density
    return sum(min(grid**2, filled) for grid in grids)
