"""Every colour mode that Pillow can write becomes the RGB that a person would see."""

import numpy as np
import pytest
from PIL import Image

from core.errors import ImageUndecodableError
from core.images.decode import decode_image
from core.images.flatten import flatten, to_8_bits
from tests.core.images.files import file_of, noise, png_that_says

LIMIT = 1_000_000


def decoded(image, kind, **options):
    return decode_image(file_of(image, kind, **options), max_pixels=LIMIT)


def test_grey_is_repeated_in_all_three_channels():
    grey = noise(5, 4, channels=1)[..., 0]

    np.testing.assert_array_equal(
        decoded(Image.fromarray(grey), "PNG"), np.repeat(grey[..., None], 3, axis=2)
    )


def test_one_bit_becomes_black_and_white():
    bits = noise(5, 4, channels=1)[..., 0] > 127

    pixels = decoded(Image.fromarray(bits), "PNG")

    np.testing.assert_array_equal(pixels, np.where(bits[..., None], 255, 0).repeat(3, axis=2))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_and_not_clipped(kind):
    deep = np.array([[0, 257, 1000, 32_768, 65_535]], np.uint16)

    pixels = decoded(Image.fromarray(deep), kind)

    np.testing.assert_array_equal(pixels[0, :, 0], [0, 1, 4, 128, 255])


def test_sixteen_bit_colour_keeps_the_upper_bits():
    row = np.array([[0, 0x1234, 0xFFFF], [0x8000, 0xABCD, 0x0100]], ">u2")
    data = png_that_says(2, 1, bits=16, rows=b"\0" + row.tobytes())

    pixels = decode_image(data, max_pixels=LIMIT)

    np.testing.assert_array_equal(pixels[0], [[0, 0x12, 0xFF], [0x80, 0xAB, 0x01]])


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([0.0, 100.0, 255.0], [0, 100, 255]),
        ([-1.0, 0.0, 1.0], [0, 128, 255]),
        ([0.0, 1e6, 5e5], [0, 255, 128]),
        ([7000.0, 7000.0, 7000.0], [0, 0, 0]),
        ([np.nan, np.inf, 1.0], [0, 0, 255]),
        ([-3e38, 3e38, 0.0], [0, 255, 128]),
    ],
    ids=["fractions", "bytes", "signed", "large", "constant", "no-numbers", "largest"],
)
def test_fractions_of_any_range_are_scaled_and_not_clipped(values, levels):
    image = Image.fromarray(np.array([values], np.float32))

    pixels = decoded(image, "TIFF")

    np.testing.assert_array_equal(pixels[0, :, 1], levels)


def test_whole_numbers_of_32_bits_are_scaled_and_not_clipped():
    fits = Image.fromarray(np.array([[0, 257, 65_535]], np.int32))
    beyond = Image.fromarray(np.array([[-1_000_000, 0, 1_000_000]], np.int32))

    np.testing.assert_array_equal(decoded(fits, "TIFF")[0, :, 0], [0, 1, 255])
    np.testing.assert_array_equal(decoded(beyond, "TIFF")[0, :, 0], [0, 128, 255])


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "lossless-webp"])
def test_transparency_is_laid_on_white(kind):
    transparent, half, opaque = (10, 20, 30, 0), (0, 100, 200, 128), (10, 20, 30, 255)
    rgba = Image.fromarray(np.array([[transparent, half, opaque]], np.uint8))

    options = {"exact": True} if kind == "lossless-webp" else {}
    pixels = decoded(rgba, kind, **options)

    blended = [round(channel * 128 / 255 + 255 * 127 / 255) for channel in (0, 100, 200)]
    np.testing.assert_allclose(pixels[0], [(255, 255, 255), blended, (10, 20, 30)], atol=1)


def test_grey_with_transparency_is_laid_on_white():
    grey_and_alpha = Image.fromarray(np.array([[(40, 0), (40, 255)]], np.uint8), "LA")

    pixels = decoded(grey_and_alpha, "PNG")

    np.testing.assert_array_equal(pixels[0], [(255,) * 3, (40,) * 3])


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_transparent_palette_entry_is_white(kind):
    indexed = Image.fromarray(np.array([[0, 1, 2]], np.uint8), "P")
    indexed.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])

    pixels = decoded(indexed, kind, transparency=1)

    np.testing.assert_array_equal(pixels[0], [(255, 0, 0), (255, 255, 255), (0, 0, 255)])


def test_a_palette_with_half_transparent_entries_is_laid_on_white():
    indexed = Image.fromarray(np.array([[0, 1]], np.uint8), "P")
    indexed.putpalette([0, 0, 0, 0, 0, 0])

    pixels = decoded(indexed, "PNG", transparency=bytes([255, 51]))

    np.testing.assert_array_equal(pixels[0, :, 0], [0, 204])


def test_a_transparent_colour_of_an_rgb_file_is_white():
    image = Image.fromarray(np.array([[(1, 2, 3), (4, 5, 6)]], np.uint8))

    pixels = decoded(image, "PNG", transparency=(1, 2, 3))

    np.testing.assert_array_equal(pixels[0], [(255, 255, 255), (4, 5, 6)])


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_printing_colours_become_the_screen_colours_they_stand_for(kind):
    inks = {
        (0, 0, 0, 0): (255, 255, 255),
        (255, 0, 0, 0): (0, 255, 255),
        (0, 0, 0, 255): (0, 0, 0),
    }
    for ink, colour in inks.items():
        pixels = decoded(Image.new("CMYK", (16, 16), ink), kind)

        np.testing.assert_allclose(pixels, np.broadcast_to(colour, (16, 16, 3)), atol=3)


def test_video_colours_become_the_same_colours_in_rgb():
    pixels = decoded(Image.new("RGB", (16, 16), (200, 50, 100)).convert("YCbCr"), "TIFF")

    np.testing.assert_allclose(pixels, np.broadcast_to((200, 50, 100), (16, 16, 3)), atol=2)


# No file holds "La": Pillow makes it for itself, on the way to other modes.
@pytest.mark.parametrize("mode", sorted(set(Image.MODES) - {"La"}))
def test_every_mode_becomes_rgb_of_the_same_size(mode):
    image = Image.new(mode, (3, 2))

    flat = flatten(image)

    assert (flat.mode, flat.size) == ("RGB", (3, 2))


def test_colours_of_measured_lightness_become_what_they_look_like():
    # CIELAB as TIFF stores it: lightness in 0..255, then the two colour axes as signed bytes.
    white, black, red = (255, 0, 0), (0, 0, 0), (136, 80, 67)
    measured = Image.fromarray(np.array([[white, black, red]], np.uint8), "LAB")

    pixels = decoded(measured, "TIFF")

    np.testing.assert_allclose(pixels[0], [(255,) * 3, (0,) * 3, (255, 0, 0)], atol=12)


def test_a_mode_that_cannot_be_converted_is_refused_in_words(monkeypatch):
    def unconvertible(image):
        raise ValueError("conversion not supported")

    monkeypatch.setattr("core.images.decode.flatten", unconvertible)

    with pytest.raises(ImageUndecodableError, match="of an unusual kind"):
        decode_image(file_of(Image.new("RGB", (3, 2)), "PNG"), max_pixels=LIMIT)


def test_scaling_leaves_the_order_of_the_values_as_it_was():
    values = np.random.default_rng(1).normal(0, 1e4, (1, 200)).astype(np.float32)

    levels = to_8_bits(values, is_16_bit=False)[0].astype(int)

    assert (np.diff(levels[np.argsort(values[0])]) >= 0).all()
    assert (levels.min(), levels.max()) == (0, 255)
