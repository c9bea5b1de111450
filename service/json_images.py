"""Images inside JSON, as numbers or as base64: checked, never guessed at."""

import base64
import binascii
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import ImageTooLargeError
from core.images.decode import MAX_SIDE_PIXELS
from core.images.pixels import RgbPixels
from service.protocol_bodies import wrong

LARGEST = 255
COLOURS, AXES = 3, 3
INTEGERS = "iu"
WHAT_IS_TAKEN = "pixels are whole numbers from 0 to 255"


def whole_numbers(nested: object, *, pointer: str) -> NDArray[np.uint8]:
    """Read nested lists of numbers as bytes.

    Args:
        nested: of any depth; 3.0 counts as whole, 0.5 does not.
        pointer: where in the request they stand.

    Returns:
        uint8, in the shape of the nesting.

    Raises:
        EnvelopeInvalidError: they are ragged, no numbers, not whole, or outside 0..255.
    """
    try:
        numbers = np.asarray(nested)
    except (ValueError, OverflowError) as error:
        raise wrong(pointer, "the lists are not all of one length") from error
    is_whole = numbers.dtype.kind in INTEGERS or (
        numbers.dtype.kind == "f" and bool((numbers == np.trunc(numbers)).all())
    )
    if not is_whole or not numbers.size or numbers.min() < 0 or numbers.max() > LARGEST:
        raise wrong(pointer, f"{WHAT_IS_TAKEN}; those of 0 to 1 have to be scaled")
    return numbers.astype(np.uint8)


def image_of(nested: object, *, pointer: str, max_pixels: int) -> RgbPixels:
    """Read [height][width][3] nested lists as an image.

    Raises:
        EnvelopeInvalidError: they are no such lists, or no such numbers.
        ImageTooLargeError: more pixels than allowed.
    """
    pixels = whole_numbers(nested, pointer=pointer)
    check_shape(pixels.shape, pointer=pointer, max_pixels=max_pixels)
    return pixels


def check_shape(shape: Sequence[int], *, pointer: str, max_pixels: int) -> None:
    """Refuse what is not [height, width, 3], or is too large.

    Raises:
        EnvelopeInvalidError, ImageTooLargeError: it is.
    """
    if len(shape) != AXES or shape[2] != COLOURS:
        raise wrong(pointer, f"an image is [height, width, 3], this is {list(shape)}")
    height, width = shape[:2]
    if height * width > max_pixels:
        raise ImageTooLargeError("pixels", height * width, max_pixels)
    if max(height, width) > MAX_SIDE_PIXELS:
        raise ImageTooLargeError("pixels along one side", max(height, width), MAX_SIDE_PIXELS)


def file_of(encoded: object, *, pointer: str) -> bytes:
    """Undo base64.

    Raises:
        EnvelopeInvalidError: it is none.
    """
    if not isinstance(encoded, str):
        raise wrong(pointer, "is no text")
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise wrong(pointer, "is not base64") from error
