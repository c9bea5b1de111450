"""From a photograph's file to the square of pixels that a network sees.

The service stretches every image to the model's input, so evaluation does too, and the
random crops for training are shaped relative to the photograph, not to the square.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from training.errors import DamagedImageError

Pixels = NDArray[np.uint8]
"""[H, W, 3] or [B, H, W, 3], RGB, 0 to 255."""


@dataclass(frozen=True)
class CropRange:
    """How far a random crop may differ from the whole photograph."""

    smallest_area: float
    """Least share of the photograph's area, between 0 and 1."""
    widest_aspect: float
    """Greatest stretch of the crop relative to the photograph, 1 for none; and its inverse."""


def photograph(path: Path) -> Image.Image:
    """Decode a file upright, in RGB; transparency is laid over white.

    Raises:
        DamagedImageError: the pixels cannot be read.
    """
    try:
        with Image.open(path) as opened:
            upright = ImageOps.exif_transpose(opened)
            if upright.has_transparency_data:
                layer = upright.convert("RGBA")
                upright = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
            return upright.convert("RGB")
    except (OSError, SyntaxError, ValueError) as fault:  # what Pillow's readers raise
        raise DamagedImageError(path, str(fault)) from fault


def stretched(image: Image.Image, size: tuple[int, int]) -> Pixels:
    """Resize the whole photograph to (height, width), bilinear with antialias.

    Returns:
        [height, width, 3] uint8; the aspect of the photograph is not kept.
    """
    height, width = size
    return np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))


def random_crop(
    image: Image.Image,
    size: tuple[int, int],
    *,
    crops: CropRange,
    generator: np.random.Generator,
) -> Pixels:
    """Stretch a random part of the photograph to (height, width), mirrored half the time.

    Four numbers are drawn whatever the outcome, so that a crop depends on the generator's
    state and the photograph only.

    Returns:
        [height, width, 3] uint8.
    """
    area = generator.uniform(crops.smallest_area, 1.0)
    aspect = math.exp(generator.uniform(-1.0, 1.0) * math.log(crops.widest_aspect))
    width = image.width * min(1.0, math.sqrt(area * aspect))
    height = image.height * min(1.0, math.sqrt(area / aspect))
    left = generator.uniform(0.0, 1.0) * (image.width - width)
    top = generator.uniform(0.0, 1.0) * (image.height - height)
    box = (left, top, left + width, top + height)
    resized = image.resize((size[1], size[0]), Image.Resampling.BILINEAR, box=box)
    if generator.integers(2):
        resized = ImageOps.mirror(resized)
    return np.asarray(resized)
