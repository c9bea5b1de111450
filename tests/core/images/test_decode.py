"""Whatever the bytes, `decode_image` gives upright RGB pixels or one of two errors."""

import struct
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import ImageTooLargeError, ImageUndecodableError
from core.images.decode import decode_image
from tests.core.images.files import (
    FORMATS,
    file_of,
    gif_that_says,
    noise,
    photograph,
    png_that_says,
)

LIMIT = 1_000_000
LOSSLESS = ["png", "lossless-webp", "bmp", "tiff", "lzw-tiff", "deflate-tiff"]
FILES = {kind: file_of(photograph(), kind) for kind in FORMATS}


def decoded_or_refused(data, max_pixels=LIMIT):
    """Give the pixels, or none for a refusal; any other exception is a failure of the test."""
    try:
        pixels = decode_image(data, max_pixels=max_pixels)
    except (ImageTooLargeError, ImageUndecodableError):
        return None
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 3
    assert pixels.shape[2] == 3
    assert 0 < pixels.shape[0] * pixels.shape[1] <= max_pixels
    return pixels


@pytest.mark.parametrize("kind", LOSSLESS)
def test_a_lossless_file_gives_the_pixels_that_were_written(kind):
    np.testing.assert_array_equal(decode_image(FILES[kind], max_pixels=LIMIT), noise(13, 17))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_nearly_the_colours_that_were_written(kind):
    ramp = np.linspace(0, 255, 32, dtype=np.uint8)
    smooth = np.stack(np.broadcast_arrays(ramp[:, None], ramp[None], np.uint8(128)), axis=-1)

    pixels = decode_image(file_of(Image.fromarray(smooth), kind), max_pixels=LIMIT)

    assert pixels.shape == (32, 32, 3)
    assert np.abs(pixels.astype(int) - smooth).mean() < 12


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_cut_off_anywhere_is_refused_or_still_complete(kind):
    whole = decode_image(FILES[kind], max_pixels=LIMIT)

    for length in range(len(FILES[kind])):
        pixels = decoded_or_refused(FILES[kind][:length])
        assert pixels is None or np.array_equal(pixels, whole)


