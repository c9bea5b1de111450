"""Pictures in rows with a few words below each, as wide as it takes: tables to look through."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import ShapeError
from core.images.pixels import RgbPixels
from core.render.text import PAPER, line_height, text_picture

GAP_PIXELS, TEXT_PIXELS = 14, 14


@dataclass(frozen=True)
class Captioned:
    """A picture and the lines below it."""

    picture: RgbPixels
    """[h, w, 3] uint8, at the size that it is drawn in."""
    lines: tuple[str, ...]
    """What does not fit into the column is cut off."""


def captioned_rows(rows: Sequence[Sequence[Captioned]]) -> RgbPixels:
    """Lay pictures out on white paper; a row is as high as it needs.

    Args:
        rows: at least one, of at least one picture each.

    Returns:
        [H, W, 3] uint8, all columns as wide as the widest picture, with a margin around.

    Raises:
        ShapeError: there is no row, or an empty one.
    """
    if not rows or not all(rows):
        raise ShapeError("rows", ("n", "m"), (len(rows), 0))
    column = max(one.picture.shape[1] for row in rows for one in row)
    across = max(len(row) for row in rows)
    width = GAP_PIXELS + across * (column + GAP_PIXELS)
    gap = np.full((GAP_PIXELS, width, 3), PAPER, np.uint8)
    parts = [gap]
    for row in rows:
        parts += [_row(row, column=column, width=width), gap]
    return np.concatenate(parts)


def _row(row: Sequence[Captioned], *, column: int, width: int) -> RgbPixels:
    """Lay one row out: [h, width, 3]."""
    tallest = max(one.picture.shape[0] for one in row)
    lines = max(len(one.lines) for one in row)
    height = line_height(TEXT_PIXELS)
    paper = np.full((tallest + lines * height, width, 3), PAPER, np.uint8)
    for place, one in enumerate(row):
        left = GAP_PIXELS + place * (column + GAP_PIXELS)
        rows, columns = one.picture.shape[:2]
        paper[:rows, left : left + columns] = one.picture
        for number, line in enumerate(one.lines):
            top = tallest + number * height
            paper[top : top + height, left : left + column] = text_picture(
                line, size_pixels=TEXT_PIXELS, width=column
            )
    return paper
