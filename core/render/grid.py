"""Many small pictures as one: a layer's maps, its filters, the icons of several neurons."""

from collections.abc import Sequence
from math import ceil, sqrt

import cv2
import numpy as np

from core.errors import ShapeError
from core.images.pixels import RgbPixels
from core.render.text import PAPER, line_height, text_picture

GAP_PER_TILE = 1 / 12
SMALLEST_GAP_PIXELS = 4
LABEL_GAP_PIXELS = 3
TEXT_PER_TILE = 1 / 7
SMALLEST_TEXT_PIXELS, LARGEST_TEXT_PIXELS = 10, 28
FRAME = (190, 190, 190)
"""Of the line of one pixel around a tile, which keeps pale tiles apart from the paper."""
WIDTH_TO_HEIGHT = 1.6
"""Of a balanced grid of square tiles: a screen's."""


def grid_picture(
    tiles: Sequence[RgbPixels], labels: Sequence[str], *, tile_pixels: int, columns: int
) -> RgbPixels:
    """Lay labelled tiles out row by row on white paper.

    Args:
        tiles: at least one [h, w, 3] uint8, of any sizes. Smaller ones are enlarged without
            smoothing, so that each value of a 7 x 7 map is seen; larger ones are averaged.
        labels: one for each tile, written below it and cut off if it is too long; with no
            labels at all, no room is left for them.
        tile_pixels: of the longer side of every tile.
        columns: tiles in a row; `balanced_columns` chooses.

    Returns:
        [H, W, 3] uint8, with a margin around it.

    Raises:
        ShapeError: no tile, or not as many labels as tiles.
    """
    if not tiles or len(labels) not in (0, len(tiles)):
        raise ShapeError("labels", (len(tiles),), (len(labels),))
    columns = min(columns, len(tiles))
    gap = max(SMALLEST_GAP_PIXELS, round(tile_pixels * GAP_PER_TILE))
    fitted = [_resized(tile, tile_pixels) for tile in tiles]
    cell_width = max(tile.shape[1] for tile in fitted)
    tile_height = max(tile.shape[0] for tile in fitted)
    text_pixels = _text_pixels(tile_pixels)
    label_height = LABEL_GAP_PIXELS + line_height(text_pixels) if labels else 0
    cell_height = tile_height + label_height
    rows = ceil(len(tiles) / columns)
    size = gap + rows * (cell_height + gap), gap + columns * (cell_width + gap)
    paper = np.full((*size, 3), PAPER, np.uint8)
    for place, tile in enumerate(fitted):
        top = gap + place // columns * (cell_height + gap)
        left = gap + place % columns * (cell_width + gap)
        _paste(paper, _framed(tile), top - 1, left - 1 + (cell_width - tile.shape[1]) // 2)
        if labels:
            line = text_picture(labels[place], size_pixels=text_pixels, width=cell_width)
            _paste(paper, line, top + tile_height + LABEL_GAP_PIXELS, left)
    return paper


def balanced_columns(count: int) -> int:
    """Choose the columns for a grid of square tiles that is a bit wider than high."""
    return max(1, ceil(sqrt(count * WIDTH_TO_HEIGHT)))


def _resized(tile: RgbPixels, longest_pixels: int) -> RgbPixels:
    """Bring the longer side of a tile to a length, the shorter one in proportion."""
    rows, columns = tile.shape[:2]
    scale = longest_pixels / max(rows, columns)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    method = cv2.INTER_NEAREST if scale >= 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(tile, size, interpolation=method), np.uint8)


def _framed(tile: RgbPixels) -> RgbPixels:
    """Draw a line around a tile: [h + 2, w + 2, 3] uint8."""
    framed = np.full((tile.shape[0] + 2, tile.shape[1] + 2, 3), FRAME, np.uint8)
    framed[1:-1, 1:-1] = tile
    return framed


def _text_pixels(tile_pixels: int) -> int:
    """Choose the size of the labels' font."""
    return int(np.clip(tile_pixels * TEXT_PER_TILE, SMALLEST_TEXT_PIXELS, LARGEST_TEXT_PIXELS))


def _paste(paper: RgbPixels, picture: RgbPixels, top: int, left: int) -> None:
    """Put a picture onto the paper, in place."""
    rows, columns = picture.shape[:2]
    paper[top : top + rows, left : left + columns] = picture
