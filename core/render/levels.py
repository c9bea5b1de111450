"""From a scaled map to the 256 levels of a grey picture or a colour table."""

import cv2
import numpy as np

from core.render.maps import GreyPixels, ScaledMap

LEVELS = 256


def levels_of(map01: ScaledMap, *, is_centred: bool) -> GreyPixels:
    """Bring a map to whole levels, rounded.

    Args:
        map01: [H, W] float32 in 0..1 or -1..1.
        is_centred: whether zero is the middle level, 128, or the lowest.

    Returns:
        [H, W] uint8: 0..1 becomes 0..255; centred, -1..1 becomes 1..255.
    """
    largest = LEVELS // 2 - 1 if is_centred else LEVELS - 1
    middle = LEVELS // 2 if is_centred else 0
    scaled = cv2.convertScaleAbs(map01, alpha=largest, beta=middle)
    return np.asarray(scaled, np.uint8)


def is_signed(map01: ScaledMap) -> bool:
    """Whether a map holds evidence against the class, so that zero has to be in the middle."""
    return bool(map01.size) and float(map01.min()) < 0