@pytest.mark.parametrize("kind", ["jpeg", "progressive-jpeg", "png", "webp", "gif", "bmp"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_photograph_cut_off_in_the_middle_is_refused(kind, part):
    data = file_of(photograph(200, 150), kind)

    with pytest.raises(ImageUndecodableError, match="send a whole JPEG, PNG, WebP"):
        decode_image(data[: int(part * len(data))], max_pixels=LIMIT)


@settings(deadline=None)
@given(data=st.binary(max_size=300))
def test_random_bytes_are_refused_in_one_of_two_ways(data):
    assert decoded_or_refused(data) is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    kind=st.sampled_from(sorted(FORMATS)),
    edits=st.lists(
        st.tuples(st.integers(0, 5000), st.binary(max_size=6)), min_size=1, max_size=5
    ),
)
def test_a_damaged_file_is_decoded_or_refused_but_never_breaks(kind, edits):
    data = bytearray(FILES[kind])
    for place, written in edits:
        start = place % len(data)
        data[start : start + len(written)] = written

    decoded_or_refused(bytes(data))


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(sorted(FORMATS)), tail=st.binary(max_size=200))
def test_garbage_behind_a_genuine_beginning_never_breaks(kind, tail):
    for length in (4, 12, 30):
        decoded_or_refused(FILES[kind][:length] + tail)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<?xml version='1.0'?>\n<svg/>", "SVG"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><title>404</title>", "web page"),
        (b"data:image/png;base64,iVBORw0KGgo=", "data URL"),
        (b"iVBORw0KGgoAAAANSUhEUg", "base64"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"%PDF-1.7", "PDF"),
        (b'{"image": 1}', "JSON"),
        (b"PK\x03\x04", "archive"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "no image format"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "no image format"),
        (b"P6 1 1 255 abc", "no image format"),
        (b"nothing at all", "no image format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_what_is_no_image_is_named_and_the_formats_taken_are_listed(data, said):
    with pytest.raises(
        ImageUndecodableError, match=rf"{said}.*JPEG, PNG, WebP, BMP, GIF or TIFF"
    ):
        decode_image(data, max_pixels=LIMIT)


@pytest.mark.parametrize(
    "data",
    [
        png_that_says(10_000, 10_000),
        png_that_says(2**31 - 1, 2**31 - 1),
        gif_that_says(65_535, 65_535),
        gif_that_says(65_535, 65_535, frame=(65_535, 65_535)),
        FILES["bmp"][:18] + struct.pack("<ii", 30_000, 30_000) + FILES["bmp"][26:],
    ],
    ids=["png", "largest-png", "gif-canvas", "gif-frame", "bmp"],
)
def test_too_many_pixels_are_refused_from_the_header_alone(data):
    assert len(data) < 2_000

    with pytest.raises(ImageTooLargeError) as refusal:
        decode_image(data, max_pixels=LIMIT)

    assert refusal.value.what == "pixels"
    assert refusal.value.limit == LIMIT
    assert refusal.value.size > LIMIT


def test_pixels_are_not_decompressed_before_they_are_counted(monkeypatch):
    monkeypatch.setattr(
        "PIL.ImageFile.ImageFile.load", lambda image: pytest.fail("decompressed")
    )

    with pytest.raises(ImageTooLargeError):
        decode_image(FILES["png"], max_pixels=13 * 17 - 1)


@pytest.mark.parametrize("kind", FORMATS)
def test_exactly_as_many_pixels_as_allowed_are_taken(kind):
    assert decode_image(FILES[kind], max_pixels=13 * 17).shape == (13, 17, 3)

    with pytest.raises(ImageTooLargeError):
        decode_image(FILES[kind], max_pixels=13 * 17 - 1)


def test_a_side_longer_than_any_camera_makes_is_refused():
    with pytest.raises(ImageTooLargeError, match="along one side"):
        decode_image(png_that_says(65_536, 1), max_pixels=LIMIT)


@pytest.mark.parametrize("size", [(0, 5), (5, 0)], ids=["no-width", "no-height"])
def test_an_image_without_any_pixel_is_refused(size):
    with pytest.raises(ImageUndecodableError):
        decode_image(png_that_says(*size), max_pixels=LIMIT)


def test_a_jpeg_that_orders_endless_passes_over_the_image_is_refused():
    data = FILES["progressive-jpeg"]
    last_pass = data[data.rindex(b"\xff\xda") : -2]

    decode_image(data[:-2] + 5 * last_pass + data[-2:], max_pixels=LIMIT)
    with pytest.raises(ImageUndecodableError, match="more than 100 scans"):
        decode_image(data[:-2] + 1000 * last_pass + data[-2:], max_pixels=LIMIT)


def test_the_limit_of_the_process_that_pillow_keeps_does_not_matter(monkeypatch):
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 10)

    assert decode_image(FILES["png"], max_pixels=LIMIT).shape == (13, 17, 3)


@pytest.mark.parametrize(
    "raised",
    [SyntaxError("x"), struct.error("x"), EOFError(), MemoryError(), RecursionError(),
     KeyError(1), OverflowError(), ZeroDivisionError(), UserWarning("x"),
     Image.DecompressionBombError("x")],
    ids=lambda raised: type(raised).__name__,
)  # fmt: skip
def test_whatever_a_decoder_raises_becomes_a_refusal(monkeypatch, raised):
    def failing(image):
        raise raised

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", failing, raising=False)

    with pytest.raises(ImageUndecodableError) as refusal:
        decode_image(FILES["png"], max_pixels=LIMIT)
    assert refusal.value.__cause__ is raised


def test_of_an_animation_the_first_frame_is_taken():
    frames = [Image.new("RGB", (4, 3), colour) for colour in ("red", "lime", "blue")]
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        options = {"lossless": True} if kind == "WEBP" else {}
        data = file_of(frames[0], kind, save_all=True, append_images=frames[1:], **options)

        pixels = decode_image(data, max_pixels=LIMIT)

        assert (pixels == (255, 0, 0)).all(), kind


def test_threads_do_not_disturb_each_other():
    kinds = [kind for kind in FORMATS for _ in range(8)]
    alone = {kind: decode_image(data, max_pixels=LIMIT) for kind, data in FILES.items()}

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda kind: decoded_or_refused(FILES[kind]), kinds))

    for kind, pixels in zip(kinds, together, strict=True):
        np.testing.assert_array_equal(pixels, alone[kind])
