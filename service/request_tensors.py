"""Reading the image tensor of the Open Inference Protocol, from JSON or from bytes after it."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from api_schemas.open_inference import RequestInput
from core.images.pixels import RgbPixels
from service.errors import TooManyImagesError
from service.json_images import check_shape, file_of, whole_numbers
from service.protocol_bodies import ProtocolBody, wrong

AT = "/inputs/0"
LENGTH_BYTES = 4
"""Before each element of BYTES: its length, little-endian."""
PIXEL_AXES = 4


def images_of(
    tensor: RequestInput, body: ProtocolBody, *, max_images: int, max_pixels: int
) -> Sequence[bytes | RgbPixels]:
    """Read the images of a request.

    Args:
        tensor: what its JSON says.
        body: whose bytes hold the data, where the JSON does not.
        max_images: most taken at once.
        max_pixels: of one image that comes as pixels.

    Returns:
        Image files for BYTES, [H, W, 3] uint8 for UINT8.

    Raises:
        EnvelopeInvalidError: shape, type and data do not go together.
        TooManyImagesError, ImageTooLargeError: more than is taken.
    """
    if tensor.shape[0] > max_images:
        raise TooManyImagesError(tensor.shape[0], max_images)
    binary = _binary_of(tensor, body)
    if tensor.datatype == "BYTES":
        return _files(tensor, binary)
    if len(tensor.shape) != PIXEL_AXES:
        raise wrong(f"{AT}/shape", "UINT8 must be [images, height, width, 3]")
    check_shape(tensor.shape[1:], pointer=f"{AT}/shape", max_pixels=max_pixels)
    return list(_pixels(tensor, binary))


def _binary_of(tensor: RequestInput, body: ProtocolBody) -> memoryview | None:
    """Find the bytes of the tensor; none where its JSON holds the data.

    Raises:
        EnvelopeInvalidError: there are both, neither, or another number of bytes than said.
    """
    size = tensor.parameters and tensor.parameters.binary_data_size
    if (size is None) == (tensor.data is None):
        raise wrong(f"{AT}/data", "either `data` or the parameter `binary_data_size` is needed")
    if len(body.binary) != (size or 0):
        detail = f"{size or 0} bytes are said to follow the JSON; {len(body.binary)} do"
        raise wrong(f"{AT}/parameters/binary_data_size", detail)
    return None if size is None else body.binary


def _pixels(tensor: RequestInput, binary: memoryview | None) -> NDArray[np.uint8]:
    """Read [N, H, W, 3].

    Raises:
        EnvelopeInvalidError: the data are of another shape, or no pixels.
    """
    if binary is not None:
        numbers: NDArray[np.uint8] = np.frombuffer(binary, np.uint8)
    else:
        numbers = whole_numbers(tensor.data, pointer=f"{AT}/data")
    shape = tuple(tensor.shape)
    if numbers.shape not in (shape, (math.prod(shape),)):
        raise wrong(f"{AT}/data", f"has shape {list(numbers.shape)}, not {list(shape)}")
    return numbers.reshape(shape)


def _files(tensor: RequestInput, binary: memoryview | None) -> list[bytes]:
    """Read [N] image files.

    Raises:
        EnvelopeInvalidError: they are not so many, or no base64 in JSON.
    """
    if len(tensor.shape) != 1:
        raise wrong(f"{AT}/shape", "BYTES must be [images]")
    if binary is not None:
        files = _elements(binary)
    else:
        texts = tensor.data if isinstance(tensor.data, list) else [None]
        files = [file_of(text, pointer=f"{AT}/data/{at}") for at, text in enumerate(texts)]
    if len(files) != tensor.shape[0]:
        raise wrong(f"{AT}/data", f"holds {len(files)} elements, not {tensor.shape[0]}")
    return files


def _elements(binary: memoryview) -> list[bytes]:
    """Take BYTES apart: each element is led by its length.

    Raises:
        EnvelopeInvalidError: a length leads beyond the end.
    """
    elements, start = [], 0
    while start < len(binary):
        begin = start + LENGTH_BYTES
        end = begin + int.from_bytes(binary[start:begin], "little")
        if begin > len(binary) or end > len(binary):
            raise wrong(f"{AT}/data", "an element of BYTES ends beyond the tensor")
        elements.append(bytes(binary[begin:end]))
        start = end
    return elements
