"""A found object, drawn into its image."""

import cv2
import numpy as np

from core.images.pixels import RgbPixels
from core.localize.graphcut import Localization

SHADE = 0.35
"""What is left of the surroundings' brightness."""
LINE_PER_SIDE = 1 / 150
"""Width of the box, as a part of the image's shorter side; one pixel at least."""
BOX_COLOUR, EDGE_COLOUR = (255, 220, 0), (0, 0, 0)


def localization_picture(pixels: RgbPixels, found: Localization) -> RgbPixels:
    """Darken what is around an object and draw its box, yellow and edged in black.

    Args:
        pixels: [H, W, 3] uint8, the image; it is not drawn into.
        found: the object, in pixels of that image.

    Returns:
        [H, W, 3] uint8.
    """
    picture = np.where(found.mask[..., np.newaxis] > 0, pixels, _darkened(pixels))
    width = max(1, round(min(pixels.shape[:2]) * LINE_PER_SIDE))
    first = found.box.x, found.box.y
    last = found.box.x + found.box.width - 1, found.box.y + found.box.height - 1
    cv2.rectangle(picture, first, last, EDGE_COLOUR, width + 2)
    cv2.rectangle(picture, first, last, BOX_COLOUR, width)
    return picture


def _darkened(pixels: RgbPixels) -> RgbPixels:
    """Take away brightness: [H, W, 3] uint8."""
    return np.asarray(cv2.convertScaleAbs(pixels, alpha=SHADE), np.uint8)
