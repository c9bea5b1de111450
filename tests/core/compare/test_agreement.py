"""Classifiers are compared by their labels, how sure they are, and where their maps point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.spatial.distance import jensenshannon
from scipy.stats import spearmanr

from core.compare.agreement import (
    differing_reasons,
    map_agreement,
    map_cosines,
    prediction_agreement,
)
from core.errors import ShapeError


def probabilities(seed, count=5, classes=4):
    return np.random.default_rng(seed).dirichlet(np.ones(classes), count)


def test_the_divergence_is_the_one_that_scipy_computes():
    first, second = probabilities(0), probabilities(1)

    found = prediction_agreement(first, second)

    expected = [
        jensenshannon(one, other, base=2) ** 2 for one, other in zip(first, second, strict=True)
    ]
    np.testing.assert_allclose(found.divergence, expected, atol=1e-9)
    np.testing.assert_array_equal(found.same_label, first.argmax(1) == second.argmax(1))


def test_opposite_certainties_diverge_by_one_bit_and_equal_ones_by_none():
    sure = np.eye(2)

    assert prediction_agreement(sure, sure[::-1]).divergence.tolist() == [1.0, 1.0]
    assert prediction_agreement(sure, sure).divergence.tolist() == [0.0, 0.0]


def test_classifiers_of_other_classes_are_refused():
    with pytest.raises(ShapeError):
        prediction_agreement(probabilities(0), probabilities(0, classes=3))


def test_maps_of_one_size_are_correlated_as_they_are():
    random = np.random.default_rng(2)
    first, second = random.normal(size=(3, 5, 4)), random.normal(size=(3, 5, 4))

    found = map_agreement(first, second)

    expected = [
        spearmanr(a.ravel(), b.ravel()).statistic for a, b in zip(first, second, strict=True)
    ]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_finer_map_is_averaged_to_the_coarser_one():
    coarse = np.random.default_rng(3).normal(size=(2, 4, 4)).astype(np.float32)
    fine = np.repeat(np.repeat(coarse, 2, axis=1), 2, axis=2)
    fine += np.tile([[0.3, -0.3], [-0.3, 0.3]], (4, 4)).astype(np.float32)

    np.testing.assert_allclose(map_agreement(coarse, fine), [1, 1], atol=1e-6)
    np.testing.assert_allclose(map_agreement(-fine, coarse), [-1, -1], atol=1e-6)


@given(
    same=hnp.arrays(np.bool_, 12),
    correlations=hnp.arrays(np.float32, 12, elements=st.floats(-1, 1, width=32)),
    count=st.integers(1, 15),
)
def test_reasons_that_differ_most_come_first_among_images_of_one_label(
    same, correlations, count
):
    found = differing_reasons(same, correlations, count=count)

    assert len(found) == min(count, same.sum())
    assert same[found].all()
    left = np.setdiff1d(np.flatnonzero(same), found)
    assert (np.diff(correlations[found]) >= 0).all()
    if len(left) and len(found):
        assert correlations[left].min() >= correlations[found].max()


@given(
    first=hnp.arrays(np.float32, (3, 4, 4), elements=st.floats(-5, 5, width=32)),
    second=hnp.arrays(np.float32, (3, 4, 4), elements=st.floats(-5, 5, width=32)),
)
def test_cosines_of_maps_are_those_of_the_slow_formula(first, second):
    found = map_cosines(first, second)

    for one, other, cosine in zip(first, second, found, strict=True):
        lengths = np.linalg.norm(one.astype(float)) * np.linalg.norm(other.astype(float))
        expected = np.sum(one.astype(float) * other) / lengths if lengths > 0 else 0.0
        assert cosine == pytest.approx(expected, abs=1e-4)


def test_cosines_compare_maps_on_the_grid_of_the_coarser_one():
    coarse = np.array([[[1.0, 2.0], [3.0, -4.0]]], np.float32)
    fine = np.repeat(np.repeat(coarse, 3, axis=1), 3, axis=2)

    assert map_cosines(coarse, fine)[0] == pytest.approx(1.0)
    assert map_cosines(fine, -coarse)[0] == pytest.approx(-1.0)
