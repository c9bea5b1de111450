"""Which points stand for a cell: those nearest to its mean, as a slow search finds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.atlas.grid import cells_of
from core.atlas.members import NOBODY, nearest_members
from tests.core.atlas.arrays import layouts


def planted(points, *, seed=0, channels=3):
    vectors = np.random.default_rng(seed).normal(size=(len(points), channels))
    return vectors.astype(np.float32), np.zeros((len(points), 0), np.float32)


def slow_distance(vector, mean, metric):
    vector, mean = vector.astype(float), mean.astype(float)
    if metric == "euclidean":
        return np.sqrt(((vector - mean) ** 2).sum())
    return 1 - vector @ mean / np.sqrt((vector @ vector) * (mean @ mean))


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
@given(
    points=layouts(),
    grid=st.integers(1, 5),
    count=st.integers(1, 6),
    least=st.integers(1, 3),
)
def test_members_are_the_nearest_of_each_cell_and_of_no_other(
    metric, points, grid, count, least
):
    vectors, nothing = planted(points)
    cells = cells_of(points, vectors, nothing, grid=grid, min_density=least)

    members = nearest_members(points, vectors, cells, count=count, metric=metric)

    assert members.shape == (len(cells.rows), count)
    columns, rows = np.minimum(np.floor(points.astype(float) * grid), grid - 1).astype(int).T
    for place, found in enumerate(members):
        inside = (rows == cells.rows[place]) & (columns == cells.columns[place])
        kept = found[found != NOBODY]
        assert len(kept) == min(count, inside.sum()) == len(set(kept))
        assert inside[kept].all()
        distances = [slow_distance(vectors[one], cells.vectors[place], metric) for one in kept]
        np.testing.assert_allclose(distances, np.sort(distances), atol=1e-6)
        others = np.setdiff1d(np.flatnonzero(inside), kept)
        if len(others):
            nearest = min(
                slow_distance(vectors[one], cells.vectors[place], metric) for one in others
            )
            assert max(distances) <= nearest + 1e-6


def test_equal_vectors_come_in_the_order_of_their_points():
    points = np.full((5, 2), 0.5, np.float32)
    vectors = np.ones((5, 2), np.float32)
    cells = cells_of(points, vectors, vectors[:, :0], grid=1, min_density=1)

    members = nearest_members(points, vectors, cells, count=3, metric="cosine")

    assert members.tolist() == [[0, 1, 2]]


def test_a_grid_that_shows_no_cell_has_no_members():
    points = np.zeros((2, 2), np.float32)
    vectors, nothing = planted(points)
    cells = cells_of(points, vectors, nothing, grid=2, min_density=3)

    assert nearest_members(points, vectors, cells, count=4, metric="cosine").shape == (0, 4)
