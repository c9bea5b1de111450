"""Every icon is in its tile, at its place, and tiles hold nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.atlas.sprites import sprite_picture, sprite_tiles

SIZE = 3


def icons_of(count):
    """Plain icons whose colours tell them apart; none is white."""
    numbers = np.arange(count)
    colours = np.stack([numbers % 250, numbers // 250, numbers * 0 + 7], axis=1)
    return np.tile(colours[:, np.newaxis, np.newaxis], (1, SIZE, SIZE, 1)).astype(np.uint8)


@settings(deadline=None, max_examples=40)
@given(grid=st.integers(1, 35), data=st.data())
def test_every_icon_is_found_where_the_format_says(grid, data):
    numbers = data.draw(
        st.lists(st.integers(0, grid**2 - 1), min_size=1, max_size=30, unique=True)
    )
    rows, columns = np.divmod(np.sort(np.array(numbers)), grid)
    icons = icons_of(len(rows))

    pictures = {
        tile.path: sprite_picture(tile, rows, columns, icons[tile.cells])
        for tile in sprite_tiles(rows, columns, grid=grid)
    }

    for row, column, icon in zip(rows, columns, icons, strict=True):
        picture = pictures[f"{row // 10}_{column // 10}.webp"]
        top, left = row % 10 * SIZE, column % 10 * SIZE
        np.testing.assert_array_equal(picture[top : top + SIZE, left : left + SIZE], icon)
    inked = sum((picture != 255).any(axis=-1).sum() for picture in pictures.values())
    assert inked == len(rows) * SIZE**2


@pytest.mark.parametrize(
    ("grid", "sizes"),
    [(8, {(8, 8)}), (10, {(10, 10)}), (16, {(10, 10), (10, 6), (6, 10), (6, 6)})],
)
def test_tiles_hold_ten_by_ten_or_what_fits(grid, sizes):
    rows, columns = (axis.ravel() for axis in np.mgrid[:grid, :grid])

    tiles = sprite_tiles(rows, columns, grid=grid)

    assert {(tile.height_cells, tile.width_cells) for tile in tiles} == sizes
    assert sorted(np.concatenate([tile.cells for tile in tiles])) == list(range(grid**2))


def test_a_tile_without_any_cell_is_left_out():
    tiles = sprite_tiles(np.array([0, 25]), np.array([3, 14]), grid=30)

    assert [tile.path for tile in tiles] == ["0_0.webp", "2_1.webp"]
