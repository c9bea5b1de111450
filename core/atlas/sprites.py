"""The icons of a grid in tiles of ten by ten: few files, and none of them large."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int, UInt8

from core.atlas.arrays import Rows
from core.render.text import PAPER

TILE_CELLS = 10
"""Along each side of a tile."""

Icons = UInt8[np.ndarray, "m size size 3"]


@dataclass(frozen=True)
class SpriteTile:
    """A square of a grid, and which of the grid's cells lie in it."""

    row: int
    """From the top, in tiles."""
    column: int
    """From the left, in tiles."""
    cells: Int[np.ndarray, " m"]
    """Indices into the grid's cells."""
    width_cells: int
    """At most 10; fewer at the grid's right edge."""
    height_cells: int
    """At most 10; fewer at the grid's lower edge."""

    @property
    def path(self) -> str:
        """Where it lies in the folder of its grid."""
        return f"{self.row}_{self.column}.webp"


def sprite_tiles(rows: Rows, columns: Rows, *, grid: int) -> list[SpriteTile]:
    """List the tiles that hold any cell, row by row.

    Args:
        rows: [M] of the cells.
        columns: [M] of the cells.
        grid: cells along each side of the whole.
    """
    along = -(-grid // TILE_CELLS)
    numbers = rows // TILE_CELLS * along + columns // TILE_CELLS
    return [
        SpriteTile(
            row=int(number // along),
            column=int(number % along),
            cells=np.flatnonzero(numbers == number),
            width_cells=min(TILE_CELLS, grid - int(number % along) * TILE_CELLS),
            height_cells=min(TILE_CELLS, grid - int(number // along) * TILE_CELLS),
        )
        for number in np.unique(numbers)
    ]


def sprite_picture(
    tile: SpriteTile, rows: Rows, columns: Rows, icons: Icons
) -> UInt8[np.ndarray, "H W 3"]:
    """Put the icons of one tile where they belong.

    Args:
        tile: one of `sprite_tiles`.
        rows: [M] of all cells of the grid.
        columns: [M] of all cells of the grid.
        icons: [m, size, size, 3] of the tile's cells, in the order of `tile.cells`.

    Returns:
        [height_cells · size, width_cells · size, 3], white where there is no cell.
    """
    size = icons.shape[1]
    shape = tile.height_cells * size, tile.width_cells * size, 3
    paper = np.full(shape, PAPER[0], np.uint8)
    for place, cell in enumerate(tile.cells):
        top = (int(rows[cell]) - tile.row * TILE_CELLS) * size
        left = (int(columns[cell]) - tile.column * TILE_CELLS) * size
        paper[top : top + size, left : left + size] = icons[place]
    return paper
