"""The pictures of a map that has been scaled and brought to the size of the image."""

import cv2
import numpy as np

from core.errors import ShapeError
from core.images.pixels import RgbPixels
from core.render.boxes import marked
from core.render.colormaps import DIVERGING, ColormapName, colour_table
from core.render.levels import is_signed, levels_of
from core.render.maps import GreyPixels, ScaledMap
from core.render.outline import outlined
from core.render.shares import WHOLE, as_rgb, part_of

LINE_PER_SIDE = 1 / 250
"""Width of a contour, as a part of the image's shorter side; one pixel at least."""
PAPER_WHITE = 255.0
PALENESS = 0.5
"""How far an image is brought to white under colours of both signs."""


def heatmap_picture(map01: ScaledMap) -> GreyPixels:
    """Draw a map in grey.

    Args:
        map01: [H, W] float32 in 0..1, or in -1..1 with both polarities.

    Returns:
        [H, W] uint8. Black is 0 and white is 1; if any value is negative, mid-grey, 128, is 0.
    """
    return levels_of(map01, is_centred=is_signed(map01))


def overlay_picture(
    pixels: RgbPixels, map01: ScaledMap, *, colormap: ColormapName, opacity: float
) -> RgbPixels:
    """Lay a map over its image, in colours.

    Args:
        pixels: [H, W, 3] uint8, the image.
        map01: [H, W] float32 in 0..1, or in -1..1 with both polarities. Zero is the middle of
            the colours if they are diverging or if any value is negative, else their beginning.
        colormap: the colours.
        opacity: in 0..1, of the colours over the image. Where zero is the middle, the colours
            fade towards zero (with the root of |value| times opacity), over the image in light
            grey: on a photograph's own colours, fine marks of two colours would be lost.

    Returns:
        [H, W, 3] uint8.

    Raises:
        ShapeError: the map has not the size of the image.
    """
    _check_size(pixels, map01)
    is_centred = colormap in DIVERGING or is_signed(map01)
    levels = levels_of(map01, is_centred=is_centred)
    # OpenCV takes any table of 256 colours; the order of the channels is not its business.
    table = colour_table(colormap)[:, np.newaxis]
    colours = np.asarray(cv2.applyColorMap(levels, table), np.uint8)
    if not is_centred:
        return np.asarray(cv2.addWeighted(pixels, 1 - opacity, colours, opacity, 0), np.uint8)
    strength = np.sqrt(np.abs(map01) * np.float32(opacity))
    share = np.asarray(cv2.convertScaleAbs(strength, alpha=WHOLE), np.uint8)
    paper = as_rgb(part_of(paled(pixels), WHOLE - share))
    return np.asarray(cv2.add(part_of(colours, share), paper), np.uint8)


def paled(pixels: RgbPixels) -> GreyPixels:
    """Give an image in light grey, [H, W]: paper on which both colours stand out."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    pale = cv2.convertScaleAbs(grey, alpha=1 - PALENESS, beta=PAPER_WHITE * PALENESS)
    return np.asarray(pale, np.uint8)


def contour_picture(pixels: RgbPixels, map01: ScaledMap, *, threshold: float) -> RgbPixels:
    """Draw lines around what a map marks: white, edged in black, to be seen on any image.

    Args:
        pixels: [H, W, 3] uint8, the image; it is not drawn into.
        map01: [H, W] float32.
        threshold: in 0..1; marked is what reaches this part of the map's largest value.

    Returns:
        [H, W, 3] uint8; the image alone where the map has no positive value.

    Raises:
        ShapeError: the map has not the size of the image.
    """
    _check_size(pixels, map01)
    region = marked(map01, threshold=threshold)
    width = max(1, round(min(region.shape) * LINE_PER_SIDE))
    return outlined(pixels, region, width_pixels=width)


def _check_size(pixels: RgbPixels, map01: ScaledMap) -> None:
    """Refuse a map of another size than the image.

    Raises:
        ShapeError: see above.
    """
    if map01.shape != pixels.shape[:2]:
        raise ShapeError("map", pixels.shape[:2], map01.shape)
