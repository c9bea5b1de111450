"""The cells of an atlas: every point of a layout lies in exactly one, and each has its means.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015: a cell
shows the mean activation, and has the mean attribution. Departure: their notebook counts a
point on a line between two cells in both.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from core.atlas.arrays import (
    Attributions,
    CellAttributions,
    CellCounts,
    CellVectors,
    Points,
    Rows,
    Vectors,
)

CellNumbers = Int[np.ndarray, " N"]
"""row * grid + column of each point's cell."""


@dataclass(frozen=True)
class Cells:
    """The cells of one grid that hold enough points, row by row."""

    grid: int
    """Cells along each side."""
    rows: Rows
    """From the top."""
    columns: Rows
    """From the left."""
    densities: CellCounts
    """Points in each."""
    vectors: CellVectors
    """Mean activation, float32."""
    attributions: CellAttributions
    """Mean attribution to each class, float32."""
    sparse_points: int
    """Points in cells that hold too few: with the densities they sum to all points."""


def cell_numbers(points: Points, *, grid: int) -> CellNumbers:
    """Find each point's cell; a point between two belongs to the lower or right one.

    Args:
        points: [N, 2] x and y in 0..1.
        grid: cells along each side, at least 1.

    Returns:
        [N] row * grid + column. Points on the square's lower or right edge are in the last
        cells.
    """
    places = np.floor(points.astype(np.float64) * grid).astype(np.int64)
    columns, rows = np.clip(places, 0, grid - 1).T
    return np.asarray(rows * grid + columns)


class CellSums:
    """Adds up what lies in the cells of one grid, a part of the points at a time.

    The memory it takes depends on the number of cells, not of points.
    """

    def __init__(self, points: Points, *, grid: int) -> None:
        """Find the cells of all points [N, 2]."""
        self._grid = grid
        self._numbers, self._cells, self._densities = np.unique(
            cell_numbers(points, grid=grid), return_inverse=True, return_counts=True
        )
        self._vectors: Float[np.ndarray, "M D"] | None = None
        self._attributions: Float[np.ndarray, "M K"] | None = None

    def add(self, start: int, vectors: Vectors, attributions: Attributions) -> None:
        """Add the activations of the points from `start` on; each point is to be added once."""
        # The front, which only looks cells up, has no SciPy.
        from scipy.sparse import csr_array

        cells = self._cells[start : start + len(vectors)]
        shape = len(self._numbers), len(vectors)
        places = (cells, np.arange(len(vectors)))
        gather = csr_array((np.ones(len(vectors)), places), shape=shape)
        vector_sums = gather @ vectors.astype(np.float64)
        attribution_sums = gather @ attributions.astype(np.float64)
        if self._vectors is None or self._attributions is None:
            self._vectors, self._attributions = vector_sums, attribution_sums
            return
        self._vectors += vector_sums
        self._attributions += attribution_sums

    def cells(self, *, min_density: int) -> Cells:
        """Average what has been added, in the cells that hold at least so many points."""
        kept = self._densities >= min_density
        counts = self._densities[kept, np.newaxis]
        empty = np.zeros((len(self._numbers), 0))
        vectors = empty if self._vectors is None else self._vectors
        attributions = empty if self._attributions is None else self._attributions
        return Cells(
            grid=self._grid,
            rows=self._numbers[kept] // self._grid,
            columns=self._numbers[kept] % self._grid,
            densities=self._densities[kept],
            vectors=(vectors[kept] / counts).astype(np.float32),
            attributions=(attributions[kept] / counts).astype(np.float32),
            sparse_points=int(self._densities[~kept].sum()),
        )


def cells_of(
    points: Points, vectors: Vectors, attributions: Attributions, *, grid: int, min_density: int
) -> Cells:
    """Average the activations in each cell of a grid.

    Args:
        points: [N, 2] x and y in 0..1.
        vectors: [N, D].
        attributions: [N, K].
        grid: cells along each side.
        min_density: points that a cell has to hold, at least 1.
    """
    sums = CellSums(points, grid=grid)
    sums.add(0, vectors, attributions)
    return sums.cells(min_density=min_density)
