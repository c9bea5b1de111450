"""Every point lies in exactly one cell, and a cell's means are those of its points."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.atlas.grid import CellSums, cell_numbers, cells_of
from tests.core.atlas.arrays import layouts


def drawn(points, channels=3, classes=2):
    random = np.random.default_rng(len(points))
    vectors = random.normal(size=(len(points), channels)).astype(np.float32)
    return vectors, random.normal(size=(len(points), classes)).astype(np.float32)


def slow_cells(points, grid):
    """The points of each cell, by asking every cell for every point."""
    last = grid - 1
    return {
        (row, column): [
            index
            for index, (x, y) in enumerate(points.astype(float))
            if (column <= x * grid < column + 1 or (column == last and x == 1))
            and (row <= y * grid < row + 1 or (row == last and y == 1))
        ]
        for row in range(grid)
        for column in range(grid)
    }


@given(points=layouts(), grid=st.integers(1, 9))
def test_every_point_lies_in_exactly_one_cell(points, grid):
    members = slow_cells(points, grid)

    numbers = cell_numbers(points, grid=grid)

    assert sorted(chain.from_iterable(members.values())) == list(range(len(points)))
    for (row, column), inside in members.items():
        assert np.flatnonzero(numbers == row * grid + column).tolist() == inside


def test_points_on_every_border_are_counted_once():
    lines = np.linspace(0, 1, 5)
    points = np.stack(np.meshgrid(lines, lines), axis=-1).reshape(-1, 2).astype(np.float32)

    cells = cells_of(points, *drawn(points), grid=4, min_density=1)

    assert cells.densities.sum() == 25
    assert cells.densities.max() == 4  # the last cell has its corner and three border points
    assert (cells.rows[-1], cells.columns[-1]) == (3, 3)


@given(points=layouts(), grid=st.integers(1, 6), min_density=st.integers(1, 5))
def test_densities_and_what_is_left_out_sum_to_all_points(points, grid, min_density):
    cells = cells_of(points, *drawn(points), grid=grid, min_density=min_density)

    assert cells.densities.sum() + cells.sparse_points == len(points)
    assert (cells.densities >= min_density).all()
    places = cells.rows * grid + cells.columns
    assert places.tolist() == sorted(set(places.tolist()))


@given(points=layouts(), grid=st.integers(1, 5))
def test_a_cell_has_the_means_of_its_own_points(points, grid):
    vectors, attributions = drawn(points)
    members = slow_cells(points, grid)

    cells = cells_of(points, vectors, attributions, grid=grid, min_density=1)

    for place, (row, column) in enumerate(zip(cells.rows, cells.columns, strict=True)):
        inside = members[row, column]
        assert cells.densities[place] == len(inside)
        np.testing.assert_allclose(cells.vectors[place], vectors[inside].mean(0), atol=1e-5)
        np.testing.assert_allclose(
            cells.attributions[place], attributions[inside].mean(0), atol=1e-5
        )


@pytest.mark.parametrize("part", [1, 7, 40])
def test_points_added_in_parts_make_the_same_cells(part):
    points = np.random.default_rng(0).random((40, 2), np.float32)
    vectors, attributions = drawn(points)
    sums = CellSums(points, grid=3)

    for start in range(0, 40, part):
        sums.add(start, vectors[start : start + part], attributions[start : start + part])

    found, expected = (
        sums.cells(min_density=2),
        cells_of(points, vectors, attributions, grid=3, min_density=2),
    )
    np.testing.assert_allclose(found.vectors, expected.vectors, rtol=1e-6)
    np.testing.assert_allclose(found.attributions, expected.attributions, rtol=1e-6)
    np.testing.assert_array_equal(found.densities, expected.densities)


def test_rows_are_counted_from_the_top_and_columns_from_the_left():
    points = np.array([[0.9, 0.1]], np.float32)

    cells = cells_of(points, *drawn(points), grid=4, min_density=1)

    assert (cells.rows[0], cells.columns[0]) == (0, 3)


def test_a_grid_in_which_every_cell_is_too_sparse_has_no_cells():
    points = np.random.default_rng(0).random((10, 2), np.float32)

    cells = cells_of(points, *drawn(points), grid=2, min_density=11)

    assert len(cells.rows) == 0
    assert cells.vectors.shape == (0, 3)
    assert cells.sparse_points == 10
