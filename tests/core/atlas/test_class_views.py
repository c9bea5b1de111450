"""Cells fade by what they add to a class; class atlases hold only what their filter admits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.atlas.class_views import (
    chosen_by_magnitude,
    chosen_by_rank,
    class_atlas_rows,
    class_difference,
    comparison_points,
    filter_opacities,
    influence_scale,
)
from tests.core.atlas.arrays import matrices

SOME = np.array([[3, 1, 0], [1, 2, 9], [0.5, -1, -2], [-1, -3, -2], [2, 5, 1]], np.float32)


def test_an_opacity_is_the_influence_in_parts_of_the_full_one():
    values = np.array([-2.0, 0.0, 1.0, 4.0, 8.0], np.float32)

    towards = filter_opacities(values, scale=4.0, sign=1, intensity=1.0)
    against = filter_opacities(values, scale=4.0, sign=-1, intensity=2.0)

    assert towards.tolist() == [0, 0, 0.25, 1, 1]
    assert against.tolist() == [1, 0, 0, 0, 0]


@given(
    values=matrices((1, 20), (1, 1)),
    sign=st.sampled_from([1, -1]),
    intensity=st.floats(0.5, 2.0),
)
def test_opacities_are_parts_and_rise_with_the_influence(values, sign, intensity):
    values = values[:, 0]

    opacities = filter_opacities(values, scale=10.0, sign=sign, intensity=intensity)

    assert ((opacities >= 0) & (opacities <= 1)).all()
    assert (opacities[sign * values <= 0] == 0).all()
    assert (np.diff(opacities[np.argsort(sign * values)]) >= 0).all()


def test_the_full_influence_is_that_of_a_well_filled_cell():
    densities = np.array([501, 500, 900, 3, 2])

    assert influence_scale(SOME, densities, least_density=500) == 3.0
    assert influence_scale(SOME, densities, least_density=5000) == 9.0


@pytest.mark.parametrize("cells", [0, 4])
def test_where_no_cell_speaks_for_any_class_the_scale_is_one(cells):
    nothing = np.zeros((cells, 3), np.float32)

    assert influence_scale(nothing, np.arange(cells), least_density=0) == 1.0


def test_by_rank_those_are_chosen_that_add_most_to_the_class_and_not_nothing():
    assert chosen_by_rank(SOME, index=0).tolist() == [True, False, True, False, False]
    assert chosen_by_rank(SOME, index=1).tolist() == [False, False, False, False, True]


def test_by_magnitude_the_largest_positive_ones_are_chosen():
    assert chosen_by_magnitude(SOME, index=1, count=2).tolist() == [0, 1, 0, 0, 1]
    assert chosen_by_magnitude(SOME, index=1, count=5).tolist() == [1, 1, 0, 0, 1]


@given(attributions=matrices((1, 30), (2, 5)), count=st.integers(1, 10), data=st.data())
def test_a_class_atlas_contains_only_what_its_filters_admit(attributions, count, data):
    classes = st.integers(0, attributions.shape[1] - 1)
    asked = tuple(data.draw(st.lists(classes, min_size=1, max_size=2, unique=True)))

    chosen = class_atlas_rows(attributions, classes=asked, count=count)

    for row, is_chosen in zip(attributions, chosen, strict=True):
        admitted = any(
            row[index] > 0
            and (row[index] == row.max() or (attributions[:, index] > row[index]).sum() < count)
            for index in asked
        )
        assert admitted or not is_chosen
        surely = any(row[index] > np.delete(row, index).max(initial=0.0) for index in asked)
        assert is_chosen or not surely


def test_a_difference_of_classes_is_scaled_by_its_percentile_and_clipped():
    attributions = np.zeros((101, 2), np.float32)
    attributions[:, 1] = np.arange(101)
    attributions[0, 0] = 200.0

    difference = class_difference(attributions, left=0, right=1, percentile=99.0)

    # Sorted magnitudes are 1..100 and 200: the 99th percentile of 101 values is the 100th.
    np.testing.assert_allclose(difference[1:], np.arange(1, 101) / 100.0)
    assert difference[0] == -1.0


@given(attributions=matrices((1, 20), (2, 3)))
def test_changing_the_sides_turns_the_comparison_round(attributions):
    there = class_difference(attributions, left=0, right=1, percentile=99.0)
    back = class_difference(attributions, left=1, right=0, percentile=99.0)

    np.testing.assert_array_equal(there, -back)
    assert (np.abs(there) <= 1).all()


def test_classes_that_never_differ_lie_in_the_middle():
    same = np.ones((4, 2), np.float32)
    line = np.linspace(0, 1, 4, dtype=np.float32)[:, np.newaxis]

    points = comparison_points(class_difference(same, left=0, right=1, percentile=99.0), line)

    assert points[:, 0].tolist() == [0.5] * 4
    np.testing.assert_array_equal(points[:, 1:], line)
