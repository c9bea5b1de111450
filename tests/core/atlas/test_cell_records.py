"""The cells' file says what the cells are, and passes its own schema."""

import json

import numpy as np

from api_schemas.atlases import AtlasCells
from core.atlas.cell_records import cell_records
from core.atlas.grid import Cells

CELLS = Cells(
    grid=8,
    rows=np.array([0, 3]),
    columns=np.array([5, 1]),
    densities=np.array([12, 7]),
    vectors=np.zeros((2, 4), np.float32),
    attributions=np.array([[0.123456, -2.0, 1.0], [0.0, 3.5e-7, -1.0]], np.float32),
    sparse_points=3,
)


def test_a_record_names_place_density_top_classes_and_kept_values():
    first, second = cell_records(CELLS, top=2, kept_classes=(1, 2))

    assert first == {"x": 5, "y": 0, "n": 12, "i": [2, 0], "v": [1.0, 0.1235], "f": [-2.0, 1.0]}
    assert second == {
        "x": 1,
        "y": 3,
        "n": 7,
        "i": [1, 0],
        "v": [3.5e-07, 0.0],
        "f": [3.5e-07, -1.0],
    }


def test_records_come_back_through_json_and_the_schema():
    records = cell_records(CELLS, top=5, kept_classes=(0,))

    read = AtlasCells.model_validate_json(
        json.dumps({"version": 1, "grid": 8, "cells": records})
    )

    assert [cell.model_dump(mode="json", exclude_none=True) for cell in read.cells] == [
        {**record, "i": record["i"], "v": record["v"], "f": record["f"]} for record in records
    ]


def test_cells_without_classes_have_empty_lists():
    bare = Cells(8, *(np.array([1]),) * 3, *(np.zeros((1, 0), np.float32),) * 2, 0)

    assert cell_records(bare, top=5, kept_classes=()) == [
        {"x": 1, "y": 1, "n": 1, "i": [], "v": [], "f": []}
    ]
