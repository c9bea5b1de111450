"""An image sent, decoded, with the digests that it is known by."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np

from api_schemas.predictions import ImageSize
from core.images.pixels import RgbPixels


@dataclass(frozen=True)
class DecodedImage:
    """An image sent, and what the network will see of it."""

    size: ImageSize
    """Of the image sent."""
    sent: bytes | RgbPixels
    """The file, or pixels that came as numbers."""
    model_pixels: RgbPixels
    """[h, w, 3] uint8, in the size of the model's input."""
    read_pixels: Callable[[], RgbPixels]
    """Gives [H, W, 3] uint8, in the size sent; may take as long as decoding them did."""

    @cached_property
    def model_digest(self) -> bytes:
        """SHA-256 of what the network will see."""
        return sha256(np.ascontiguousarray(self.model_pixels).data).digest()

    @cached_property
    def sent_digest(self) -> str:
        """SHA-256 of what was sent, in hexadecimal digits; takes a millisecond a megabyte."""
        if isinstance(self.sent, bytes):
            return sha256(self.sent).hexdigest()
        return pixels_digest(self.sent)


def pixels_digest(pixels: RgbPixels) -> str:
    """Give the SHA-256 of pixels, row by row, in hexadecimal digits."""
    return sha256(np.ascontiguousarray(pixels).data).hexdigest()
