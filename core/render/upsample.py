"""Layers see coarsely: this brings their maps to the size of the image, in the right place."""

import cv2
import numpy as np

from core.render.maps import ScaledMap

COARSE_ROWS = 12
"""Up to as many rows, OpenCV takes up to four times as long as weighted sums of the rows do."""


def upsample_map(map01: ScaledMap, *, width: int, height: int) -> ScaledMap:
    """Stretch a map over an image, smoothly.

    Bicubic (a = -0.75), with the centres of pixels aligned: the centre of cell i of h lies
    (i + 1/2) H / h rows down, so that a region lies over what the layer saw there. Along a side
    that is shorter than the map's, areas are averaged instead.

    Args:
        map01: [h, w] float32 of any range.
        width: W of the image, in pixels.
        height: H of the image, in pixels.

    Returns:
        [H, W] float32 within the range of the map: where the cubic overshoots, it is cut.
    """
    rows, columns = map01.shape
    shrunk = (min(width, columns), min(height, rows))
    averaged = cv2.resize(map01, shrunk, interpolation=cv2.INTER_AREA)
    smooth = _enlarged(np.asarray(averaged, np.float32), width=width, height=height)
    return np.clip(smooth, map01.min(), map01.max())


def _enlarged(map01: ScaledMap, *, width: int, height: int) -> ScaledMap:
    """Stretch [h, w] to [H, W] by bicubic interpolation, which is linear in the rows."""
    rows = len(map01)
    if rows > COARSE_ROWS:
        smooth = cv2.resize(map01, (width, height), interpolation=cv2.INTER_CUBIC)
        return np.asarray(smooth, np.float32)
    wide = cv2.resize(map01, (width, rows), interpolation=cv2.INTER_CUBIC)
    one_row_each = np.eye(rows, dtype=np.float32)
    weights = cv2.resize(one_row_each, (rows, height), interpolation=cv2.INTER_CUBIC)
    # Not a matrix product: for that NumPy wakes threads, which cost more than the product.
    return np.asarray(np.einsum("Hh,hW->HW", weights, wide), np.float32)
