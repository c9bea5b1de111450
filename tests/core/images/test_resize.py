"""Shrinking averages, growing interpolates, and everything stays where it was."""

import numpy as np
import pytest

from core.images.resize import resize_image
from tests.core.images.files import noise


def triangle_weights(old, new):
    """Pillow's bilinear filter, written out: [new, old] weights of the old pixels."""
    scale = old / new
    reach = max(scale, 1.0)
    centres = (np.arange(new) + 0.5) * scale
    distance = np.abs(np.arange(old)[None] + 0.5 - centres[:, None]) / reach
    weights = np.maximum(0, 1 - distance)
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [((31, 17), (8, 8)), ((5, 7), (20, 30)), ((40, 6), (10, 12)), ((1, 1), (3, 2))],
    ids=["shrunk", "grown", "one-of-each", "single-pixel"],
)
def test_resizing_is_a_triangle_filter_along_each_side(old, new):
    pixels = noise(*old)

    resized = resize_image(pixels, width=new[1], height=new[0])

    rows, columns = triangle_weights(old[0], new[0]), triangle_weights(old[1], new[1])
    expected = np.einsum("ih,hwc,jw->ijc", rows, pixels.astype(float), columns)
    np.testing.assert_allclose(resized, expected, atol=1.01)


def test_fine_stripes_become_grey_and_do_not_alias():
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = 255

    shrunk = resize_image(stripes, width=8, height=8)

    np.testing.assert_allclose(shrunk, 127.5, atol=8)


def test_an_image_that_fits_already_is_handed_through():
    pixels = noise(4, 5)

    assert resize_image(pixels, width=5, height=4) is pixels


def test_an_image_is_stretched_and_not_cropped():
    halves = np.zeros((10, 40, 3), np.uint8)
    halves[:, 20:] = 255

    square = resize_image(halves, width=10, height=10)

    assert (square[:, :4] == 0).all()
    assert (square[:, 6:] == 255).all()
