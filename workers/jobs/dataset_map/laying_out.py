"""The second stage of a dataset map: where every image lies, and which ones stand for a cell.

Like an atlas' it runs in a process of its own, without TensorFlow.
"""

from io import BytesIO

import numpy as np

from api_schemas.dataset_map import DatasetMapParameters
from core.atlas.members import NOBODY, Members, nearest_members
from core.atlas.project import project
from storage.job_files import JobFiles
from workers.jobs.atlas.atlas_files import Layout, needed
from workers.jobs.atlas.laying_out import (
    NO_CLASS,
    collected_shard,
    grids_of,
    keep_layout,
    projection_of,
)

MEMBERS = "members.npy"
"""Checkpoint: [M, n] of all cells, numbers of images in the dataset."""


def lay_out_map(files: JobFiles, parameters: DatasetMapParameters, *, shards: int) -> None:
    """Lay out what was collected and leave the layout in the store.

    Args:
        files: of the job.
        parameters: of the map.
        shards: that were collected.

    Raises:
        TooFewPointsError: there is too little to lay out.
    """
    collected = collected_shard(files, shards=shards)
    placed = project(
        collected.vectors, projection_of(parameters, dimensions=2), metric=parameters.metric
    )
    laid_out, points = collected.rows(placed.rows), placed.points
    grids = grids_of(
        laid_out, points, grids=parameters.grids, min_density=parameters.min_density
    )
    members = [
        nearest_members(
            points,
            laid_out.vectors,
            cells,
            count=parameters.cell_images,
            metric=parameters.metric,
        )
        for cells in grids
    ]
    layout = Layout(
        grids,
        directions=np.concatenate([cells.vectors for cells in grids]),
        points=len(points),
        silent=len(collected.vectors) - len(points),
        class_filter=NO_CLASS,
        versus=NO_CLASS,
    )
    write_members(files, image_numbers(np.concatenate(members), laid_out.images))
    keep_layout(files, parameters, layout, laid_out, points)


def image_numbers(members: Members, images: np.ndarray) -> Members:
    """Turn indices of points into numbers of images in the dataset."""
    return np.where(members == NOBODY, NOBODY, images[members])


def write_members(files: JobFiles, members: Members) -> None:
    """Keep which images stand for the cells."""
    file = BytesIO()
    np.save(file, members, allow_pickle=False)
    files.write_checkpoint(MEMBERS, file.getvalue())


def read_members(files: JobFiles) -> Members:
    """Read what `write_members` kept."""
    members: Members = np.load(BytesIO(needed(files, MEMBERS)), allow_pickle=False)
    return members
