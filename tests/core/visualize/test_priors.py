"""Each prior against a second implementation in NumPy, and its gradient."""

import numpy as np
import pytest
import tensorflow as tf
from scipy import ndimage

from core.visualize.priors import PRIORS
from tests.core.visualize.differences import gradient_by_differences, gradient_of


@pytest.fixture
def pictures():
    return (
        np.random.default_rng(0)
        .permutation(np.linspace(0.012, 0.98, 252))
        .reshape(2, 6, 7, 3)
        .astype(np.float32)
    )


def total_variation(picture):
    down = sum(np.abs(picture[row + 1] - picture[row]).sum() for row in range(5))
    right = sum(np.abs(picture[:, col + 1] - picture[:, col]).sum() for col in range(6))
    return (down + right) / picture.size


def blurred(picture):
    kernel = np.array([1, 2, 1]) / 4
    rows = ndimage.convolve1d(picture.astype(float), kernel, axis=0, mode="reflect")
    return ndimage.convolve1d(rows, kernel, axis=1, mode="reflect")


def frequency_penalty(picture):
    rows, columns = np.fft.fftfreq(6)[:, None], np.fft.fftfreq(7)
    speeds = np.hypot(rows, columns) / 0.5
    waves = np.fft.fft2(picture.astype(float), axes=(0, 1))
    sharpened = np.fft.ifft2(waves * speeds[..., None], axes=(0, 1)).real
    return np.mean(sharpened**2)


REFERENCES = {
    "total_variation": total_variation,
    "l1": lambda picture: np.mean(np.abs(picture - 0.5)),
    "l2": lambda picture: np.mean((picture - 0.5) ** 2),
    "blur": lambda picture: np.mean((picture - blurred(picture)) ** 2) / 2,
    "frequency_penalty": frequency_penalty,
}


def test_every_prior_has_a_second_implementation():
    assert set(REFERENCES) == set(PRIORS)


@pytest.mark.parametrize("name", PRIORS)
def test_a_prior_is_what_numpy_computes_for_each_picture(name, pictures):
    found = PRIORS[name](tf.constant(pictures))

    expected = [REFERENCES[name](picture) for picture in pictures]
    np.testing.assert_allclose(found, expected, rtol=1e-4)


@pytest.mark.parametrize("name", sorted(set(PRIORS) - {"blur"}))
def test_the_gradient_of_a_prior_is_that_of_small_differences(name, pictures):
    def total(free):
        return tf.reduce_sum(PRIORS[name](free))

    # Absolute values have a kink where neighbours are equal: steps stay short of it.
    np.testing.assert_allclose(
        gradient_of(total, pictures),
        gradient_by_differences(total, pictures, width=1e-3),
        atol=2e-3,
    )


def test_the_blur_pulls_towards_the_blurred_picture_as_if_that_were_fixed(pictures):
    pulled = gradient_of(lambda free: tf.reduce_sum(PRIORS["blur"](free)), pictures)

    expected = [(picture - blurred(picture)) / picture.size for picture in pictures]
    np.testing.assert_allclose(pulled, expected, atol=1e-6)


@pytest.mark.parametrize("name", PRIORS)
def test_a_plain_grey_picture_is_charged_for_nothing(name):
    np.testing.assert_allclose(PRIORS[name](tf.fill((1, 8, 8, 3), 0.5)), 0, atol=1e-12)


@pytest.mark.parametrize("name", ["total_variation", "blur", "frequency_penalty"])
def test_fast_stripes_are_charged_for_more_than_slow_ones(name):
    columns = np.arange(16)
    fast, slow = (
        np.broadcast_to(0.5 + 0.3 * np.cos(2 * np.pi * cycles * columns / 16), (16, 16))
        for cycles in (7, 1)
    )
    pictures = np.stack([fast, slow])[..., np.newaxis].astype(np.float32)

    charged = PRIORS[name](tf.constant(pictures)).numpy()

    assert charged[0] > 2 * charged[1]
