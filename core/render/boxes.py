"""Where a map points, as a rectangle."""

from dataclasses import dataclass

import cv2
import numpy as np

from core.render.maps import GreyPixels, ScaledMap

EIGHT_NEIGHBOURS = 8
"""Pixels that touch at a corner belong together."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the image sent."""

    x: int
    """Left edge."""
    y: int
    """Upper edge."""
    width: int
    height: int


def bounding_box(map01: ScaledMap, *, threshold: float) -> Box | None:
    """Put a box around the largest region that a map marks.

    Args:
        map01: [H, W] float32.
        threshold: in 0..1; marked is what reaches this part of the map's largest value.

    Returns:
        The smallest box around the marked region of the most pixels; none where the map has no
        positive value.
    """
    region = marked(map01, threshold=threshold)
    return box_around(largest_region(region))


def marked(map01: ScaledMap, *, threshold: float) -> GreyPixels:
    """Tell what reaches a part of a map's largest value: [H, W] uint8, 1 for marked, else 0."""
    largest = float(map01.max())
    if not largest > 0:
        return np.zeros(map01.shape, np.uint8)
    is_marked = (map01 >= threshold * largest) & (map01 > 0)
    return np.asarray(is_marked, np.uint8)


def largest_region(region: GreyPixels) -> GreyPixels:
    """Keep the connected part that has the most pixels, the first of them if several have.

    Args:
        region: [H, W] uint8, 0 outside.

    Returns:
        [H, W] uint8, 1 inside; all 0 for an empty region.
    """
    _, parts, sizes, _ = cv2.connectedComponentsWithStats(region, connectivity=EIGHT_NEIGHBOURS)
    areas = sizes[1:, cv2.CC_STAT_AREA]
    if not len(areas):
        return np.zeros_like(region)
    return np.asarray(parts == 1 + int(np.argmax(areas)), np.uint8)


def box_around(region: GreyPixels) -> Box | None:
    """Put the smallest box around what is not 0 in [H, W] uint8; none if nothing is."""
    x, y, width, height = cv2.boundingRect(region)
    return Box(x, y, width, height) if width else None
