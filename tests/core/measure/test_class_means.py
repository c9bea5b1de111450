"""Means by class are the same whether one process adds them up or several."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measure.class_means import ClassMeans, joined_means, shrunk


def arrays(count):
    return np.random.default_rng(0).normal(size=(count, 2, 3))


@given(classes=st.lists(st.integers(0, 4), min_size=1, max_size=20), cut=st.integers(0, 20))
def test_parts_come_to_what_a_slow_mean_over_all_gives(classes, cut):
    values = arrays(len(classes))
    parts = [ClassMeans(), ClassMeans()]
    for place, (index, one) in enumerate(zip(classes, values, strict=True)):
        parts[place >= cut].add(index, one)

    joined = joined_means(part.pack() for part in parts)

    assert set(joined.classes()) == set(classes)
    for index in set(classes):
        expected = values[[one == index for one in classes]].mean(axis=0)
        np.testing.assert_allclose(joined.mean(index), expected, rtol=1e-5, atol=1e-6)
        assert joined.count(index) == classes.count(index)


def test_classes_of_most_arrays_come_first_and_equal_ones_by_index():
    means = ClassMeans()
    for index in (7, 3, 3, 5):
        means.add(index, np.ones((1, 1)))

    assert means.classes() == [3, 5, 7]
    assert means.count(4) == 0


def test_shrinking_averages_blocks_and_leaves_small_arrays_alone():
    values = np.arange(16, dtype=np.float64).reshape(4, 4)

    halved = shrunk(values, most=2)

    np.testing.assert_allclose(halved, [[2.5, 4.5], [10.5, 12.5]])
    np.testing.assert_array_equal(shrunk(values, most=4), values.astype(np.float32))
    assert shrunk(np.ones((6, 2, 3)), most=3).shape == (3, 2, 3)
    assert halved.mean() == pytest.approx(values.mean())
