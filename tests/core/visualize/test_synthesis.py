"""Waves add up to what NumPy's transform gives, and the gradient is the exact adjoint."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from core.visualize.synthesis import synthesized
from tests.core.visualize.differences import gradient_by_differences, gradient_of

SIZES = [
    pytest.param(6, 8, id="even"),
    pytest.param(5, 7, id="odd"),
    pytest.param(4, 5, id="odd width"),
]


def random_waves(height, width, *, seed=0, count=1, channels=1):
    numbers = np.random.default_rng(seed)
    shape = (count, channels, height, width // 2 + 1, 2)
    return numbers.standard_normal(shape).astype(np.float32)


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_waves_add_up_to_the_inverse_transform(height, width):
    waves = random_waves(height, width, count=2, channels=3)
    scale = np.random.default_rng(1).uniform(0.5, 2.0, (height, width // 2 + 1))

    buffers = synthesized(tf.constant(waves), scale=scale, width=width)

    expected = np.fft.irfft2((waves[..., 0] + 1j * waves[..., 1]) * scale, (height, width))
    np.testing.assert_allclose(buffers, expected, atol=1e-6)


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_the_gradient_is_that_of_small_differences(height, width):
    scale = np.random.default_rng(1).uniform(0.5, 2.0, (height, width // 2 + 1))
    sought = np.random.default_rng(2).standard_normal((1, 1, height, width))

    def reached(waves):
        return tf.reduce_sum(sought * synthesized(waves, scale=scale, width=width))

    waves = random_waves(height, width)
    np.testing.assert_allclose(
        gradient_of(reached, waves),
        gradient_by_differences(reached, waves, width=0.5),
        atol=2e-5,
    )


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 9), st.integers(2, 9), st.integers(0, 99))
def test_the_way_back_is_the_adjoint_of_the_way_there(height, width, seed):
    # For a linear map A and any x, y: <A x, y> = <x, A* y>.
    waves = random_waves(height, width, seed=seed)
    sought = np.random.default_rng(seed + 1).standard_normal((1, 1, height, width))
    scale = np.ones((height, width // 2 + 1))

    def reached(free):
        return tf.reduce_sum(sought * synthesized(free, scale=scale, width=width))

    back = gradient_of(reached, waves)
    assert float(reached(tf.constant(waves))) == pytest.approx(np.sum(waves * back), abs=1e-4)
