"""An atlas' parameters fit together, and what it costs is told before it is made."""

import pytest
from pydantic import ValidationError

from api_schemas.atlas import QUALITIES, AtlasParameters, estimate


def order(**fields):
    return AtlasParameters.model_validate({"dataset": "d1", **fields})


def test_the_published_quality_is_what_the_article_says():
    quality = order(quality="published").chosen_quality()

    assert (quality.samples, quality.grids) == (1_000_000, (20, 40, 80, 160))
    assert (quality.steps, quality.attempts, quality.icon_size) == (1024, 4, 80)
    defaults = order()
    assert (defaults.neighbors, defaults.min_dist, defaults.metric) == (50, 0.05, "cosine")
    assert (defaults.whiten, defaults.perplexity, defaults.class_samples) == (True, 50.0, 2000)


def test_what_the_order_says_goes_before_the_level_of_quality():
    quality = order(quality="draft", grids=[4, 12], steps=7).chosen_quality()

    assert (quality.grids, quality.steps) == ((4, 12), 7)
    assert quality.icon_size == QUALITIES["draft"].icon_size


@pytest.mark.parametrize(
    "fields",
    [
        {"versus": "dog"},
        {"class_filter": "cat", "versus": "cat"},
        {"grids": [16, 8]},
        {"grids": [8, 8]},
        {"grids": []},
        {"projection": "pca"},
        {"positions_per_image": 0},
        {"seed": -1},
        {"colour": "red"},
    ],
    ids=str,
)
def test_parameters_that_mean_nothing_are_refused(fields):
    with pytest.raises(ValidationError):
        order(**fields)


def test_the_cost_counts_cells_that_there_can_be():
    # 1,000 activations fill at most 200 cells of five: all 64 of the first grid, 200 of 256.
    told = estimate(
        order(samples=500, positions_per_image=2, grids=[8, 16], steps=10, attempts=3),
        images=9000,
    )

    assert (told.images, told.activations, told.cells) == (500, 1000, 264)
    assert told.icon_steps == 264 * 30


def test_a_small_dataset_costs_no_more_than_it_has():
    told = estimate(order(), images=40)

    assert (told.images, told.cells) == (40, 24)
