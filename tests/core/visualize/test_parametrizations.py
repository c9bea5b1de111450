"""Each way of writing pictures against a second implementation in NumPy."""

import numpy as np
import pytest
import tensorflow as tf

from core.visualize.fourier import fourier, wave_scale
from core.visualize.frequencies import occurrences
from core.visualize.maco import maco
from core.visualize.natural_spectrum import natural_magnitudes
from core.visualize.pixel import pixel
from tests.core.visualize.differences import gradient_by_differences, gradient_of


def lucid_scale(height, width):
    """Follow lucid's `fft_image` line by line, for even widths."""
    rows = np.fft.fftfreq(height)[:, None]
    columns = np.fft.fftfreq(width)[: width // 2 + 1]
    freqs = np.sqrt(columns * columns + rows * rows)
    return 1.0 / np.maximum(freqs, 1.0 / max(width, height)) * np.sqrt(width * height) / 4


@pytest.mark.parametrize("size", [(8, 8), (6, 10), (16, 4)], ids=str)
def test_waves_are_scaled_as_in_lucid(size):
    np.testing.assert_allclose(wave_scale(*size, decay=1.0), lucid_scale(*size), rtol=1e-12)


def test_a_fourier_picture_is_the_inverse_transform_of_its_scaled_waves():
    written = fourier(6, 8, 3, deviation=0.01, decay=1.0)
    waves = written.initial(np.random.default_rng(0))

    drawn = written.buffers(tf.constant(waves[np.newaxis]))

    spectrum = (waves[..., 0] + 1j * waves[..., 1]) * lucid_scale(6, 8)
    np.testing.assert_allclose(drawn[0], np.fft.irfft2(spectrum, (6, 8)), atol=1e-7)


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda: fourier(16, 16, 3, deviation=0.01, decay=1.0), id="fourier"),
        pytest.param(lambda: pixel(16, 16, 3, deviation=0.01), id="pixel"),
    ],
)
def test_pictures_begin_as_noise_of_the_deviation_asked_for(write):
    drawn = write().initial(np.random.default_rng(0))

    assert drawn.dtype == np.float32
    assert drawn.std() == pytest.approx(0.01, rel=0.1)


def test_a_pixel_picture_is_its_own_numbers():
    numbers = np.random.default_rng(0).standard_normal((2, 3, 4, 5)).astype(np.float32)

    np.testing.assert_array_equal(pixel(4, 5, 3, deviation=1.0).buffers(numbers), numbers)


@pytest.mark.parametrize("decorrelate", [True, False], ids=["decorrelated", "rgb"])
def test_waves_of_a_constrained_picture_keep_the_magnitudes_of_photographs(decorrelate):
    written = maco(12, 16, 3, decorrelate=decorrelate)
    phases = written.initial(np.random.default_rng(0))

    drawn = written.buffers(tf.constant(phases[np.newaxis])).numpy()[0]

    # A real picture's waves that are their own mirror images have no free phase: left out.
    free = np.s_[:, :, 1:-1]
    expected = natural_magnitudes(12, 16, 3, decorrelate=decorrelate)
    magnitudes = np.abs(np.fft.rfft2(drawn))
    np.testing.assert_allclose(magnitudes[free], expected[free], rtol=1e-4)


def test_phases_have_the_gradient_of_small_differences():
    written = maco(4, 6, 3, decorrelate=True)
    phases = written.initial(np.random.default_rng(0))[np.newaxis]
    sought = np.random.default_rng(1).standard_normal((1, 3, 4, 6)) * 0.01

    def reached(free):
        return tf.reduce_sum(sought * written.buffers(free))

    np.testing.assert_allclose(
        gradient_of(reached, phases), gradient_by_differences(reached, phases), atol=2e-3
    )


def test_transparency_has_the_magnitudes_of_brightness():
    magnitudes = natural_magnitudes(8, 8, 4, decorrelate=True)

    np.testing.assert_array_equal(magnitudes[3], magnitudes[0])


def test_photographs_have_slow_waves_that_are_stronger_than_fast_ones():
    magnitudes = natural_magnitudes(64, 64, 3, decorrelate=True)

    along_a_row = magnitudes[:, 0]
    assert np.all(np.diff(along_a_row[:, 1:], axis=1) < 0)


def test_a_larger_picture_of_photographs_has_about_the_same_contrast():
    def contrast(side):
        waves = natural_magnitudes(side, side, 3, decorrelate=True)[0].copy()
        waves[0, 0] = 0.0
        return np.sqrt(np.sum(waves**2 * occurrences(side, side))) / side**2

    assert contrast(128) == pytest.approx(contrast(64), rel=0.3)
