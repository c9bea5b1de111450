"""From the image sent to the size that a network takes."""

import numpy as np
from PIL import Image

from core.images.pixels import RgbPixels


def resize_image(pixels: RgbPixels, *, width: int, height: int) -> RgbPixels:
    """Stretch an image to a size; shrinking averages over all pixels, so that nothing aliases.

    Bilinear with antialiasing as Pillow does it: a triangle filter as wide as two pixels of the
    smaller of the two images.

    Args:
        pixels: [H, W, 3] uint8.
        width: of the result, in pixels; the aspect ratio is not kept.
        height: of the result, in pixels.

    Returns:
        [height, width, 3] uint8; the image itself, not a copy, where it has that size.
    """
    if pixels.shape[:2] == (height, width):
        return pixels
    image = Image.fromarray(pixels)
    return np.array(image.resize((width, height), Image.Resampling.BILINEAR))
