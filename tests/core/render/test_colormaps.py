"""Colour tables are matplotlib's, and diverging ones are pale in the middle."""

from typing import get_args

import matplotlib
import numpy as np
import pytest

from core.render.colormaps import DIVERGING, ColormapName, colour_table, default_colormap

NAMES = get_args(ColormapName)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_holds_the_colours_that_matplotlib_gives(name):
    table = colour_table(name)

    colours = [matplotlib.colormaps[name](level / 255)[:3] for level in range(256)]
    assert table.dtype == np.uint8
    np.testing.assert_allclose(table, np.array(colours) * 255, atol=1)


@pytest.mark.parametrize("name", sorted(DIVERGING))
def test_diverging_colours_are_palest_in_the_middle(name):
    table = colour_table(name).astype(int)

    assert (table[128] > 200).all()
    assert np.ptp(table[128]) < 20
    assert table[0, 2] > table[0, 0]
    assert table[255, 0] > table[255, 2]


def test_a_table_is_made_once_and_cannot_be_written_to():
    assert colour_table("jet") is colour_table("jet")

    with pytest.raises(ValueError, match="read-only"):
        colour_table("jet")[0] = 0


@pytest.mark.parametrize(
    ("polarity", "is_diverging"), [("positive", False), ("negative", False), ("both", True)]
)
def test_by_default_colours_diverge_where_both_polarities_are_shown(polarity, is_diverging):
    assert (default_colormap(polarity) in DIVERGING) == is_diverging
