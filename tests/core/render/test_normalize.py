"""Maps of any scale become numbers that a picture can show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.render.normalize import normalize_map
from core.render.polarity import keep_polarity

POLARITIES = ["positive", "negative", "both"]

any_map = arrays(
    np.float32,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    elements=st.floats(width=32, allow_nan=True, allow_infinity=True),
)


def test_one_polarity_is_stretched_from_its_smallest_to_its_largest_value():
    scaled = normalize_map(
        np.array([[2, 3, 6]], np.float32), polarity="positive", clip_percentile=100.0
    )

    np.testing.assert_allclose(scaled, [[0, 0.25, 1]])


def test_both_polarities_are_scaled_alike_and_zero_stays_zero():
    scaled = normalize_map(
        np.array([[-4, 0, 1]], np.float32), polarity="both", clip_percentile=100.0
    )

    np.testing.assert_allclose(scaled, [[-1, 0, 0.25]])


def test_values_beyond_the_percentile_count_as_if_they_were_at_it():
    ramp = np.arange(101, dtype=np.float32).reshape(1, -1)

    scaled = normalize_map(ramp, polarity="positive", clip_percentile=80.0)

    np.testing.assert_allclose(scaled[0], np.minimum(np.arange(101) / 80, 1), rtol=1e-6)


def test_an_outlier_that_is_clipped_leaves_the_rest_visible():
    values = np.append(np.linspace(-1, 1, 99), 1e6).astype(np.float32).reshape(10, 10)

    scaled = normalize_map(values, polarity="both", clip_percentile=98.0)

    assert scaled.max() == 1
    assert scaled[0, 0] < -0.9


def test_a_single_bright_value_is_not_clipped_away_by_the_percentile():
    lonely = np.zeros((30, 30), np.float32)
    lonely[3, 4] = 5

    scaled = normalize_map(lonely, polarity="positive", clip_percentile=99.0)

    assert scaled[3, 4] == 1
    assert scaled.sum() == 1


@pytest.mark.parametrize("polarity", POLARITIES)
@pytest.mark.parametrize("value", [0.0, np.nan, np.inf], ids=["zero", "nan", "infinite"])
def test_a_map_that_says_nothing_becomes_zero(value, polarity):
    nothing = np.full((7, 7), value, np.float32)

    scaled = normalize_map(nothing, polarity=polarity, clip_percentile=99.0)

    np.testing.assert_array_equal(scaled, np.zeros((7, 7)))


def test_a_constant_map_has_no_place_that_stands_out():
    constant = np.full((7, 7), 3, np.float32)

    assert not normalize_map(constant, polarity="positive", clip_percentile=100.0).any()


def test_what_is_no_number_takes_the_place_of_the_nearest_that_is():
    broken = np.array([[np.nan, np.inf, -np.inf, 2, -1]], np.float32)

    scaled = normalize_map(broken, polarity="both", clip_percentile=100.0)

    np.testing.assert_allclose(scaled, [[0, 1, -0.5, 1, -0.5]])


@settings(deadline=None)
@given(raw_map=any_map, polarity=st.sampled_from(POLARITIES), percentile=st.floats(50, 100))
def test_any_map_ends_within_the_range_and_finite(raw_map, polarity, percentile):
    kept = keep_polarity(raw_map, polarity=polarity)

    scaled = normalize_map(kept, polarity=polarity, clip_percentile=percentile)

    assert scaled.dtype == np.float32
    assert scaled.shape == raw_map.shape
    assert np.isfinite(scaled).all()
    assert scaled.min() >= (-1 if polarity == "both" else 0)
    assert scaled.max() <= 1


@settings(deadline=None)
@given(
    raw_map=arrays(np.float32, (4, 4), elements=st.floats(0.0625, 1000, width=32)),
    factor=st.sampled_from([1e-30, 1e-3, 7.0, 1e30]),
)
def test_the_units_of_a_map_do_not_change_its_picture(raw_map, factor):
    units = (raw_map * np.float32(factor)).astype(np.float32)

    np.testing.assert_allclose(
        normalize_map(units, polarity="both", clip_percentile=90.0),
        normalize_map(raw_map, polarity="both", clip_percentile=90.0),
        atol=1e-5,
    )
