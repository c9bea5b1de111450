"""New activations fall where the stored ones that point the same way lie."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.atlas.grid import cells_of
from core.atlas.locate import (
    Landmarks,
    landmarks_of,
    locate,
    pack_landmarks,
    unpack_landmarks,
)

AXES = Landmarks(
    vectors=np.eye(3, dtype=np.float32),
    points=np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]], np.float32),
)
"""One landmark for each axis: top left, top right, bottom right."""


def cells_at(points, grid, min_density=1):
    nothing = np.zeros((len(points), 0), np.float32)
    return cells_of(points, nothing, nothing, grid=grid, min_density=min_density)


def found(vectors, *, neighbors, landmarks=AXES, grids=(2,), shown=None):
    shown = landmarks.points if shown is None else shown
    located = locate(
        landmarks,
        np.array(vectors, np.float32),
        [cells_at(shown, grid) for grid in grids],
        neighbors=neighbors,
    )
    return [(cell.grid, cell.row, cell.column, pytest.approx(cell.weight)) for cell in located]


def test_an_activation_falls_into_the_cell_of_its_nearest_landmark():
    assert found([[0.1, 5, 0.2]], neighbors=1) == [(2, 0, 1, 1.0)]


def test_neighbours_share_the_weight_by_their_cosines():
    # Cosines 0.8 and 0.6 with the first two axes; the third gets nothing.
    assert found([[4, 3, 0]], neighbors=3) == [(2, 0, 0, 0.8 / 1.4), (2, 0, 1, 0.6 / 1.4)]


def test_several_activations_of_an_image_weigh_alike_whatever_their_length():
    assert found([[9, 0, 0], [0, 1, 0], [0, 0.1, 0]], neighbors=1) == [
        (2, 0, 1, 2 / 3),
        (2, 0, 0, 1 / 3),
    ]


def test_landmarks_that_an_activation_points_away_from_get_no_weight():
    assert found([[1, -1, 0]], neighbors=3) == [(2, 0, 0, 1.0)]


def test_every_grid_of_the_atlas_gets_an_answer_of_its_own():
    assert found([[0, 0, 1]], neighbors=1, grids=(1, 4)) == [(1, 0, 0, 1.0), (4, 3, 3, 1.0)]


def test_weight_that_falls_where_nothing_is_shown_is_in_no_cell():
    assert found([[4, 3, 0]], neighbors=2, shown=AXES.points[:1]) == [(2, 0, 0, 0.8 / 1.4)]


def test_a_silent_activation_falls_nowhere_and_takes_its_part_of_the_weight():
    assert found([[0, 0, 0]], neighbors=3) == []
    assert found([[0, 0, 0], [1, 0, 0]], neighbors=1) == [(2, 0, 0, 0.5)]


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 1000), neighbors=st.integers(1, 12), grid=st.integers(1, 5))
def test_weights_of_a_grid_sum_to_one_where_everything_is_shown(seed, neighbors, grid):
    random = np.random.default_rng(seed)
    landmarks = Landmarks(
        np.abs(random.normal(size=(30, 4))).astype(np.float32),
        random.random((30, 2), np.float32),
    )

    located = locate(
        landmarks,
        np.abs(random.normal(size=(3, 4))).astype(np.float32),
        [cells_at(landmarks.points, grid)],
        neighbors=neighbors,
    )

    weights = [cell.weight for cell in located]
    assert sum(weights) == pytest.approx(1.0)
    assert weights == sorted(weights, reverse=True)


def test_landmarks_come_back_from_a_file_without_pickles():
    landmarks = Landmarks(
        np.random.default_rng(0).normal(size=(20, 4)).astype(np.float32) * 1e-3,
        np.random.default_rng(1).random((20, 2), np.float32),
    )

    content = pack_landmarks(landmarks)

    again = unpack_landmarks(content)
    np.testing.assert_allclose(again.vectors, landmarks.vectors, rtol=1e-3, atol=1e-9)
    np.testing.assert_array_equal(again.points, landmarks.points)
    with np.load(BytesIO(content), allow_pickle=False) as file:
        assert set(file) == {"format", "vectors", "vectors_scale", "points"}


def test_of_many_activations_some_are_kept_with_their_own_places():
    vectors = np.arange(40, dtype=np.float32).reshape(20, 2)

    landmarks = landmarks_of(vectors, vectors / 40, limit=6, seed=3)

    assert landmarks.vectors.shape == (6, 2)
    np.testing.assert_array_equal(landmarks.points, landmarks.vectors / 40)
    again = landmarks_of(vectors, vectors / 40, limit=6, seed=3)
    np.testing.assert_array_equal(again.vectors, landmarks.vectors)
