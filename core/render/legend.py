"""What the colours of an overlay mean: a bar of them with the values at its ends."""

import numpy as np

from core.images.pixels import RgbPixels
from core.render.colormaps import ColormapName, colour_table
from core.render.maps import Polarity
from core.render.text import PAPER, line_height, text_picture, text_width

WIDTH_PIXELS, BAR_PIXELS, MARGIN_PIXELS, TEXT_PIXELS = 300, 18, 8, 13

MEANINGS: dict[Polarity, tuple[str, str]] = {
    "positive": ("little", "for the class"),
    "negative": ("little", "against the class"),
    "both": ("against the class", "for the class"),
}
"""What the two ends of the bar stand for."""


def legend_picture(
    *, colormap: ColormapName, polarity: Polarity, low: float, high: float
) -> RgbPixels:
    """Draw the colours from the lowest to the highest value that is told apart.

    Args:
        colormap: of the overlay.
        polarity: of the map; for "both" the bar runs from -high to high, with zero in its
            middle.
        low: value that has the first colour; not looked at for "both".
        high: value that has the last colour; what is beyond has it too.

    Returns:
        [H, W, 3] uint8: a line of words, the bar, a line of values.
    """
    left, right = MEANINGS[polarity]
    first = -high if polarity == "both" else low
    lines = [
        line_between(left, "", right),
        bar(colormap),
        line_between(f"{first:.3g}", "0" if polarity == "both" else "", f"{high:.3g}"),
    ]
    picture = np.concatenate(lines)
    margin = ((MARGIN_PIXELS, MARGIN_PIXELS), (MARGIN_PIXELS, MARGIN_PIXELS), (0, 0))
    return np.pad(picture, margin, constant_values=PAPER[0])


def bar(colormap: ColormapName) -> RgbPixels:
    """Draw all colours side by side: [BAR_PIXELS, WIDTH_PIXELS, 3]."""
    levels = np.linspace(0, 255, WIDTH_PIXELS).round().astype(int)
    return np.tile(colour_table(colormap)[levels], (BAR_PIXELS, 1, 1))


def line_between(left: str, middle: str, right: str) -> RgbPixels:
    """Write words at the left end, in the middle and at the right end of a line."""
    line = np.full((line_height(TEXT_PIXELS), WIDTH_PIXELS, 3), PAPER, np.uint8)
    for text, place in ((left, 0.0), (middle, 0.5), (right, 1.0)):
        if text:
            width = min(text_width(text, size_pixels=TEXT_PIXELS), WIDTH_PIXELS)
            start = round(place * (WIDTH_PIXELS - width))
            line[:, start : start + width] = text_picture(
                text, size_pixels=TEXT_PIXELS, width=width
            )
    return line
