"""A whole grid as one picture: icons where their cells are, smaller where few points lie.

Source: the viewer of Carter et al., "Activation Atlas" (2019), `Atlas.html`: an icon's side
goes with the square root of its density, up to the cell's. Departure: theirs writes the
top class on every icon; here each region of cells with one top class has one label, if its
influence is worth the word.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import label as connected

from core.atlas.arrays import CellCounts, CellValues
from core.atlas.grid import Cells
from core.render.text import INK, PAPER, fitted, line_height, text_width

TEXT_PER_CELL = 1 / 4
SMALLEST_TEXT_PIXELS, LARGEST_TEXT_PIXELS = 10, 22
CELLS_PER_LABEL = 2.5
"""Longest label, in cells."""
GAP_PER_TEXT = 1 / 3
"""Between two labels side by side, in heights of the text."""
LEAST_INFLUENCE = 0.1
"""Of a label, as a part of the largest: cells of backgrounds have a top class too."""
LEAST_SIDE = 0.3
"""Of an icon, as a part of its cell: a smaller one shows nothing."""


def icon_sides(densities: CellCounts, *, points: int, grid: int, spread: float) -> CellValues:
    """Tell how large each cell's icon is drawn, as a part of the cell's side.

    Args:
        densities: [M].
        points: of the whole atlas.
        grid: cells along each side.
        spread: what a density is multiplied by, 0.2 to 8 in the published viewer.

    Returns:
        [M] in 0..1: min(1, sqrt(density · spread / mean)), the mean being over all cells of the
        square, also empty ones.
    """
    mean = points / grid**2
    return np.minimum(1.0, np.sqrt(densities * spread / mean))


def preview_picture(
    cells: Cells,
    icons: UInt8[np.ndarray, "M size size 3"],
    labels: Sequence[str],
    *,
    cell_pixels: int,
    opacities: Float[np.ndarray, " M"] | None,
    spread: float,
) -> UInt8[np.ndarray, "side side 3"]:
    """Draw an atlas.

    Args:
        cells: of one grid.
        icons: [M, size, size, 3] of its cells.
        labels: of the classes, in index order; none at all for no labels.
        cell_pixels: side of a cell in the picture.
        opacities: [M] in 0..1 of the icons, for an atlas filtered by a class; none for full.
        spread: see `icon_sides`.

    Returns:
        [grid · cell_pixels, grid · cell_pixels, 3] on white.
    """
    side = cells.grid * cell_pixels
    paper = np.full((side, side, 3), PAPER[0], np.uint8)
    points = int(cells.densities.sum()) + cells.sparse_points
    parts = icon_sides(cells.densities, points=max(points, 1), grid=cells.grid, spread=spread)
    for place, icon in enumerate(icons):
        opacity = 1.0 if opacities is None else float(opacities[place])
        size = round(cell_pixels * max(LEAST_SIDE, float(parts[place])))
        small = cv2.resize(icon, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32)
        faded = PAPER[0] + opacity * (small - PAPER[0])
        top = int(cells.rows[place]) * cell_pixels + (cell_pixels - size) // 2
        left = int(cells.columns[place]) * cell_pixels + (cell_pixels - size) // 2
        paper[top : top + size, left : left + size] = np.rint(faded)
    if not labels or not cells.attributions.size:
        return paper
    return _labelled(paper, cells, labels, cell_pixels)


def region_peaks(cells: Cells) -> list[tuple[int, int]]:
    """Find, in each region of touching cells with one top class, the cell that is most for it.

    Returns:
        Of each region that has a noticeable influence the place of that cell in the list of
        cells, and the class; the most influential first.
    """
    tops = cells.attributions.argmax(axis=1)
    values = cells.attributions.max(axis=1)
    peaks = []
    for index in np.unique(tops):
        places = np.full((cells.grid, cells.grid), -1)
        members = np.flatnonzero(tops == index)
        places[cells.rows[members], cells.columns[members]] = members
        regions, count = connected(places >= 0, structure=np.ones((3, 3)))
        for region in range(1, count + 1):
            inside = places[regions == region]
            peak = int(inside[values[inside].argmax()])
            if values[peak] >= LEAST_INFLUENCE * values.max() > 0:
                peaks.append((peak, int(index)))
    return sorted(peaks, key=lambda peak: -values[peak[0]])


def _labelled(
    paper: UInt8[np.ndarray, "side side 3"],
    cells: Cells,
    labels: Sequence[str],
    cell_pixels: int,
) -> UInt8[np.ndarray, "side side 3"]:
    """Write the class of each region on its peak: dark letters with a white rim.

    The most influential come first; a label that would lie on one of those is left out.
    """
    pixels = round(
        np.clip(cell_pixels * TEXT_PER_CELL, SMALLEST_TEXT_PIXELS, LARGEST_TEXT_PIXELS)
    )
    picture = Image.fromarray(paper)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(pixels)
    is_taken = np.zeros(paper.shape[:2], bool)
    for place, index in region_peaks(cells):
        width = round(cell_pixels * CELLS_PER_LABEL)
        line = fitted(labels[index], size_pixels=pixels, width=width)
        middle = (int(cells.columns[place]) + 0.5) * cell_pixels
        length = text_width(line, size_pixels=pixels)
        left = float(np.clip(middle - length / 2, 0, max(0, paper.shape[1] - length)))
        top = (int(cells.rows[place]) + 1) * cell_pixels - line_height(pixels)
        gap = round(pixels * GAP_PER_TEXT)
        columns = slice(max(0, int(left) - gap), int(left) + length + gap)
        room = is_taken[max(0, top) : top + line_height(pixels), columns]
        if not room.any():
            room[:] = True
            draw.text((left, top), line, fill=INK, font=font, stroke_width=2, stroke_fill=PAPER)
    return np.array(picture)
