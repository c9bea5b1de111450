"""The second stage of an atlas: where every activation lies, and what each cell holds.

It runs in a process of its own, without TensorFlow: UMAP holds Python's lock for long, and a
worker that cannot renew its lease loses the job.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from api_schemas.atlas import AtlasParameters
from api_schemas.layout_options import LayoutOptions
from core.atlas.arrays import Points
from core.atlas.class_views import class_atlas_rows, class_difference, comparison_points
from core.atlas.grid import Cells, cells_of
from core.atlas.locate import landmarks_of, pack_landmarks
from core.atlas.project import Projected, Projection, project
from core.atlas.shards import Shard, join_shards, pack_shard, unpack_shard
from core.atlas.tsne_layout import tsne_layout
from core.atlas.umap_layout import umap_layout
from core.atlas.whitening import SecondMoment, whitened_directions, whitening_matrix
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import (
    LANDMARKS,
    POINTS,
    CollectedShard,
    Layout,
    needed,
    shard_names,
    write_layout,
)
from workers.jobs.errors import JobRefusedError

FULL_DIFFERENCE_PERCENTILE = 99.0
"""Of the differences between two classes that count as full, as published."""

NO_CLASS = -1


def lay_out(files: JobFiles, parameters: AtlasParameters, *, shards: int) -> None:
    """Lay out what was collected and leave the layout in the store.

    Args:
        files: of the job.
        parameters: of the atlas.
        shards: that were collected.

    Raises:
        JobRefusedError: there is no such class.
        TooFewPointsError: there is too little to lay out.
    """
    collected = collected_shard(files, shards=shards)
    classes = summaries(files, shards=1)[0].classes
    left = class_index(parameters.class_filter, classes, field="class_filter")
    right = class_index(parameters.versus, classes, field="versus")
    wanted = tuple(index for index in (left, right) if index != NO_CLASS)
    if wanted:
        rows = class_atlas_rows(
            collected.attributions, classes=wanted, count=parameters.class_samples
        )
        collected = collected.rows(rows)
    if right == NO_CLASS:
        placed = project(
            collected.vectors, projection_of(parameters, dimensions=2), metric=parameters.metric
        )
    else:
        placed = compared(collected, parameters, left=left, right=right)
    laid_out = collected.rows(placed.rows)
    points = placed.points
    grids = grids_of(
        laid_out,
        points,
        grids=parameters.chosen_quality().grids,
        min_density=parameters.min_density,
    )
    layout = Layout(
        grids,
        directions_of(laid_out, grids, parameters),
        points=len(points),
        silent=len(collected.vectors) - len(points),
        class_filter=left,
        versus=right,
    )
    keep_layout(files, parameters, layout, laid_out, points)


def collected_shard(files: JobFiles, *, shards: int) -> Shard:
    """Read all that was collected."""
    return join_shards(
        unpack_shard(needed(files, shard_names(shard)[0])) for shard in range(shards)
    )


def grids_of(
    laid_out: Shard, points: Points, *, grids: Sequence[int], min_density: int
) -> tuple[Cells, ...]:
    """Average what was laid out in the cells of every grid."""
    return tuple(
        cells_of(
            points,
            laid_out.vectors,
            laid_out.attributions,
            grid=grid,
            min_density=min_density,
        )
        for grid in grids
    )


def keep_layout(
    files: JobFiles,
    parameters: LayoutOptions,
    layout: Layout,
    laid_out: Shard,
    points: Points,
) -> None:
    """Leave in the store what later stages need of a layout."""
    write_layout(files, layout)
    landmarks = landmarks_of(
        laid_out.vectors, points, limit=parameters.landmarks, seed=parameters.seed
    )
    files.write_checkpoint(LANDMARKS, pack_landmarks(landmarks))
    if parameters.keep_activations:
        files.write_checkpoint(POINTS, pack_shard(laid_out, points=points.astype(np.float32)))


def summaries(files: JobFiles, *, shards: int) -> list[CollectedShard]:
    """Read what was looked at for the first shards."""
    return [
        CollectedShard.model_validate_json(needed(files, shard_names(shard)[1]))
        for shard in range(shards)
    ]


def class_index(wanted: int | str | None, classes: tuple[str, ...], *, field: str) -> int:
    """Find a class by its label or index; negative where none is wanted.

    Raises:
        JobRefusedError: there is none.
    """
    if wanted is None:
        return NO_CLASS
    folded = str(wanted).casefold()
    for index, label in enumerate(classes):
        if label.casefold() == folded:
            return index
    if folded.isdecimal() and int(folded) < len(classes):
        return int(folded)
    shown = ", ".join(classes[:5]) + (" …" if classes[5:] else "")
    raise JobRefusedError(
        "class_not_found", f"{field}: no class {wanted!r} among {len(classes)}: {shown}"
    )


def projection_of(parameters: LayoutOptions, *, dimensions: int) -> Projection:
    """Choose what lays activations out."""
    if parameters.projection == "tsne":
        return partial(
            tsne_layout,
            perplexity=parameters.perplexity,
            learning_rate=parameters.learning_rate,
            metric=parameters.metric,
            dimensions=dimensions,
            seed=parameters.seed,
            fit_points=parameters.fit_points,
        )
    return partial(
        umap_layout,
        neighbors=parameters.neighbors,
        min_dist=parameters.min_dist,
        metric=parameters.metric,
        dimensions=dimensions,
        seed=parameters.seed,
        fit_points=parameters.fit_points,
        chunk_points=parameters.chunk_points,
    )


def compared(
    collected: Shard, parameters: AtlasParameters, *, left: int, right: int
) -> Projected:
    """Lay activations out between two classes."""
    line = project(
        collected.vectors, projection_of(parameters, dimensions=1), metric=parameters.metric
    )
    difference = class_difference(
        collected.attributions[line.rows],
        left=left,
        right=right,
        percentile=FULL_DIFFERENCE_PERCENTILE,
    )
    return Projected(line.rows, comparison_points(difference, line.points))


def directions_of(
    laid_out: Shard, grids: tuple[Cells, ...], parameters: AtlasParameters
) -> np.ndarray:
    """Turn the means of all cells into what their icons follow: [M, D]."""
    means = np.concatenate([cells.vectors for cells in grids])
    channels = laid_out.vectors.shape[1]
    whitening = np.eye(channels, dtype=np.float32)
    if parameters.whiten:
        moment = SecondMoment(channels)
        moment.add(laid_out.vectors)
        whitening = whitening_matrix(moment.mean(), ridge=parameters.whiten_ridge)
    return whitened_directions(means, whitening)
