"""Finished atlases: their files, and where images fall on them. See docs/atlas_format.md."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from api_schemas.jobs import Cursor
from api_schemas.schema import Schema

ATLAS_VERSION: Literal[1] = 1
"""Of `atlas.json`, the cells and the shards: changed whenever a reader has to be."""

AtlasKind = Literal["atlas", "class-atlas", "comparison", "dataset-map"]
Part = Annotated[float, Field(ge=0.0, le=1.0)]


class AtlasCell(Schema):
    """A cell of a grid, with the short names of the published atlases."""

    x: Annotated[int, Field(ge=0)]
    """Column, from the left."""
    y: Annotated[int, Field(ge=0)]
    """Row, from the top."""
    n: Annotated[int, Field(ge=1)]
    """Activations in it."""
    i: tuple[int, ...]
    """Indices of the classes that it adds most to, the most first."""
    v: tuple[float, ...]
    """Mean attribution to each of those, in units of the logits; of a dataset map the mean lead
    of each: how far its logit is above the mean logit of all classes."""
    f: tuple[float, ...]
    """The same of each of the atlas' `filter_classes`."""
    images: tuple[str, ...] | None = None
    """Of a dataset map: paths of images in the cell, the nearest to its mean first; that one is
    its icon. Other atlases have none."""


class AtlasCells(Schema):
    """`cells/{grid}.json`: the cells of one grid."""

    version: Literal[1] = ATLAS_VERSION
    """Of the format."""
    grid: int
    """Cells along each side."""
    cells: tuple[AtlasCell, ...]
    """Those with enough activations, row by row."""


class AtlasGrid(Schema):
    """One grid of an atlas."""

    grid: int
    """Cells along each side."""
    cells: int
    """That are shown."""
    points: int
    """Activations in them."""
    sparse_points: int
    """Activations in cells with too few to be shown."""
    icon_size: int
    """Side of an icon in pixels."""
    tile_cells: int
    """Icons along each side of a tile."""
    cells_path: str
    """Of the cells' file among the job's artifacts."""
    tiles_path: str
    """Folder of the tiles, `{row}_{column}.webp`; tiles without any cell do not exist."""


class AtlasDocument(Schema):
    """`atlas.json`: what an atlas is, and where its parts are."""

    version: Literal[1] = ATLAS_VERSION
    """Of the format."""
    kind: AtlasKind
    """Of a class atlas only activations that speak for a class are laid out; in a comparison x
    tells for which of two; a dataset map shows the images themselves."""
    model: str
    """Name of the model."""
    model_sha256: str
    """Of its weights."""
    dataset: str
    """Identifier of the dataset."""
    layer: str
    """Whose activations are laid out."""
    layer_shape: tuple[int, int, int]
    """[height, width, channels] of its maps."""
    classes: tuple[str, ...]
    """Labels in index order."""
    filter_classes: tuple[int, ...]
    """Classes of which every cell has a value, in the order of its `f`."""
    full_influence: float
    """Attribution that counts as full when cells are filtered by a class."""
    class_filter: int | None = None
    """Index of the class of a class atlas, or on the left of a comparison."""
    versus: int | None = None
    """Index of the class on the right of a comparison."""
    images: int
    """Looked at."""
    unread: int
    """Files that could not be read as images."""
    points: int
    """Activations laid out: in every grid those of the cells and the sparse ones together."""
    silent: int
    """Activations that were all zero, and so are nowhere."""
    grids: tuple[AtlasGrid, ...]
    """The coarsest first."""
    preview_path: str
    """Of a picture of the whole."""
    landmarks_path: str | None
    """Of the activations by which new images are located; none where they cannot be."""
    parameters: dict[str, Any]
    """That it was made with, defaults filled in."""


class LocatedCell(Schema):
    """A cell in which an image's activations fall."""

    grid: int
    """Cells along each side of the grid."""
    row: int
    """From the top."""
    column: int
    """From the left."""
    weight: Part
    """Part of the image's activations; in one grid they sum to at most 1, as some may fall
    where the atlas shows nothing."""


class LocateOptions(Schema):
    """Options of `POST /atlases/{atlas}/locate`: there are none."""


class LocateBatch(Schema):
    """Where several images of one request fall, in the order sent."""

    results: list[list[LocatedCell]]
    """One list an image."""


class AtlasListOptions(Schema):
    """Which atlases to list."""

    cursor: Cursor | None = None
    """`next_cursor` of the page before."""


class AtlasSummary(Schema):
    """A finished atlas, in brief."""

    id: str
    """Of the atlas, and of the job that made it."""
    kind: AtlasKind
    """As its `atlas.json` says."""
    model: str
    """That it is of."""
    dataset: str
    """Identifier of the dataset."""
    finished_at: AwareDatetime
    """When it was made."""
    atlas: str
    """Where its `atlas.json` is fetched."""
    preview: str
    """Where a picture of it is fetched."""


class AtlasList(Schema):
    """Finished atlases, the newest first."""

    atlases: list[AtlasSummary]
    """One page."""
    next_cursor: str | None
    """For the next page; none where this is the last."""
