"""A matrix of numbers as a picture: coloured squares with their values, and names around."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import ShapeError
from core.images.pixels import RgbPixels
from core.render.colormaps import ColormapName, colour_table
from core.render.text import PAPER, line_height, text_picture, text_width

CELL_PIXELS, TEXT_PIXELS, VALUE_PIXELS = 56, 15, 14
MARGIN_PIXELS = 12
MOST_NAME_PIXELS = 260
LEVELS = 255
DARK_BELOW = 140
"""Mean brightness of a colour below which its value is written in white."""
WHITE = 255


def matrix_picture(
    values: NDArray[np.float64],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    title: str,
    colormap: ColormapName,
) -> RgbPixels:
    """Draw a matrix of numbers in 0..1.

    Args:
        values: [R, C]; what is outside of 0..1 is coloured as the nearer end.
        rows: R names, written at the left; long ones are cut off.
        columns: C names, written upwards above the columns.
        title: written above everything.
        colormap: from 0 to 1.

    Returns:
        [H, W, 3] uint8.

    Raises:
        ShapeError: not as many names as rows or columns, or neither.
    """
    if values.shape != (len(rows), len(columns)) or not values.size:
        raise ShapeError("values", (len(rows), len(columns)), values.shape)
    cells = np.concatenate(
        [np.concatenate([_cell(value, colormap) for value in line], axis=1) for line in values]
    )
    row_names = _names(rows)
    column_names = np.rot90(_names(columns))
    left, top = row_names.shape[1] + MARGIN_PIXELS, column_names.shape[0] + MARGIN_PIXELS
    needed = text_width(title, size_pixels=TEXT_PIXELS)
    width = max(left + cells.shape[1], needed)
    heading = text_picture(title, size_pixels=TEXT_PIXELS, width=width)
    body = np.full((top + cells.shape[0], width, 3), PAPER, np.uint8)
    body[top:, left : left + cells.shape[1]] = cells
    body[top:, : row_names.shape[1]] = row_names
    body[: column_names.shape[0], left : left + cells.shape[1]] = column_names
    gap = np.full((MARGIN_PIXELS, width, 3), PAPER, np.uint8)
    whole = np.concatenate([heading, gap, body])
    margin = ((MARGIN_PIXELS, MARGIN_PIXELS), (MARGIN_PIXELS, MARGIN_PIXELS), (0, 0))
    return np.pad(whole, margin, constant_values=PAPER[0])


def _cell(value: float, colormap: ColormapName) -> RgbPixels:
    """Draw one square with its value."""
    level = round(float(np.clip(value, 0.0, 1.0)) * LEVELS)
    colour = colour_table(colormap)[level]
    cell = np.broadcast_to(colour, (CELL_PIXELS, CELL_PIXELS, 3)).copy()
    text = f"{value:.2f}"
    ink = text_picture(
        text, size_pixels=VALUE_PIXELS, width=text_width(text, size_pixels=VALUE_PIXELS)
    )
    top = (CELL_PIXELS - ink.shape[0]) // 2
    left = max(0, (CELL_PIXELS - ink.shape[1]) // 2)
    patch = cell[top : top + ink.shape[0], left : left + ink.shape[1]]
    # Dark letters on white say how much of the letter's colour each pixel has.
    share = (WHITE - ink[:, : patch.shape[1]].astype(np.float32)) / (WHITE - ink.min())
    letter = WHITE if colour.mean() < DARK_BELOW else 0
    patch[:] = np.rint(share * letter + (1 - share) * patch).astype(np.uint8)
    cell[0], cell[:, 0] = WHITE, WHITE
    return cell


def _names(names: Sequence[str]) -> RgbPixels:
    """Write names below one another, one a cell, at the right: [n · cell, width, 3]."""
    width = min(
        MOST_NAME_PIXELS, max(text_width(name, size_pixels=TEXT_PIXELS) for name in names)
    )
    paper = np.full((len(names) * CELL_PIXELS, max(width, 1), 3), PAPER, np.uint8)
    height = line_height(TEXT_PIXELS)
    for place, name in enumerate(names):
        top = place * CELL_PIXELS + (CELL_PIXELS - height) // 2
        needed = min(width, max(1, text_width(name, size_pixels=TEXT_PIXELS)))
        line = text_picture(name, size_pixels=TEXT_PIXELS, width=needed)
        paper[top : top + height, width - needed :] = line
    return paper
