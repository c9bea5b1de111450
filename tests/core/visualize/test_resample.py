"""Views of pictures against NumPy and SciPy, and the gradient against the adjoint."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from core.visualize.placements import magnification, shift, turn
from core.visualize.resample import as_images, resampled
from tests.core.visualize.differences import gradient_by_differences, gradient_of

HEIGHT, WIDTH = 7, 9
GREY = 0.5


@pytest.fixture
def planes():
    return np.random.default_rng(0).uniform(0, 1, (HEIGHT, WIDTH, 2, 3)).astype(np.float32)


def numbers(*values):
    return tf.constant(values, tf.float32)


def by_scipy(picture, placement, *, mode):
    """Resample one [H, W] picture by SciPy, whose axes are rows first."""
    matrix = placement[:2, :2][::-1, ::-1]
    middle = np.array([(HEIGHT - 1) / 2, (WIDTH - 1) / 2])
    offset = placement[:2, 2][::-1] + middle - matrix @ middle
    return ndimage.affine_transform(picture, matrix, offset, order=1, mode=mode, cval=GREY)


def test_a_shift_looks_at_other_pixels_and_grey_beyond_the_edge(planes):
    views = resampled(tf.constant(planes), shift(numbers(2), numbers(-1)), surroundings=GREY)

    expected = np.full((2, HEIGHT, WIDTH, 3), GREY)
    expected[:, 1:, :-2] = planes.transpose(2, 0, 1, 3)[:, :-1, 2:]
    np.testing.assert_allclose(views, expected, atol=1e-6)


def test_a_quarter_turn_is_numpys_own(planes):
    square = planes[:, :HEIGHT]

    views = resampled(tf.constant(square), turn(numbers(90)), surroundings=GREY)

    np.testing.assert_allclose(
        views, np.rot90(as_images(tf.constant(square)), axes=(1, 2)), atol=1e-5
    )


def test_a_magnification_by_two_shows_the_middle_half(planes):
    views = resampled(tf.constant(planes), magnification(numbers(2)), surroundings=GREY)

    # Every other pixel of the view lies exactly on one of the picture's.
    np.testing.assert_allclose(
        views[:, 1::2, ::2], planes.transpose(2, 0, 1, 3)[:, 2:5, 2:7], atol=1e-6
    )


@pytest.mark.parametrize(
    ("surroundings", "mode"),
    [
        pytest.param(GREY, "grid-constant", id="grey around"),
        pytest.param(None, "reflect", id="mirrored"),
    ],
)
def test_turned_and_scaled_views_are_those_of_scipy(planes, surroundings, mode):
    placements = shift(numbers(1, -2), numbers(0, 3)) @ magnification(numbers(0.6, 1.7))
    placements @= turn(numbers(33, -8))

    views = resampled(tf.constant(planes), placements, surroundings=surroundings)

    for place, (view, picture, colour) in enumerate(np.ndindex(2, 2, 3)):
        expected = by_scipy(
            planes[..., picture, colour].astype(float), placements[view].numpy(), mode=mode
        )
        found = views[view * 2 + picture, ..., colour]
        np.testing.assert_allclose(found, expected, atol=2e-4, err_msg=str(place))


def test_a_picture_is_seen_alike_alone_and_in_company(planes):
    placements = turn(numbers(10, 20))

    together = resampled(tf.constant(planes), placements, surroundings=GREY)
    alone = resampled(tf.constant(planes[:, :, 1:]), placements, surroundings=GREY)

    np.testing.assert_array_equal(together.numpy()[1::2], alone)


def test_the_gradient_of_views_is_that_of_small_differences():
    planes = np.random.default_rng(0).uniform(0, 1, (4, 5, 1, 1)).astype(np.float32)
    placements = turn(numbers(20)) @ magnification(numbers(1.2))
    sought = np.random.default_rng(1).standard_normal((1, 4, 5, 1))

    def reached(free):
        return tf.reduce_sum(sought * resampled(free, placements, surroundings=GREY))

    np.testing.assert_allclose(
        gradient_of(reached, planes), gradient_by_differences(reached, planes), atol=1e-3
    )


@settings(max_examples=15, deadline=None)
@given(st.floats(-180, 180), st.floats(0.3, 3.0), st.floats(-5, 5), st.booleans())
def test_a_grey_picture_looks_grey_from_everywhere(angle, scale, columns, is_mirrored):
    planes = tf.fill((6, 6, 1, 3), GREY)
    placements = turn(numbers(angle)) @ magnification(numbers(scale))
    placements @= shift(numbers(columns), numbers(1))

    views = resampled(planes, placements, surroundings=None if is_mirrored else GREY)

    np.testing.assert_allclose(views, GREY, atol=1e-5)
