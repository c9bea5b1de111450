"""What is encoded is what every decoder reads back."""

import io

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from core.errors import ImageTooLargeError, ShapeError
from core.images.decode import decode_image
from core.render.encode import WEBP_MAX_SIDE_PIXELS, encode_png, encode_webp

sides = st.integers(1, 40)
grey = arrays(np.uint8, st.tuples(sides, sides))
colour = arrays(np.uint8, st.tuples(sides, sides, st.just(3)))


def smooth(height=64, width=48):
    rows, columns = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    return (np.stack([rows, columns, 1 - rows], axis=-1) * 255).astype(np.uint8)


@settings(max_examples=50, deadline=None)
@given(pixels=st.one_of(grey, colour))
def test_pillow_reads_a_png_back_exactly(pixels):
    image = Image.open(io.BytesIO(encode_png(pixels)), formats=["PNG"])

    assert image.mode == ("L" if pixels.ndim == 2 else "RGB")
    np.testing.assert_array_equal(np.asarray(image), pixels)


@settings(max_examples=50, deadline=None)
@given(pixels=st.one_of(grey, colour))
def test_opencv_reads_a_png_back_exactly(pixels):
    data = np.frombuffer(encode_png(pixels), np.uint8)

    read = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)

    np.testing.assert_array_equal(read, pixels if pixels.ndim == 2 else pixels[..., ::-1])


def test_every_checksum_of_a_png_is_right():
    Image.open(io.BytesIO(encode_png(smooth()))).verify()


def test_parts_of_larger_arrays_are_encoded_as_they_are_seen():
    seen = smooth()[3:40:2, ::-3]

    np.testing.assert_array_equal(decode_image(encode_png(seen), max_pixels=10_000), seen)


def test_a_smooth_picture_takes_a_small_part_of_its_bytes():
    assert len(encode_png(smooth())) < smooth().size / 10


@pytest.mark.parametrize("pixels", [smooth(), smooth()[..., 0]], ids=["colour", "grey"])
def test_webp_comes_back_as_nearly_the_same_picture(pixels):
    read = decode_image(encode_webp(pixels, quality=95), max_pixels=10_000)

    expected = pixels if pixels.ndim == 3 else pixels[..., np.newaxis]
    assert np.abs(read.astype(int) - expected).mean() < 4


def test_a_lower_quality_takes_fewer_bytes():
    noisy = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)

    assert len(encode_webp(noisy, quality=10)) < len(encode_webp(noisy, quality=90)) / 2


def test_a_picture_longer_than_webp_can_say_is_refused():
    long = np.zeros((1, WEBP_MAX_SIDE_PIXELS + 1, 3), np.uint8)

    with pytest.raises(ImageTooLargeError, match="along one side"):
        encode_webp(long, quality=50)


@pytest.mark.parametrize("shape", [(0, 3), (4, 0, 3), (4, 4, 5), (4, 4, 1), (5,), (1, 2, 2, 3)])
def test_what_is_no_picture_is_refused(shape):
    with pytest.raises(ShapeError):
        encode_png(np.zeros(shape, np.uint8))
    with pytest.raises(ShapeError):
        encode_webp(np.zeros(shape, np.uint8), quality=50)


def test_opacity_is_kept_in_a_png_and_refused_for_a_lossy_webp():
    pixels = np.arange(4 * 5 * 4, dtype=np.uint8).reshape(4, 5, 4)

    with Image.open(io.BytesIO(encode_png(pixels))) as picture:
        assert picture.mode == "RGBA"
        np.testing.assert_array_equal(np.array(picture), pixels)
    with pytest.raises(ShapeError):
        encode_webp(pixels, quality=50)
