"""What the front does with an image, and with an archive, that somebody sent."""

import io
from collections.abc import Callable

import numpy as np

from core.errors import ImageError
from core.images.decode import decode_image
from core.images.resize import resize_image
from storage.archive import members_of
from storage.archive_rules import ArchiveLimits
from storage.errors import ArchiveError

MAX_PIXELS = 4_000_000
"""Of an image. Damaged headers ask for anything up to this, and for more."""
MAX_BYTES = 20_000_000
"""Of an archive, unpacked."""
LIMITS = ArchiveLimits(max_members=500, max_bytes=MAX_BYTES)
MODEL_SIDE = 32


class WrongResultError(Exception):
    """A decoder gave something that it never may."""


def decode_one(content: bytes) -> str:
    """Decode an image as requests do; how it ended.

    Raises:
        WrongResultError: with anything but RGB pixels within the limit.
    """
    try:
        pixels = decode_image(content, max_pixels=MAX_PIXELS)
    except ImageError as refused:
        return type(refused).__name__
    height, width, colours = pixels.shape
    if pixels.dtype != np.uint8 or colours != 3 or not 0 < height * width <= MAX_PIXELS:
        raise WrongResultError(f"{pixels.dtype} {pixels.shape}")
    resize_image(pixels, width=MODEL_SIDE, height=MODEL_SIDE)
    return "decoded"


def unpack_one(content: bytes) -> str:
    """Read every member of an archive as uploads do, decoding each; how it ended.

    Raises:
        WrongResultError: a member leads elsewhere, or is of another size than it says.
    """
    unpacked = 0
    try:
        for member in members_of(io.BytesIO(content), LIMITS):
            if member.path.startswith("/") or ".." in member.path.split("/"):
                raise WrongResultError(member.path)
            inside = b"".join(member.chunks)
            unpacked += len(inside)
            if len(inside) != member.size or unpacked > MAX_BYTES:
                raise WrongResultError(f"{member}: {unpacked} bytes so far")
            decode_one(inside)
    except ArchiveError as refused:
        return type(refused).__name__
    return "unpacked"


EATERS: dict[str, Callable[[bytes], str]] = {"image": decode_one, "archive": unpack_one}
"""By kind of input."""
OUTCOMES = {
    "image": {"decoded", "ImageUndecodableError", "ImageTooLargeError"},
    "archive": {"unpacked", "ArchiveUndecodableError", "ArchiveUnsafeError"},
}
"""All that may come of an input."""
