"""Lines along the border of a region, drawn in the same time whatever its shape.

Strokes from point to point take as long as the border does: for a fine map, twenty times as
long as for a coarse one. Here each pixel is coloured by its distance from the border instead.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.images.pixels import RgbPixels
from core.render.maps import GreyPixels
from core.render.shares import WHOLE, as_rgb, part_of

NEIGHBOURS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)
"""A pixel of a region is on its border if one of these is outside."""
LEVELS = 256
HALF_PIXEL = 0.5
"""A line covers a pixel wholly if it goes on for so much beyond the pixel's middle."""


def outlined(pixels: RgbPixels, region: GreyPixels, *, width_pixels: int) -> RgbPixels:
    """Draw white lines, edged in black, along the border of a region, also around its holes.

    Args:
        pixels: [H, W, 3] uint8, at least one pixel; not drawn into.
        region: [H, W] uint8, 1 inside and 0 outside. The middle of the lines lies on the
            outermost pixels inside; the image's border ends the region, too.
        width_pixels: w, at least 1: the white is w + 1 pixels wide, and on both sides there
            are w + 1/2 pixels of black.

    Returns:
        [H, W, 3] uint8; pixels that no line touches are as they were.
    """
    if not region.any():
        return pixels.copy()
    inner = cv2.erode(region, NEIGHBOURS, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    is_off_border = 1 - (region - np.asarray(inner, np.uint8))
    distances = cv2.distanceTransform(is_off_border, cv2.DIST_L2, cv2.DIST_MASK_5)
    white_reach = (width_pixels + 1) / 2
    black_reach = white_reach + width_pixels + HALF_PIXEL
    farthest = black_reach + HALF_PIXEL
    levels = cv2.convertScaleAbs(distances, alpha=(LEVELS - 1) / farthest)
    unpainted = WHOLE - _coverage(black_reach, farthest=farthest)
    white = cv2.LUT(levels, _coverage(white_reach, farthest=farthest))
    seen = part_of(pixels, np.asarray(cv2.LUT(levels, unpainted), np.uint8))
    return np.asarray(cv2.add(seen, as_rgb(np.asarray(white, np.uint8))), np.uint8)


def _coverage(reach: float, *, farthest: float) -> NDArray[np.uint8]:
    """Tell how much of a pixel a line covers, by its distance from the line's middle.

    Args:
        reach: half the width of the line, in pixels.
        farthest: the distance of the last level, in pixels; that of the first is 0.

    Returns:
        [256] uint8: the share for each level of distance, in parts of 255.
    """
    distances = np.linspace(0, farthest, LEVELS)
    covered = np.clip(reach + HALF_PIXEL - distances, 0, 1)
    return np.rint(WHOLE * covered).astype(np.uint8)
