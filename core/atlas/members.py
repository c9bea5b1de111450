"""Which points of each cell are nearest to its mean: the images that stand for it in a map."""

import numpy as np
from jaxtyping import Float, Int

from core.atlas.arrays import Points, Vectors
from core.atlas.distinct import Metric, unit_vectors
from core.atlas.grid import Cells, cell_numbers

NOBODY = -1
"""In place of a member that a cell does not have."""

Members = Int[np.ndarray, "M n"]
"""Of each cell, indices of points, the nearest to its mean first."""


def nearest_members(
    points: Points, vectors: Vectors, cells: Cells, *, count: int, metric: Metric
) -> Members:
    """Find the points of each cell whose vectors are nearest to the cell's mean.

    Args:
        points: [N, 2] in the unit square, of which the cells are made.
        vectors: [N, D] of them.
        cells: M cells of one grid.
        count: of members wanted of each cell, at least 1.
        metric: by which vectors are near.

    Returns:
        [M, count] indices into the points, the nearest first, equal ones in their order;
        `NOBODY` behind the last where a cell has fewer.
    """
    shown = cells.rows * cells.grid + cells.columns
    numbers = cell_numbers(points, grid=cells.grid)
    inside = np.flatnonzero(np.isin(numbers, shown))
    owners = np.searchsorted(shown, numbers[inside])
    distances = _distances(vectors[inside], cells.vectors[owners], metric=metric)
    order = np.lexsort((inside, distances, owners))
    counts = np.bincount(owners, minlength=len(shown))
    ranks = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    members = np.full((len(shown), count), NOBODY, np.int64)
    is_kept = ranks < count
    members[owners[order][is_kept], ranks[is_kept]] = inside[order][is_kept]
    return members


def _distances(
    vectors: Vectors, means: Float[np.ndarray, "N D"], *, metric: Metric
) -> Float[np.ndarray, " N"]:
    """Measure how far each vector is from the mean beside it."""
    if metric == "cosine":
        products = unit_vectors(vectors) * unit_vectors(means)
        return np.asarray(1.0 - products.sum(axis=1, dtype=np.float64))
    return np.asarray(np.linalg.norm(vectors.astype(np.float64) - means, axis=1))
