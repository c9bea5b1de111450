"""Cells name the classes they add most to; the values kept are those worth filtering by."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.atlas.top_classes import filter_classes, top_classes
from tests.core.atlas.arrays import matrices

FOUR_CELLS = np.array(
    [[5, 1, 0, 0, 2], [4, 0, 0, 9, 1], [0, 0, 0, 3, 1], [0, 1, -2, 4, 0]], np.float32
)


def test_the_classes_a_cell_adds_most_to_come_first():
    indices, values = top_classes(FOUR_CELLS, count=2)

    assert indices.tolist() == [[0, 4], [3, 0], [3, 4], [3, 1]]
    assert values.tolist() == [[5, 2], [9, 4], [3, 1], [4, 1]]


@given(attributions=matrices((1, 6), (1, 6)), count=st.integers(1, 8))
def test_top_values_are_the_largest_ones_in_falling_order(attributions, count):
    indices, values = top_classes(attributions, count=count)

    expected = -np.sort(-attributions, axis=1)[:, :count]
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(np.take_along_axis(attributions, indices, 1), values)


def test_all_classes_are_kept_where_they_are_few():
    assert filter_classes(FOUR_CELLS, wanted=(), limit=5) == (0, 1, 2, 3, 4)


def test_of_many_classes_those_are_kept_that_lead_most_cells():
    # Class 3 leads three cells, class 0 one; of the others 4 reaches 2, 1 reaches 1, 2 none.
    assert filter_classes(FOUR_CELLS, wanted=(), limit=1) == (3,)
    assert filter_classes(FOUR_CELLS, wanted=(), limit=3) == (0, 3, 4)


def test_a_class_that_is_wanted_is_kept_in_any_case():
    assert filter_classes(FOUR_CELLS, wanted=(2,), limit=2) == (2, 3)
    assert filter_classes(FOUR_CELLS, wanted=(1, 2), limit=1) == (1, 2)


def test_without_any_cell_only_what_is_wanted_is_kept():
    assert filter_classes(np.zeros((0, 9), np.float32), wanted=(4, 2), limit=3) == (2, 4)
