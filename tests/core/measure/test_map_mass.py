"""The mass of a map is measured against slow sums, and against maps whose mass is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.measure.map_mass import (
    BoxPart,
    half_mass_share,
    is_inside,
    mass_of,
    off_object_share,
    outside_share,
    peak_of,
    positive_share,
)

WHOLE = BoxPart(0.0, 0.0, 1.0, 1.0)

maps = hnp.arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    elements=st.floats(-100, 100, width=32),
)
places = st.floats(0, 1)


@given(raw_map=maps)
def test_the_mass_is_the_positive_part_with_a_sum_of_one(raw_map):
    mass = mass_of(raw_map)

    if (raw_map > 0).any():
        assert mass.sum() == pytest.approx(1.0)
        assert (mass >= 0).all()
        assert (mass[raw_map <= 0] == 0).all()
    else:
        assert mass is None


@pytest.mark.parametrize("scale", [1e-38, 1e-30, 1.0, 1e37])
def test_the_mass_does_not_depend_on_the_units(scale):
    raw_map = np.array([[1.0, 3.0]], np.float32) * np.float32(scale)

    np.testing.assert_allclose(mass_of(raw_map), [[0.25, 0.75]], rtol=1e-6)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_map_that_is_not_finite_has_no_mass(value):
    assert mass_of(np.array([[1.0, value]], np.float32)) is None


def slow_outside(mass, box, fine=200):
    """Count the mass of many small points that lie outside of the box."""
    rows, columns = mass.shape
    centres = (np.arange(fine) + 0.5) / fine
    total = 0.0
    for y in centres:
        for x in centres:
            if not (box.left <= x <= box.right and box.top <= y <= box.bottom):
                total += mass[int(y * rows), int(x * columns)] * rows * columns / fine**2
    return total


@pytest.mark.parametrize(
    "box",
    [
        BoxPart(0.1, 0.2, 0.55, 0.7),
        BoxPart(0.0, 0.0, 0.5, 1.0),
        BoxPart(0.9, 0.9, 1.0, 1.0),
        WHOLE,
    ],
    ids=str,
)
def test_mass_outside_of_a_box_is_what_small_points_come_to(box):
    mass = mass_of(np.random.default_rng(3).normal(size=(5, 4)).astype(np.float32))

    assert outside_share(mass, box) == pytest.approx(slow_outside(mass, box), abs=0.01)


@given(one=places, other=places, third=places, fourth=places)
def test_an_even_map_leaves_as_much_as_there_is_outside(one, other, third, fourth):
    box = BoxPart(min(one, other), min(third, fourth), max(one, other), max(third, fourth))
    even = mass_of(np.ones((7, 3), np.float32))

    assert outside_share(even, box) == pytest.approx(1.0 - box.area, abs=1e-9)


def test_mass_off_an_object_counts_the_part_of_each_place_that_is_off():
    is_object = np.zeros((8, 8), np.float32)
    is_object[:4, :2] = 1.0
    # The upper left place is half covered; no other is covered at all.
    mass = mass_of(np.array([[3.0, 1.0], [0.0, 0.0]], np.float32))

    assert off_object_share(mass, is_object) == pytest.approx(0.25 + 0.75 / 2)
    assert off_object_share(mass, np.ones((8, 8), np.float32)) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("raw_map", "share"),
    [
        ([[1, 1, 1, 1]], 0.5),
        ([[1, 0, 0, 0]], 0.125),
        ([[2, 1, 1, 0]], 0.25),
        ([[3, 1, -5, -7]], 0.5 / 0.75 / 4),
    ],
    ids=["even", "one place", "half at one place", "signs"],
)
def test_half_of_the_mass_is_held_by_the_least_part_that_can(raw_map, share):
    assert half_mass_share(mass_of(np.array(raw_map, np.float32))) == pytest.approx(share)


@given(raw_map=maps)
def test_no_map_needs_more_than_half_of_its_places_for_half(raw_map):
    mass = mass_of(raw_map)

    if mass is not None:
        assert 0.0 < half_mass_share(mass) <= 0.5 + 1e-9


def test_the_peak_is_the_centre_of_the_largest_place():
    mass = mass_of(np.array([[0, 1, 0, 0], [0, 0, 0, 5]], np.float32))

    assert peak_of(mass) == (0.875, 0.75)
    assert is_inside(peak_of(mass), BoxPart(0.8, 0.7, 0.9, 0.8))
    assert not is_inside(peak_of(mass), BoxPart(0.0, 0.7, 0.8, 0.8))


@pytest.mark.parametrize(
    ("raw_map", "share"), [([[1, -1]], 0.5), ([[3, -1]], 0.75), ([[-2, -1]], 0), ([[0, 0]], 0)]
)
def test_the_positive_share_is_that_of_all_magnitudes(raw_map, share):
    assert positive_share(np.array(raw_map, np.float32)) == pytest.approx(share)
