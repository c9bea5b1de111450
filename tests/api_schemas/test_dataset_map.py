"""What a dataset map costs is told before it is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_schemas.dataset_map import DatasetMapParameters, map_estimate
from api_schemas.layout_options import most_cells


def order(**fields):
    return DatasetMapParameters.model_validate({"dataset": "d1", **fields})


@pytest.mark.parametrize(
    ("fields", "images", "told"),
    [
        # 1,000 images fill 1,000 of the 1,024 cells of the finest grid.
        ({}, 1_000, (1_000, 1_000, 64 + 256 + 1_000)),
        ({}, 50_000, (20_000, 20_000, 64 + 256 + 1_024)),
        ({"samples": 300_000}, 10**6, (300_000, 100_000, 64 + 256 + 1_024)),
        ({"samples": 90, "grids": [2, 9], "min_density": 3}, 1_000, (90, 90, 4 + 30)),
    ],
    ids=["small", "default", "large", "dense"],
)
def test_the_cost_is_counted_by_hand_of_what_there_is(fields, images, told):
    cost = map_estimate(order(**fields), images=images)

    assert (cost.images, cost.fitted, cost.cells) == told


@given(
    points=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=60),
    least=st.integers(1, 5),
)
def test_no_layout_fills_more_cells_than_were_told(points, least):
    filled = {cell for cell in points if points.count(cell) >= least}

    assert len(filled) <= most_cells((8,), points=len(points), min_density=least)
