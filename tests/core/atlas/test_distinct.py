"""Silent activations are left out, and duplicates are found, whatever the metric calls so."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.atlas.distinct import distinct_vectors, has_direction, unit_vectors
from tests.core.atlas.arrays import matrices

SOME = np.array([[0, 0], [1, 2], [2, 4], [1, 2], [3, 0], [np.nan, 1], [-1, -2]], np.float32)


def test_zeros_and_what_is_not_finite_have_no_direction():
    assert has_direction(SOME).tolist() == [False, True, True, True, True, False, True]


def test_under_the_cosine_multiples_of_a_vector_are_its_duplicates():
    found = distinct_vectors(SOME, metric="cosine")

    assert found.rows.tolist() == [1, 2, 3, 4, 6]
    assert found.owners.tolist() == [0, 0, 0, 1, 2]
    np.testing.assert_allclose(found.vectors, unit_vectors(SOME[[1, 4, 6]]), rtol=1e-6)


def test_under_the_distance_only_equal_vectors_are_duplicates():
    found = distinct_vectors(SOME, metric="euclidean")

    assert found.owners.tolist() == [0, 1, 0, 2, 3]
    np.testing.assert_array_equal(found.vectors, SOME[[1, 2, 4, 6]])


def test_negative_zeros_make_no_difference():
    vectors = np.array([[1.0, 0.0], [1.0, -0.0]], np.float32)

    assert len(distinct_vectors(vectors, metric="cosine").vectors) == 1


@given(
    vectors=matrices((1, 30), (1, 3), magnitude=2),
    metric=st.sampled_from(["cosine", "euclidean"]),
)
def test_every_vector_with_a_direction_has_an_owner_that_is_like_it(vectors, metric):
    vectors = np.round(vectors)
    found = distinct_vectors(vectors, metric=metric)

    kept = vectors[found.rows]
    wanted = unit_vectors(kept) if metric == "cosine" else kept
    assert len(found.rows) == has_direction(vectors).sum()
    np.testing.assert_allclose(found.vectors[found.owners], wanted, atol=1e-5)
    assert len(np.unique(np.round(found.vectors, 4), axis=0)) == len(found.vectors)


def test_vectors_whose_squares_overflow_still_get_length_one():
    found = unit_vectors(np.array([[3e30, 4e30], [3e-30, 4e-30]], np.float32))

    np.testing.assert_allclose(found, [[0.6, 0.8], [0.6, 0.8]], rtol=1e-6)
