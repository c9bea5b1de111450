"""A legend shows the overlay's colours in order, between the values that they stand for."""

import numpy as np
import pytest

from core.render.colormaps import colour_table
from core.render.legend import BAR_PIXELS, MARGIN_PIXELS, WIDTH_PIXELS, legend_picture
from core.render.normalize import drawn_range, normalize_map


def bar_of(picture):
    """The row through the middle of the bar, without the margins."""
    middle = picture.shape[0] // 2
    return picture[middle, MARGIN_PIXELS:-MARGIN_PIXELS]


@pytest.mark.parametrize("colormap", ["jet", "coolwarm", "viridis"])
def test_the_bar_runs_from_the_first_colour_to_the_last(colormap):
    picture = legend_picture(colormap=colormap, polarity="positive", low=0.0, high=2.5)

    row = bar_of(picture)
    assert picture.shape[1] == WIDTH_PIXELS + 2 * MARGIN_PIXELS
    np.testing.assert_array_equal(row[0], colour_table(colormap)[0])
    np.testing.assert_array_equal(row[-1], colour_table(colormap)[255])
    assert (picture[:, WIDTH_PIXELS // 2] == row[WIDTH_PIXELS // 2 - MARGIN_PIXELS]).all(
        axis=1
    ).sum() >= BAR_PIXELS


def test_other_values_and_polarities_are_written_otherwise():
    pictures = [
        legend_picture(colormap="coolwarm", polarity=polarity, low=0.0, high=high)
        for polarity, high in (("both", 1.0), ("both", 2.0), ("negative", 2.0))
    ]

    assert len({picture.tobytes() for picture in pictures}) == 3


@pytest.mark.parametrize("polarity", ["positive", "both"])
@pytest.mark.parametrize("percentile", [90.0, 100.0])
def test_the_range_told_is_that_of_the_first_and_the_last_colour(polarity, percentile):
    raw_map = np.random.default_rng(0).normal(0, 3, (20, 20)).astype(np.float32)
    low, high = drawn_range(raw_map, polarity=polarity, clip_percentile=percentile)

    scaled = normalize_map(raw_map, polarity=polarity, clip_percentile=percentile)

    np.testing.assert_allclose(scaled[raw_map >= high], 1.0)
    expected = np.clip((raw_map - low) / (high - low), -1.0 if polarity == "both" else 0.0, 1)
    np.testing.assert_allclose(scaled, expected, atol=1e-5)
