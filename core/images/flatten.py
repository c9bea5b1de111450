"""Every colour mode that a file can have, brought to 8-bit RGB without transparency."""

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, fromarray, new

LARGEST_8_BIT = 255
LARGEST_16_BIT = 65_535
DEEP_MODES = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N", "F"})
"""Pillow's modes of one channel with more than 8 bits; its own conversion would clip them."""
WHITE = (255, 255, 255, 255)


def flatten(image: Image) -> Image:
    """Bring an image to RGB.

    Transparency (an alpha channel, or a transparent palette entry or colour) is laid on white.
    Grey, 1-bit, palette, CMYK, YCbCr and LAB become RGB; deeper grey is scaled by `to_8_bits`.

    Args:
        image: of any of Pillow's modes, its pixels read.

    Returns:
        An image of mode RGB and the same size; itself, not a copy, where it is one already.

    Raises:
        ValueError: a mode that Pillow cannot convert.
    """
    if image.mode in DEEP_MODES:
        grey = to_8_bits(np.asarray(image), is_16_bit=image.mode != "F")
        return fromarray(grey).convert("RGB")
    if image.has_transparency_data:
        paper = new("RGBA", image.size, WHITE)
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def to_8_bits(values: NDArray[np.generic], *, is_16_bit: bool) -> NDArray[np.uint8]:
    """Scale grey values of any depth to 0..255 so that none is clipped.

    Args:
        values: [H, W] of any number type. What is no number counts as black.
        is_16_bit: whether white is 65,535 (files of whole numbers) or, for files of fractions,
            1 if all of them lie in 0..1 and 255 if all lie in 0..255.

    Returns:
        [H, W] uint8. Values outside of that range have no agreed white: the darkest then
        becomes black and the brightest white.
    """
    grey = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    darkest, brightest = float(grey.min()), float(grey.max())
    for white in (LARGEST_16_BIT,) if is_16_bit else (1, LARGEST_8_BIT):
        if darkest >= 0 and brightest <= white:
            return np.asarray(np.rint(grey * (LARGEST_8_BIT / white)), np.uint8)
    # Halved, since the largest difference of two floats is no float.
    contrast = np.float32(brightest / 2 - darkest / 2)
    above_black = (grey / 2 - np.float32(darkest / 2)) / contrast if contrast else 0 * grey
    return np.asarray(np.rint(above_black * LARGEST_8_BIT), np.uint8)
