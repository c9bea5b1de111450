"""Words in pictures: labels of tiles."""

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from core.images.pixels import RgbPixels

INK, PAPER = (32, 32, 32), (255, 255, 255)
ELLIPSIS = "…"


def text_picture(text: str, *, size_pixels: int, width: int) -> RgbPixels:
    """Write a line of dark text on white.

    Args:
        text: what does not fit is cut off and ends in an ellipsis.
        size_pixels: of the font; a line is `line_height(size_pixels)` high.
        width: of the result, in pixels, at least 1.

    Returns:
        [line height, width, 3] uint8, the text starting at the left.
    """
    paper = Image.new("RGB", (width, line_height(size_pixels)), PAPER)
    font = _font(size_pixels)
    line = fitted(text, size_pixels=size_pixels, width=width)
    ImageDraw.Draw(paper).text((0, 0), line, fill=INK, font=font)
    return np.array(paper)


def text_width(text: str, *, size_pixels: int) -> int:
    """Measure a line of text, in pixels."""
    return int(np.ceil(_font(size_pixels).getlength(text)))


def line_height(size_pixels: int) -> int:
    """Give the height that a line of text takes, in pixels."""
    return round(1.3 * size_pixels)


def fitted(text: str, *, size_pixels: int, width: int) -> str:
    """Cut a line of text so that it fits into a width in pixels, and show that it was cut."""
    line = " ".join(text.split())
    if text_width(line, size_pixels=size_pixels) <= width:
        return line
    while line and text_width(line + ELLIPSIS, size_pixels=size_pixels) > width:
        line = line[:-1]
    return line + ELLIPSIS if line else ""


@cache
def _font(size_pixels: int) -> ImageFont.FreeTypeFont:
    """Load the font of matplotlib: Pillow's own has no minus and no accents."""
    from matplotlib import get_data_path

    return ImageFont.truetype(Path(get_data_path(), "fonts/ttf/DejaVuSans.ttf"), size_pixels)
