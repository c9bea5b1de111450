"""Frequencies and how often each wave counts, against NumPy's full transform."""

import numpy as np
import pytest

from core.visualize.frequencies import frequencies, occurrences

SIZES = [(4, 6), (5, 7), (6, 5), (1, 2)]


@pytest.mark.parametrize(("height", "width"), SIZES, ids=str)
def test_every_wave_of_the_whole_transform_is_counted_once(height, width):
    assert occurrences(height, width).sum() == height * width


@pytest.mark.parametrize(("height", "width"), SIZES, ids=str)
def test_the_energy_of_a_picture_is_that_of_its_counted_waves(height, width):
    picture = np.random.default_rng(0).standard_normal((height, width))

    waves = np.abs(np.fft.rfft2(picture)) ** 2 * occurrences(height, width)

    assert waves.sum() / (height * width) == pytest.approx(np.sum(picture**2))


def test_a_wave_has_the_frequency_with_which_it_was_drawn():
    rows, columns = np.mgrid[:8, :8]
    wave = np.cos(2 * np.pi * (2 * rows + 1 * columns) / 8)

    strongest = np.unravel_index(np.abs(np.fft.rfft2(wave)).argmax(), (8, 5))

    assert frequencies(8, 8)[strongest] == pytest.approx(np.hypot(2, 1) / 8)
