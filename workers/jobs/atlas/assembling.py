"""The last stage of an atlas: the files that docs/atlas_format.md describes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import UInt8

from api_schemas.atlases import AtlasCells, AtlasDocument, AtlasGrid, AtlasKind
from api_schemas.layout_options import LayoutOptions
from core.atlas.cell_records import cell_records
from core.atlas.class_views import influence_scale
from core.atlas.grid import Cells
from core.atlas.preview import preview_picture
from core.atlas.sprites import TILE_CELLS, sprite_picture, sprite_tiles
from core.atlas.top_classes import filter_classes
from core.render.encode import encode_png, encode_webp
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import (
    LANDMARKS,
    POINTS,
    CollectedShard,
    Layout,
    needed,
    read_icons,
)

Icons = UInt8[np.ndarray, "m size size 3"]

DOCUMENT, PREVIEW = "atlas.json", "preview.png"
LANDMARKS_ARTIFACT, ACTIVATIONS_ARTIFACT = "landmarks.npz", "activations.npz"

TOP_CLASSES = 5
"""Listed of each cell."""

TILE_QUALITY = 85
"""Of WebP, 0 to 100: icons of 64 pixels take about 2 kB."""

WELL_FILLED = 500
"""Activations above which a cell says which influence counts as full, as published."""

PREVIEW_PIXELS = 1600
"""Side of the preview, at most."""

FINEST_PREVIEW = 32
"""Cells along the side of the finest grid that a preview shows."""

SPREAD = 1.0
"""How large icons are drawn by their density; 1 shows the average cell in full."""


@dataclass(frozen=True)
class DrawnAtlas:
    """All that an atlas is made of."""

    kind: AtlasKind
    layout: Layout
    icons: Icons
    """Of all cells, those of the coarsest grid first."""
    shards: list[CollectedShard]
    """What was looked at."""
    images: Sequence[tuple[str, ...]] | None = None
    """Paths of images that are listed of all cells, where they are."""


def assemble(
    files: JobFiles, parameters: LayoutOptions, drawn: DrawnAtlas, *, model: str
) -> dict[str, Any]:
    """Write the artifacts of an atlas or a dataset map.

    Args:
        files: of the job.
        parameters: it was made with.
        drawn: what it is made of.
        model: name of the model.

    Returns:
        The result of the job: where its parts are, and how large they are.
    """
    layout, icons, about = drawn.layout, drawn.icons, drawn.shards[0]
    kept = kept_classes(parameters, layout)
    grids = []
    starts = np.cumsum([0, *(len(cells.rows) for cells in layout.grids)])
    for start, cells, own in zip(starts, layout.grids, by_grid(layout, icons), strict=False):
        write_tiles(files, cells, own)
        images = drawn.images and drawn.images[start : start + len(own)]
        write_cells(files, cells, kept, images)
        grids.append(grid_of(cells, icon_size=own.shape[1]))
    files.write_artifact(PREVIEW, preview(layout, icons, about.classes))
    files.write_artifact(LANDMARKS_ARTIFACT, needed(files, LANDMARKS))
    if parameters.keep_activations:
        files.write_artifact(ACTIVATIONS_ARTIFACT, needed(files, POINTS))
    document = described(parameters, drawn, tuple(grids), kept, model=model)
    files.write_artifact(DOCUMENT, document.model_dump_json().encode("utf-8"))
    return {
        "atlas": DOCUMENT,
        "preview": PREVIEW,
        "images": document.images,
        "unread": document.unread,
        "points": document.points,
        "silent": document.silent,
        "cells": {str(grid.grid): grid.cells for grid in grids},
    }


def described(
    parameters: LayoutOptions,
    drawn: DrawnAtlas,
    grids: tuple[AtlasGrid, ...],
    kept: tuple[int, ...],
    *,
    model: str,
) -> AtlasDocument:
    """Say what an atlas is, and where its parts are."""
    layout, about = drawn.layout, drawn.shards[0]
    coarsest = layout.grids[0]
    return AtlasDocument(
        kind=drawn.kind,
        model=model,
        model_sha256=about.model_sha256,
        dataset=parameters.dataset,
        layer=about.layer,
        layer_shape=about.layer_shape,
        classes=about.classes,
        filter_classes=kept,
        full_influence=influence_scale(
            coarsest.attributions, coarsest.densities, least_density=WELL_FILLED
        ),
        class_filter=layout.class_filter if layout.class_filter >= 0 else None,
        versus=layout.versus if layout.versus >= 0 else None,
        images=sum(shard.images for shard in drawn.shards),
        unread=sum(shard.unread for shard in drawn.shards),
        points=layout.points,
        silent=layout.silent,
        grids=grids,
        preview_path=PREVIEW,
        landmarks_path=LANDMARKS_ARTIFACT,
        parameters=parameters.model_dump(mode="json"),
    )


def write_cells(
    files: JobFiles,
    cells: Cells,
    kept: tuple[int, ...],
    images: Sequence[tuple[str, ...]] | None,
) -> None:
    """Write the cells of a grid, with the images listed of each where there are such."""
    records = cell_records(cells, top=TOP_CLASSES, kept_classes=kept)
    for record, listed in zip(records, images or (), strict=False):
        record["images"] = listed
    content = AtlasCells.model_validate({"grid": cells.grid, "cells": records})
    files.write_artifact(
        f"cells/{cells.grid}.json", content.model_dump_json(exclude_none=True).encode("utf-8")
    )


def kind_of(layout: Layout) -> AtlasKind:
    """Say what kind of atlas a layout is of."""
    if layout.versus >= 0:
        return "comparison"
    return "class-atlas" if layout.class_filter >= 0 else "atlas"


def kept_classes(parameters: LayoutOptions, layout: Layout) -> tuple[int, ...]:
    """Choose the classes by which a viewer can filter."""
    attributions = np.concatenate([cells.attributions for cells in layout.grids])
    wanted = tuple(
        sorted({index for index in (layout.class_filter, layout.versus) if index >= 0})
    )
    return filter_classes(attributions, wanted=wanted, limit=parameters.filter_classes)


def all_icons(files: JobFiles, *, tasks: int) -> Icons:
    """Read the icons of all cells, in their order."""
    return np.concatenate([read_icons(files, task) for task in range(tasks)])


def by_grid(layout: Layout, icons: Icons) -> list[Icons]:
    """Divide the icons of all cells among the grids."""
    ends = np.cumsum([len(cells.rows) for cells in layout.grids])
    return np.split(icons, ends[:-1])


def write_tiles(files: JobFiles, cells: Cells, icons: Icons) -> None:
    """Write the icons of a grid, ten by ten."""
    for tile in sprite_tiles(cells.rows, cells.columns, grid=cells.grid):
        picture = sprite_picture(tile, cells.rows, cells.columns, icons[tile.cells])
        files.write_artifact(
            f"tiles/{cells.grid}/{tile.path}", encode_webp(picture, quality=TILE_QUALITY)
        )


def grid_of(cells: Cells, *, icon_size: int) -> AtlasGrid:
    """Describe a grid."""
    return AtlasGrid(
        grid=cells.grid,
        cells=len(cells.rows),
        points=int(cells.densities.sum()),
        sparse_points=cells.sparse_points,
        icon_size=icon_size,
        tile_cells=TILE_CELLS,
        cells_path=f"cells/{cells.grid}.json",
        tiles_path=f"tiles/{cells.grid}",
    )


def preview(layout: Layout, icons: Icons, labels: tuple[str, ...]) -> bytes:
    """Draw the finest grid that can be taken in at a glance."""
    places = [p for p, cells in enumerate(layout.grids) if cells.grid <= FINEST_PREVIEW]
    place = places[-1] if places else 0
    return drawn(layout.grids[place], by_grid(layout, icons)[place], labels)


def drawn(cells: Cells, icons: Icons, labels: tuple[str, ...]) -> bytes:
    """Draw a grid as a PNG."""
    pixels = max(8, min(icons.shape[1] * 2, PREVIEW_PIXELS // cells.grid))
    picture = preview_picture(
        cells, icons, labels, cell_pixels=pixels, opacities=None, spread=SPREAD
    )
    return encode_png(picture)
