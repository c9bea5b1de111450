"""Mixing pictures in whole numbers, which takes half the time that fractions take."""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.images.pixels import RgbPixels
from core.render.maps import GreyPixels

WHOLE = 255
"""A share of one."""


def part_of(picture: NDArray[np.uint8], share: GreyPixels) -> NDArray[np.uint8]:
    """Weaken a picture towards black.

    Args:
        picture: [H, W] or [H, W, 3] uint8.
        share: [H, W] uint8; what is left of each pixel, in parts of 255.

    Returns:
        The same shape, uint8, rounded; where the share is 255, the picture itself.
    """
    shares = share if picture.ndim == share.ndim else as_rgb(share)
    return np.asarray(cv2.multiply(picture, shares, scale=1 / WHOLE), np.uint8)


def as_rgb(grey: GreyPixels) -> RgbPixels:
    """Repeat [H, W] uint8 in three channels: [H, W, 3]."""
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
