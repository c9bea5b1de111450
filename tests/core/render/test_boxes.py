"""The box is around the largest region that the map marks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.render.boxes import Box, bounding_box, largest_region


def two_regions():
    map01 = np.zeros((30, 50), np.float32)
    map01[2:6, 3:9] = 1.0
    map01[10:25, 20:45] = 0.6
    return map01


def test_a_box_is_exactly_around_a_planted_region():
    map01 = np.zeros((30, 50), np.float32)
    map01[4:9, 20:33] = 0.7

    assert bounding_box(map01, threshold=0.5) == Box(x=20, y=4, width=13, height=5)


def test_of_several_regions_the_one_of_most_pixels_is_boxed():
    assert bounding_box(two_regions(), threshold=0.5) == Box(x=20, y=10, width=25, height=15)


def test_a_higher_threshold_leaves_only_the_strongest_region():
    assert bounding_box(two_regions(), threshold=0.8) == Box(x=3, y=2, width=6, height=4)


def test_pixels_that_touch_at_a_corner_are_one_region():
    assert bounding_box(np.eye(6, dtype=np.float32), threshold=0.5) == Box(0, 0, 6, 6)


@pytest.mark.parametrize("value", [0.0, -1.0], ids=["zero", "negative"])
def test_a_map_that_marks_nothing_has_no_box(value):
    assert bounding_box(np.full((5, 5), value, np.float32), threshold=0.0) is None


def test_a_constant_map_is_boxed_whole():
    assert bounding_box(np.ones((4, 7), np.float32), threshold=1.0) == Box(0, 0, 7, 4)


def flood_filled_largest(region):
    """The largest region by flood filling, pixel by pixel."""
    left, best = {tuple(place) for place in np.argwhere(region)}, set()
    while left:
        part, edge = set(), [left.pop()]
        while edge:
            row, column = place = edge.pop()
            part.add(place)
            near = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= near
            edge.extend(near)
        best = max(best, part, key=len)
    return len(best)


@settings(deadline=None)
@given(region=arrays(np.uint8, (7, 8), elements=st.integers(0, 1)))
def test_the_largest_region_is_as_large_as_flood_filling_finds(region):
    largest = largest_region(region)

    assert largest.sum() == flood_filled_largest(region)
    assert (largest <= region).all()
