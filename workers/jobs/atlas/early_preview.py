"""The coarsest grid of an atlas or a map, shown as soon as its icons are there."""

from collections.abc import Callable

import cv2
import numpy as np
from jaxtyping import UInt8

from core.atlas.grid import Cells
from core.render.encode import encode_png
from workers.jobs.atlas.assembling import PREVIEW, Icons, drawn
from workers.jobs.atlas.atlas_files import Layout, read_icons
from workers.jobs.job_run import JobRun

SHOWN_PIXELS = 384
"""Side of the picture that followers of the job see."""

PAPER = 255


def show_early(
    layout: Layout,
    task: int,
    run: JobRun,
    *,
    tasks_of: Callable[[int], int],
    labels: tuple[str, ...],
) -> None:
    """File and show the coarsest grid, if this task has made the last of its icons.

    Args:
        layout: of the atlas.
        task: that has made some icons.
        run: the job.
        tasks_of: counts the tasks that so many icons are made in.
        labels: of the classes, in index order.
    """
    cells = layout.grids[0]
    tasks = range(tasks_of(len(cells.rows)))
    is_there = all(run.files.read_checkpoint(f"icons-{one}.npy") for one in tasks)
    if task in tasks and is_there:
        icons = np.concatenate([read_icons(run.files, one) for one in tasks])
        icons = icons[: len(cells.rows)]
        run.files.write_artifact(PREVIEW, drawn(cells, icons, labels))
        run.preview(encode_png(shrunk(cells, icons)))


def shrunk(cells: Cells, icons: Icons) -> UInt8[np.ndarray, "side side 3"]:
    """Draw a grid of icons small, without labels."""
    side = max(1, SHOWN_PIXELS // cells.grid)
    paper = np.full((side * cells.grid, side * cells.grid, 3), PAPER, np.uint8)
    for row, column, icon in zip(cells.rows, cells.columns, icons, strict=True):
        small = cv2.resize(icon, (side, side), interpolation=cv2.INTER_AREA)
        paper[row * side : (row + 1) * side, column * side : (column + 1) * side] = small
    return paper
