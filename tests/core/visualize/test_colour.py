"""Colours against the published matrix, and the gradient through them."""

import numpy as np
import pytest
import tensorflow as tf

from core.visualize.colour import CORRELATION, coloured, decorrelated
from tests.core.visualize.differences import gradient_by_differences, gradient_of


@pytest.fixture
def buffers():
    return np.random.default_rng(0).standard_normal((2, 3, 4, 5)).astype(np.float32)


def sigmoid(numbers):
    return 1 / (1 + np.exp(-numbers))


def test_the_matrix_is_scaled_by_its_longest_column():
    root = np.array([[0.26, 0.09, 0.02], [0.27, 0.0, -0.05], [0.27, -0.09, 0.03]])
    longest = np.sqrt(0.26**2 + 0.27**2 + 0.27**2)

    np.testing.assert_allclose(CORRELATION, root / longest, rtol=1e-6)


def test_decorrelated_channels_are_mixed_before_the_sigmoid(buffers):
    planes = coloured(tf.constant(buffers), decorrelate=True)

    for picture, row, column in np.ndindex(2, 4, 5):
        mixed = CORRELATION @ buffers[picture, :, row, column]
        np.testing.assert_allclose(planes[row, column, picture], sigmoid(mixed), rtol=1e-5)


def test_colours_that_are_not_decorrelated_are_red_green_and_blue(buffers):
    planes = coloured(tf.constant(buffers), decorrelate=False)

    np.testing.assert_allclose(planes, sigmoid(buffers.transpose(2, 3, 0, 1)), rtol=1e-5)


def test_opacity_is_mixed_with_no_colour():
    buffers = np.random.default_rng(0).standard_normal((1, 4, 2, 2)).astype(np.float32)

    planes = coloured(tf.constant(buffers), decorrelate=True)

    np.testing.assert_allclose(planes[..., 0, 3], sigmoid(buffers[0, 3]), rtol=1e-5)
    np.testing.assert_allclose(
        planes[..., :3], coloured(tf.constant(buffers[:, :3]), decorrelate=True), rtol=1e-6
    )


def test_decorrelating_undoes_the_mixing():
    colours = np.random.default_rng(0).standard_normal((4, 5, 3))

    np.testing.assert_allclose(decorrelated(colours) @ CORRELATION.T, colours, atol=1e-5)


def test_the_gradient_through_colours_is_that_of_small_differences(buffers):
    sought = np.random.default_rng(1).standard_normal((4, 5, 2, 3))

    def reached(free):
        return tf.reduce_sum(sought * coloured(free, decorrelate=True))

    np.testing.assert_allclose(
        gradient_of(reached, buffers), gradient_by_differences(reached, buffers), atol=2e-3
    )
