"""Images that show nothing: what attribution starts from and what covers hidden parts."""

import cv2
import numpy as np
from jaxtyping import UInt8

WHITE = 255
GREY = 128
BLUR_PER_SIDE = 1 / 10
"""Standard deviation of the blur, as a part of the longer side: no object survives it."""

PixelArray = UInt8[np.ndarray, "B H W 3"]


def baseline_pixels(pixels: PixelArray, *, kind: str) -> PixelArray:
    """Make the image that shows nothing, for each image of a batch by itself.

    Args:
        pixels: [B, H, W, 3] uint8, RGB.
        kind: "black", "white", "grey", "mean" (the image's mean colour) or "blurred".

    Returns:
        [B, H, W, 3] uint8.
    """
    match kind:
        case "black":
            return np.zeros_like(pixels)
        case "white":
            return np.full_like(pixels, WHITE)
        case "grey":
            return np.full_like(pixels, GREY)
        case "mean":
            means = pixels.mean(axis=(1, 2), keepdims=True).round().astype(np.uint8)
            return np.broadcast_to(means, pixels.shape).copy()
    sigma = max(pixels.shape[1:3]) * BLUR_PER_SIDE
    return np.stack([cv2.GaussianBlur(image, (0, 0), sigma) for image in pixels])
