"""The last stage of an atlas: the files that docs/atlas_format.md describes."""

from typing import Any

import numpy as np
from jaxtyping import UInt8

from api_schemas.atlas import AtlasParameters
from api_schemas.atlases import AtlasCells, AtlasDocument, AtlasGrid, AtlasKind
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
from workers.jobs.atlas.rendering import IconKind

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


def assemble(
    files: JobFiles,
    parameters: AtlasParameters,
    layout: Layout,
    shards: list[CollectedShard],
    *,
    model: str,
) -> dict[str, Any]:
    """Write the artifacts of an atlas.

    Args:
        files: of the job.
        parameters: of the atlas.
        layout: of the atlas.
        shards: what was looked at.
        model: name of the model.

    Returns:
        The result of the job: where its parts are, and how large they are.
    """
    about = shards[0]
    icons = all_icons(files, IconKind.of(parameters, about.layer), layout)
    kept = kept_classes(parameters, layout)
    grids = []
    for cells, own in zip(layout.grids, by_grid(layout, icons), strict=True):
        write_tiles(files, cells, own)
        records = cell_records(cells, top=TOP_CLASSES, kept_classes=kept)
        listed = AtlasCells.model_validate({"grid": cells.grid, "cells": records})
        files.write_artifact(
            f"cells/{cells.grid}.json", listed.model_dump_json().encode("utf-8")
        )
        grids.append(grid_of(cells, icon_size=own.shape[1]))
    files.write_artifact(PREVIEW, preview(layout, icons, about.classes))
    files.write_artifact(LANDMARKS_ARTIFACT, needed(files, LANDMARKS))
    if parameters.keep_activations:
        files.write_artifact(ACTIVATIONS_ARTIFACT, needed(files, POINTS))
    finest = layout.grids[0]
    document = AtlasDocument(
        kind=kind_of(layout),
        model=model,
        model_sha256=about.model_sha256,
        dataset=parameters.dataset,
        layer=about.layer,
        layer_shape=about.layer_shape,
        classes=about.classes,
        filter_classes=kept,
        full_influence=influence_scale(
            finest.attributions, finest.densities, least_density=WELL_FILLED
        ),
        class_filter=layout.class_filter if layout.class_filter >= 0 else None,
        versus=layout.versus if layout.versus >= 0 else None,
        images=sum(shard.images for shard in shards),
        unread=sum(shard.unread for shard in shards),
        points=layout.points,
        silent=layout.silent,
        grids=tuple(grids),
        preview_path=PREVIEW,
        landmarks_path=LANDMARKS_ARTIFACT,
        parameters=parameters.model_dump(mode="json"),
    )
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


def kind_of(layout: Layout) -> AtlasKind:
    """Say what kind of atlas a layout is of."""
    if layout.versus >= 0:
        return "comparison"
    return "class-atlas" if layout.class_filter >= 0 else "atlas"


def kept_classes(parameters: AtlasParameters, layout: Layout) -> tuple[int, ...]:
    """Choose the classes by which a viewer can filter."""
    attributions = np.concatenate([cells.attributions for cells in layout.grids])
    wanted = tuple(
        sorted({index for index in (layout.class_filter, layout.versus) if index >= 0})
    )
    return filter_classes(attributions, wanted=wanted, limit=parameters.filter_classes)


def all_icons(files: JobFiles, kind: IconKind, layout: Layout) -> Icons:
    """Read the icons of all cells, in their order."""
    return np.concatenate([read_icons(files, task) for task in range(kind.tasks(layout.cells))])


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
