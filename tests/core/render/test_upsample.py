"""A map lands where the layer saw it, smooth, and within its own range."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.render.boxes import bounding_box
from core.render.upsample import upsample_map

SIZES = {
    "portrait": (140, 70),
    "landscape": (63, 211),
    "square": (224, 224),
    "same": (7, 7),
    "tiny": (3, 2),
    "one-pixel": (1, 1),
    "one-row": (1, 50),
    "smaller-than-the-map": (5, 4),
    "wider-and-lower": (3, 90),
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("cell", [(0, 0), (3, 3), (1, 5), (6, 2)])
def test_a_marked_cell_lands_on_its_part_of_the_image(size, cell):
    height, width = size
    planted = np.zeros((7, 7), np.float32)
    planted[cell] = 1

    stretched = upsample_map(planted, width=width, height=height)

    weight = stretched.astype(float) / stretched.sum()
    centre = ((np.arange(height) + 0.5) @ weight.sum(axis=1) / height,
              (np.arange(width) + 0.5) @ weight.sum(axis=0) / width)  # fmt: skip
    # At the border half of the kernel is cut off; a pixel is the most that can be told apart.
    tolerance = [max(0.5 / 7, 1.0 / side) for side in size]
    for found, index, slack in zip(centre, cell, tolerance, strict=True):
        assert abs(found - (index + 0.5) / 7) <= slack


def test_the_peak_of_a_cell_is_at_the_centre_of_its_part():
    planted = np.zeros((7, 7), np.float32)
    planted[2, 4] = 1

    stretched = upsample_map(planted, width=7 * 11, height=7 * 9)

    assert np.unravel_index(stretched.argmax(), stretched.shape) == (2 * 9 + 4, 4 * 11 + 5)
    box = bounding_box(stretched, threshold=0.5)
    assert (box.x + box.width / 2, box.y + box.height / 2) == (4.5 * 11, 2.5 * 9)


@pytest.mark.parametrize("size", [(21, 35), (140, 70), (8, 9), (3, 90)])
def test_mirrored_maps_become_mirrored_pictures(size):
    raw_map = np.random.default_rng(0).random((7, 5), np.float32)
    height, width = size

    stretched = upsample_map(raw_map, width=width, height=height)
    mirrored = upsample_map(raw_map[::-1, ::-1].copy(), width=width, height=height)

    np.testing.assert_allclose(mirrored, stretched[::-1, ::-1], atol=1e-5)


def test_a_slope_stays_a_slope_at_the_same_place():
    slope = np.tile(np.arange(8, dtype=np.float32), (8, 1))

    stretched = upsample_map(slope, width=80, height=80)

    straight = (np.arange(80) + 0.5) / 10 - 0.5
    # OpenCV's cubic waves around a straight line by a twentieth of a cell.
    np.testing.assert_allclose(stretched[40, 15:65], straight[15:65], atol=0.05)
    assert (np.diff(stretched[40]) >= 0).all()


@pytest.mark.parametrize("rows", [1, 2, 5, 7, 12, 13])
@pytest.mark.parametrize("size", [(400, 500), (31, 900), (13, 13)])
def test_coarse_maps_are_stretched_as_opencv_stretches_them(rows, size):
    height, width = size
    raw_map = np.random.default_rng(rows).standard_normal((rows, 7)).astype(np.float32)

    stretched = upsample_map(raw_map, width=width, height=height)

    smooth = cv2.resize(raw_map, (width, height), interpolation=cv2.INTER_CUBIC)
    expected = smooth.clip(raw_map.min(), raw_map.max())
    np.testing.assert_allclose(stretched, expected, atol=1e-6)


def test_shrinking_averages_over_all_that_is_covered():
    fine = np.random.default_rng(0).random((40, 60), np.float32)

    shrunk = upsample_map(fine, width=6, height=4)

    np.testing.assert_allclose(shrunk, fine.reshape(4, 10, 6, 10).mean(axis=(1, 3)), rtol=1e-5)


@settings(deadline=None)
@given(
    raw_map=arrays(
        np.float32, st.tuples(*[st.integers(1, 9)] * 2), elements=st.floats(-1, 1, width=32)
    ),
    height=st.integers(1, 40),
    width=st.integers(1, 40),
)
def test_nothing_leaves_the_range_of_the_map(raw_map, height, width):
    stretched = upsample_map(raw_map, width=width, height=height)

    assert stretched.shape == (height, width)
    assert stretched.dtype == np.float32
    assert stretched.min() >= raw_map.min()
    assert stretched.max() <= raw_map.max()


def test_a_constant_map_stays_constant():
    constant = np.full((3, 4), 0.3, np.float32)

    np.testing.assert_array_equal(upsample_map(constant, width=31, height=17), np.float32(0.3))


def test_a_map_of_the_right_size_is_not_changed():
    fine = np.random.default_rng(0).random((9, 11), np.float32)

    np.testing.assert_allclose(upsample_map(fine, width=11, height=9), fine, atol=1e-6)
