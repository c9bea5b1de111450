"""However the camera was held, the image comes out upright."""

import io

import numpy as np
import pytest
from PIL import Image

from core.images.decode import decode_image
from core.images.orientation import ORIENTATION_TAG, upright
from tests.core.images.files import file_of, noise, png_chunk

UPRIGHT = noise(6, 4)
"""Taller than wide, so that a missing quarter turn shows."""

STORED = {
    1: UPRIGHT,
    2: UPRIGHT[:, ::-1],
    3: UPRIGHT[::-1, ::-1],
    4: UPRIGHT[::-1],
    5: UPRIGHT.transpose(1, 0, 2),
    6: UPRIGHT[:, ::-1].transpose(1, 0, 2),
    7: UPRIGHT[::-1, ::-1].transpose(1, 0, 2),
    8: UPRIGHT[::-1].transpose(1, 0, 2),
}
"""What the sensor stored, by EXIF's definition: its row 0 and column 0 are, for 1 top and left,
2 top and right, 3 bottom and right, 4 bottom and left, 5 left and top, 6 right and top, 7 right
and bottom, 8 left and bottom of the scene."""


def exif_of(orientation):
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    return exif


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["PNG", "lossless-webp", "TIFF"])
def test_each_way_to_hold_a_camera_is_undone(kind, orientation):
    stored = Image.fromarray(np.ascontiguousarray(STORED[orientation]))

    pixels = decode_image(file_of(stored, kind, exif=exif_of(orientation)), max_pixels=100)

    np.testing.assert_array_equal(pixels, UPRIGHT)


@pytest.mark.parametrize("orientation", STORED)
def test_a_jpeg_is_turned_as_its_stored_pixels_would_be(orientation):
    blocks = np.kron(noise(3, 2), np.ones((16, 16, 1), np.uint8))
    scene = {key: np.ascontiguousarray(_stored(blocks, key)) for key in STORED}

    data = file_of(Image.fromarray(scene[orientation]), "jpeg", exif=exif_of(orientation))
    pixels = decode_image(data, max_pixels=10_000)

    assert np.abs(pixels.astype(int) - blocks).mean() < 3


def _stored(scene, orientation):
    """Store a scene by the same definition as `STORED`."""
    row_flip, column_flip = orientation in (3, 4, 7, 8), orientation in (2, 3, 6, 7)
    flipped = scene[:: -1 if row_flip else 1, :: -1 if column_flip else 1]
    return flipped.transpose(1, 0, 2) if orientation >= 5 else flipped


def test_an_orientation_behind_the_pixels_of_a_png_counts_too():
    data = file_of(Image.fromarray(np.ascontiguousarray(STORED[6])), "PNG")
    exif = png_chunk(b"eXIf", exif_of(6).tobytes().removeprefix(b"Exif\0\0"))
    end = data.rindex(b"IEND") - 4

    pixels = decode_image(data[:end] + exif + data[end:], max_pixels=100)

    np.testing.assert_array_equal(pixels, UPRIGHT)


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation):
    data = file_of(Image.fromarray(UPRIGHT), "PNG", exif=exif_of(orientation))

    np.testing.assert_array_equal(decode_image(data, max_pixels=100), UPRIGHT)


def test_damaged_exif_turns_nothing_and_refuses_nothing():
    file = io.BytesIO()
    Image.fromarray(UPRIGHT).save(file, "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f garbage")

    np.testing.assert_array_equal(decode_image(file.getvalue(), max_pixels=100), UPRIGHT)


def test_an_image_without_exif_is_not_copied():
    image = Image.fromarray(UPRIGHT)

    assert upright(image, as_in=image) is image
