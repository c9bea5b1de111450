"""Maps are compared by their order, as SciPy does it image by image."""

import numpy as np
import pytest
import tensorflow as tf
from scipy.stats import spearmanr

from core.errors import ShapeError
from core.measure.rank_correlation import rank_correlation
from tests.core.measure.planted import some_maps


@pytest.mark.parametrize("decimals", [0, 6], ids=["many-ties", "no-ties"])
def test_it_is_the_correlation_that_scipy_computes(decimals):
    first = np.round(some_maps(3).numpy(), decimals)
    second = np.round(first + 0.7 * some_maps(3, seed=8).numpy(), decimals)

    found = rank_correlation(tf.constant(first), tf.constant(second))

    expected = [
        spearmanr(one.ravel(), other.ravel()).statistic
        for one, other in zip(first, second, strict=True)
    ]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_only_the_order_of_the_places_counts():
    maps = some_maps()

    np.testing.assert_allclose(rank_correlation(maps, tf.exp(3.0 * maps)), [1, 1], atol=1e-6)
    np.testing.assert_allclose(rank_correlation(maps, -maps), [-1, -1], atol=1e-6)


def test_a_constant_map_correlates_with_nothing():
    maps = some_maps()

    np.testing.assert_array_equal(rank_correlation(maps, tf.ones_like(maps)), [0, 0])


def test_maps_of_two_shapes_are_refused():
    with pytest.raises(ShapeError):
        rank_correlation(tf.zeros((2, 4, 4)), tf.zeros((2, 4, 5)))
