"""Tiles lie where they should, with their labels below them, and none covers another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ShapeError
from core.render.grid import balanced_columns, grid_picture


def plain_tiles(count, height=7, width=7):
    """Tiles of one colour each, none of them white or dark."""
    return [np.full((height, width, 3), (100 + i, 60, 90), np.uint8) for i in range(count)]


def places_of(picture, tile):
    rows, columns = np.nonzero((picture == tile[0, 0]).all(axis=-1))
    return rows.min(), columns.min(), np.ptp(rows) + 1, np.ptp(columns) + 1


def test_tiles_are_laid_out_row_by_row_at_the_size_asked_for():
    tiles = plain_tiles(5)

    picture = grid_picture(tiles, [f"channel {i}" for i in range(5)], tile_pixels=64, columns=3)

    tops, lefts, heights, widths = zip(
        *(places_of(picture, tile) for tile in tiles), strict=True
    )
    assert heights == widths == (64,) * 5
    assert len(set(tops[:3])) == len(set(tops[3:])) == 1
    assert lefts[:2] == lefts[3:]
    assert lefts[0] + 64 < lefts[1]
    assert tops[0] + 64 < tops[3]


def test_small_maps_are_enlarged_without_smoothing():
    checkers = np.zeros((2, 2, 3), np.uint8)
    checkers[0, 0] = checkers[1, 1] = 200

    picture = grid_picture([checkers], [], tile_pixels=40, columns=1)

    assert set(np.unique(picture[6:-6, 6:-6])) == {0, 200}


def test_every_label_is_written_below_its_own_tile():
    tiles = plain_tiles(2)

    picture = grid_picture(tiles, ["first", ""], tile_pixels=70, columns=2)

    top, left, height, width = places_of(picture, tiles[0])
    below = picture[top + height + 2 :, left : left + width]
    assert (below < 100).any()
    other_left = places_of(picture, tiles[1])[1]
    assert (picture[top + height + 2 :, other_left:] == 255).all()


def test_a_long_label_is_cut_and_never_reaches_the_next_tile():
    tiles = plain_tiles(2)

    picture = grid_picture(
        tiles, ["a name that is far too long " * 3, ""], tile_pixels=50, columns=2
    )

    top, left, height, _ = places_of(picture, tiles[1])
    assert (picture[top + height + 2 :, left:] == 255).all()


def test_a_white_tile_is_told_from_the_paper_by_a_thin_frame():
    white = np.full((5, 5, 3), 255, np.uint8)

    picture = grid_picture([white], [], tile_pixels=40, columns=1)

    is_frame = (picture < 255).all(axis=-1)
    assert is_frame.sum() == 42**2 - 40**2


def test_without_labels_no_room_is_left_for_them():
    tiles = plain_tiles(1)

    bare = grid_picture(tiles, [], tile_pixels=50, columns=1)
    labelled = grid_picture(tiles, ["one"], tile_pixels=50, columns=1)

    assert bare.shape[0] == bare.shape[1] < labelled.shape[0]


def test_tiles_of_other_proportions_keep_them():
    wide, high = plain_tiles(1, 10, 40)[0], plain_tiles(1, 40, 10)[0] + 9

    picture = grid_picture([wide, high], [], tile_pixels=80, columns=2)

    assert places_of(picture, wide)[2:] == (20, 80)
    assert places_of(picture, high)[2:] == (80, 20)


@settings(deadline=None, max_examples=40)
@given(count=st.integers(1, 40), columns=st.integers(1, 50), tile_pixels=st.integers(1, 60))
def test_every_tile_is_there_once_however_many_there_are(count, columns, tile_pixels):
    tiles = plain_tiles(count, 5, 5)

    picture = grid_picture(tiles, [], tile_pixels=tile_pixels, columns=columns)

    for tile in tiles:
        assert (picture == tile[0, 0]).all(axis=-1).sum() == tile_pixels**2


@pytest.mark.parametrize(("count", "columns"), [(1, 2), (2, 2), (10, 4), (64, 11), (512, 29)])
def test_a_balanced_grid_is_somewhat_wider_than_high(count, columns):
    assert balanced_columns(count) == columns


@pytest.mark.parametrize(("count", "labels"), [(0, []), (2, ["one"]), (1, ["one", "two"])])
def test_tiles_and_labels_that_do_not_go_together_are_refused(count, labels):
    with pytest.raises(ShapeError):
        grid_picture(plain_tiles(count), labels, tile_pixels=30, columns=2)
