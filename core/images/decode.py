"""From the bytes that somebody sent to RGB pixels, or to a refusal that tells them what to do.

The bytes are hostile until proven otherwise: the size is read from the header before anything
is decompressed, and whatever a decoder does with the rest, the caller sees one of two errors.
Colour profiles are not applied: networks are trained on the numbers that the files hold.
"""

from io import BytesIO

import numpy as np
from PIL.ImageFile import ImageFile

from core.errors import ImageTooLargeError, ImageUndecodableError
from core.images.flatten import flatten
from core.images.formats import TAKEN, mistake_in, reader_of
from core.images.orientation import upright
from core.images.pixels import RgbPixels

MAX_SIDE_PIXELS = 65_535
"""Longest side taken: the most that a JPEG can have."""
START_OF_SCAN = b"\xff\xda"
"""A JPEG's marker of one pass over the whole image; no coded pixels look like it."""
MAX_JPEG_SCANS = 100
"""Progressive files have about ten. Thirty bytes can order one that takes milliseconds."""


def decode_image(data: bytes, *, max_pixels: int) -> RgbPixels:
    """Decode, orient and flatten an image of any of the formats that are read.

    Formats: JPEG, PNG, WebP, BMP, GIF and TIFF; of several frames or pages the first. EXIF
    orientation is applied, transparency is laid on white, every colour mode becomes RGB (see
    `core.images.flatten`). A file that ends too early is refused, never half decoded.

    Args:
        data: the whole file.
        max_pixels: most pixels taken, width times height, whatever the size of the file.

    Returns:
        [H, W, 3] uint8, upright. Safe to call from several threads at once.

    Raises:
        ImageTooLargeError: more pixels than `max_pixels`, or a side of more than 65,535; told
            from the header, so that nothing is decompressed.
        ImageUndecodableError: anything else that is wrong with the bytes.
    """
    try:
        return _upright_pixels(_opened(data, max_pixels))
    except (ImageTooLargeError, ImageUndecodableError):
        raise
    # Decoders answer hostile bytes with exceptions of every kind, and none of them is a fault
    # of ours: an exception that got through here would be a 500 that anybody can order.
    except Exception as error:
        name = (reader_of(data) or ("image",))[0]
        raise _refusal(f"its {name} data are damaged, cut off or of an unusual kind") from error


def _opened(data: bytes, max_pixels: int) -> ImageFile:
    """Read the header and judge it."""
    found = reader_of(data)
    if found is None:
        raise _refusal(mistake_in(data))
    name, reader = found
    if name == "JPEG" and data.count(START_OF_SCAN) > MAX_JPEG_SCANS:
        raise _refusal(f"it is a JPEG of more than {MAX_JPEG_SCANS} scans")
    image = reader(BytesIO(data))
    width, height = image.size
    if width * height > max_pixels:
        raise ImageTooLargeError("pixels", width * height, max_pixels)
    if max(width, height) > MAX_SIDE_PIXELS:
        raise ImageTooLargeError("pixels along one side", max(width, height), MAX_SIDE_PIXELS)
    return image


def _upright_pixels(image: ImageFile) -> RgbPixels:
    """Decompress the pixels and turn them as the camera was held."""
    image.load()
    return np.array(upright(flatten(image), as_in=image))


def _refusal(fault: str) -> ImageUndecodableError:
    """Say what is wrong and what to do about it."""
    return ImageUndecodableError(f"{fault}; send a whole {TAKEN} file")
