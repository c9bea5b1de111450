"""Whitening undoes how channels vary together, also where the plain inverse does not exist."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.atlas.whitening import SecondMoment, whitened_directions, whitening_matrix
from tests.core.atlas.arrays import matrices


def moment_of(vectors):
    exact = vectors.astype(np.float64)
    return exact.T @ exact / max(len(vectors), 1)


def test_with_hardly_any_ridge_it_is_the_inverse_of_the_second_moment():
    vectors = np.random.default_rng(0).normal(1.0, 1.0, (500, 6))

    moment = moment_of(vectors)

    matrix = whitening_matrix(moment, ridge=1e-9)

    expected = np.linalg.inv(moment) * np.trace(moment) / 6
    np.testing.assert_allclose(matrix, expected, rtol=1e-3, atol=1e-4)


def test_whitened_activations_have_no_common_variation_left():
    mixing = np.random.default_rng(1).normal(size=(5, 5))
    vectors = np.random.default_rng(2).normal(size=(4000, 5)) @ mixing
    moment = moment_of(vectors)
    matrix = whitening_matrix(moment, ridge=1e-9).astype(np.float64) / np.trace(moment) * 5

    # v S v' is the squared length of v once the moment is the unit matrix: D on average.
    squared_lengths = np.sum(vectors @ matrix * vectors, axis=1)

    np.testing.assert_allclose(squared_lengths.mean(), 5.0, rtol=1e-3)


@settings(deadline=None)
@given(vectors=matrices((0, 8), (1, 10)), ridge=st.sampled_from([1e-4, 1e-2, 1.0]))
def test_a_moment_of_any_rank_gets_a_positive_definite_inverse(vectors, ridge):
    moment = moment_of(vectors)

    matrix = whitening_matrix(moment, ridge=ridge)

    assert np.isfinite(matrix).all()
    np.testing.assert_allclose(matrix, matrix.T, rtol=1e-3, atol=1e-5 * np.abs(matrix).max())
    if np.trace(moment) > 1e-12:
        ridged = moment / (np.trace(moment) / len(moment)) + ridge * np.eye(len(moment))
        product = matrix.astype(np.float64) @ ridged
        np.testing.assert_allclose(product, np.eye(len(moment)), atol=1e-2)


def test_a_dead_unit_stays_dead_in_every_direction():
    vectors = np.random.default_rng(3).normal(size=(50, 4)).astype(np.float32)
    vectors[:, 2] = 0.0
    matrix = whitening_matrix(moment_of(vectors), ridge=1e-3)

    directions = whitened_directions(vectors[:3], matrix)

    np.testing.assert_allclose(directions[:, 2], 0.0, atol=1e-6)
    assert np.isfinite(directions).all()


def test_without_any_activation_nothing_is_whitened():
    np.testing.assert_array_equal(
        whitening_matrix(SecondMoment(3).mean(), ridge=0.1), np.eye(3)
    )


def test_a_large_ridge_leaves_the_directions_as_they_are():
    vectors = np.random.default_rng(4).normal(size=(30, 4)).astype(np.float32)

    directions = whitened_directions(vectors, whitening_matrix(moment_of(vectors), ridge=1e6))

    plain = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    np.testing.assert_allclose(directions, plain, atol=1e-4)


def test_directions_have_length_one_and_nothing_stays_nothing():
    vectors = np.array([[3, 4], [0, 0], [1e-20, 0]], np.float32)

    directions = whitened_directions(vectors, np.eye(2, dtype=np.float32))

    np.testing.assert_allclose(directions, [[0.6, 0.8], [0, 0], [1, 0]], rtol=1e-6)


@pytest.mark.parametrize("part", [1, 9])
def test_the_moment_of_parts_is_that_of_all_activations(part):
    vectors = np.random.default_rng(5).normal(size=(20, 3)).astype(np.float32)
    moment = SecondMoment(3)

    for start in range(0, 20, part):
        moment.add(vectors[start : start + part])

    np.testing.assert_allclose(moment.mean(), moment_of(vectors), rtol=1e-9)
