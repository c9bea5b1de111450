"""Whatever a person calls an image, as a file that can be sent."""

from collections.abc import Sequence
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vitrine.client.errors import ImageUnreadableError

ImageLike: TypeAlias = str | PathLike[str] | bytes | Image.Image | NDArray[Any]
"""A file's path, the bytes of one, a Pillow image, or uint8 pixels [H, W, 3] or [H, W]."""

FilePart: TypeAlias = tuple[str, tuple[str, bytes | BinaryIO]]
"""Of a multipart form: the part's name, the file's name and content."""

PART = "image"
GREY_AXES, COLOUR_AXES, COLOURS = 2, 3, 3


def file_of(image: ImageLike) -> bytes:
    """Give the bytes of an image file.

    Pillow images and pixels are written as PNG, without loss; other files go as they are.

    Raises:
        ImageUnreadableError: there is no such file, or it is no image by its type.
    """
    if isinstance(image, bytes):
        return image
    if isinstance(image, Image.Image):
        return _png(image)
    if isinstance(image, np.ndarray):
        return _png(_picture(image))
    try:
        return Path(image).read_bytes()
    except OSError as error:
        raise ImageUnreadableError(f"{image}: {error.strerror}") from error
    except TypeError as error:
        kind = type(image).__name__
        raise ImageUnreadableError(
            f"an image is a path, bytes, a Pillow image or an array; not a {kind}"
        ) from error


def parts_of(images: Sequence[ImageLike]) -> list[FilePart]:
    """Put images into the parts of a form.

    Raises:
        ImageUnreadableError: one of them is no image.
    """
    return [(PART, (_name(image), file_of(image))) for image in images]


def _name(image: ImageLike) -> str:
    """Name the file; services look at its content."""
    return Path(image).name if isinstance(image, str | PathLike) else PART


def _picture(pixels: NDArray[Any]) -> Image.Image:
    """Take pixels for what they are.

    Raises:
        ImageUnreadableError: their type or shape leaves open what they mean.
    """
    is_grey = pixels.ndim == GREY_AXES
    is_colour = pixels.ndim == COLOUR_AXES and pixels.shape[2] == COLOURS
    if pixels.dtype != np.uint8 or not (is_grey or is_colour) or not pixels.size:
        raise ImageUnreadableError(
            f"pixels are uint8 [height, width, 3] or [height, width], from 0 to 255; "
            f"not {pixels.dtype} {list(pixels.shape)}"
        )
    return Image.fromarray(pixels)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    try:
        image.save(file, "PNG", compress_level=1)
    except (OSError, ValueError) as error:
        raise ImageUnreadableError(f"a Pillow image of mode {image.mode}: {error}") from error
    return file.getvalue()
