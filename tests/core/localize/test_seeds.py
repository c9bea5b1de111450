"""A map's highest values are the object's, its lowest the surroundings'."""

import numpy as np
import pytest

from core.localize.errors import NothingToLocalizeError
from core.localize.seeds import find_seeds


def seeds_of(values):
    saliency = np.array(values, np.float32).reshape(10, -1)
    return find_seeds(saliency, foreground_quantile=0.95, background_quantile=0.3)


def test_a_twentieth_is_foreground_and_three_tenths_are_background():
    seeds = seeds_of(np.random.default_rng(0).permutation(1000))

    assert seeds.foreground.sum() == 50
    assert seeds.background.sum() == 300
    assert not (seeds.foreground & seeds.background).any()


def test_a_map_that_is_zero_nearly_everywhere_has_its_rest_as_foreground():
    values = np.zeros(100)
    values[[3, 57]] = 1, 2

    seeds = seeds_of(values)

    np.testing.assert_array_equal(np.flatnonzero(seeds.foreground), [3, 57])
    assert seeds.background.sum() == 98


def test_a_map_that_is_at_its_largest_nearly_everywhere_has_its_rest_as_background():
    values = np.ones(100)
    values[[3, 57]] = 0

    seeds = seeds_of(values)

    np.testing.assert_array_equal(np.flatnonzero(seeds.background), [3, 57])
    assert seeds.foreground.sum() == 98


@pytest.mark.parametrize("value", [0.0, 4.0, -1.0])
def test_a_map_without_any_difference_points_at_nothing(value):
    with pytest.raises(NothingToLocalizeError, match="the same everywhere"):
        seeds_of(np.full(100, value))


def test_a_map_that_is_not_finite_points_at_nothing():
    with pytest.raises(NothingToLocalizeError, match="not finite"):
        seeds_of([np.nan, *range(99)])
