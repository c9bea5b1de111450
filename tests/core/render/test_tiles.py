"""Tiles show maps by their own range or by a common one, and filters by their sign."""

import numpy as np
import pytest

from core.render.colormaps import colour_table
from core.render.tiles import colour_filter_tiles, map_tiles

WEAK_AND_STRONG = np.array([[[0, 0.1]], [[0, 1.0]]], np.float32)


def test_scaled_each_a_weak_map_uses_all_colours():
    weak, strong = map_tiles(WEAK_AND_STRONG, colormap="viridis", scaling="each")

    np.testing.assert_array_equal(weak, strong)
    np.testing.assert_array_equal(weak[0], colour_table("viridis")[[0, 255]])


def test_scaled_together_equal_colours_mean_equal_values():
    weak, strong = map_tiles(WEAK_AND_STRONG, colormap="viridis", scaling="common")

    np.testing.assert_array_equal(weak[0], colour_table("viridis")[[0, round(25.5)]])
    np.testing.assert_array_equal(strong[0], colour_table("viridis")[[0, 255]])


@pytest.mark.parametrize("scaling", ["each", "common"])
def test_a_signed_filter_is_pale_where_it_is_zero(scaling):
    signed = np.array([[[-2, 0, 1]]], np.float32)

    tile = map_tiles(signed, colormap="coolwarm", scaling=scaling)[0]

    np.testing.assert_array_equal(tile[0], colour_table("coolwarm")[[1, 128, round(191.5)]])


@pytest.mark.parametrize("scaling", ["each", "common"])
def test_a_colour_filter_is_grey_at_zero_and_bright_in_the_colour_it_answers_to(scaling):
    filters = np.zeros((1, 1, 3, 3), np.float32)
    filters[0, 0, 1] = (0.5, 0, 0)
    filters[0, 0, 2] = (0, -0.5, 0)

    tile = colour_filter_tiles(filters, scaling=scaling)[0]

    np.testing.assert_array_equal(tile[0], [(128, 128, 128), (255, 128, 128), (128, 1, 128)])


def test_a_dead_channel_is_drawn_in_the_colour_of_nothing():
    tile = map_tiles(np.zeros((1, 2, 2), np.float32), colormap="coolwarm", scaling="each")[0]

    np.testing.assert_array_equal(
        tile, np.broadcast_to(colour_table("coolwarm")[128], (2, 2, 3))
    )


def test_values_that_are_not_finite_do_not_hide_the_other_maps():
    broken = np.array([[[np.nan, 1, 0]], [[0, 1, 2]]], np.float32)

    tiles = map_tiles(broken, colormap="gray", scaling="common")

    np.testing.assert_array_equal(tiles[1][0, :, 0], [0, 128, 255])
