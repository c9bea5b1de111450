"""A layout fills the unit square, keeps its order, and outliers do not squeeze the rest."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.atlas.normalize_layout import normalize_layout
from tests.core.atlas.arrays import matrices

PUBLISHED = {"low_percentile": 1.0, "high_percentile": 99.0, "margin": 0.1}


@given(layout=matrices((1, 50), (1, 2)))
def test_every_axis_spans_zero_to_one_or_has_no_extent(layout):
    points = normalize_layout(layout, **PUBLISHED)

    assert points.shape == layout.shape
    for axis, values in zip(points.T, layout.T, strict=True):
        if np.ptp(values) == 0 or np.ptp(axis) == 0:
            assert (axis == 0.5).all()
        else:
            assert (axis.min(), axis.max()) == (0.0, 1.0)


@given(layout=matrices((2, 40), (1, 1)), scale=st.sampled_from([0.5, 1.0, 8.0]))
def test_the_order_along_an_axis_never_turns_round(layout, scale):
    points = normalize_layout(layout * np.float32(scale), **PUBLISHED)[:, 0]

    assert (np.diff(points[np.argsort(layout[:, 0], kind="stable")]) >= 0).all()


def test_an_outlier_is_pulled_to_the_border_and_the_rest_keeps_its_room():
    layout = np.append(np.linspace(0.0, 1.0, 999), 1000.0).astype(np.float32)[:, np.newaxis]

    points = normalize_layout(layout, **PUBLISHED)

    # 0..1 lies between 0 and the 99th percentile plus a tenth: about 0.99 + 0.098.
    assert points[-1] == 1.0
    np.testing.assert_allclose(points[998, 0], 1.0 / 1.0892, atol=2e-3)


def test_without_margin_and_trimming_it_is_the_plain_scaling():
    layout = np.array([[1.0, 8.0], [3.0, 4.0], [2.0, 0.0]], np.float32)

    points = normalize_layout(layout, low_percentile=0.0, high_percentile=100.0, margin=0.0)

    np.testing.assert_allclose(points, [[0, 1], [1, 0.5], [0.5, 0]])
