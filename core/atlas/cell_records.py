"""The cells of one grid as plain values: what `cells/{grid}.json` holds.

docs/atlas_format.md describes it, `api_schemas/atlases.py` checks it. Field names are short
since a fine grid has tens of thousands of cells; they are those of the published atlases.
"""

from typing import Any

import numpy as np

from core.atlas.grid import Cells
from core.atlas.top_classes import top_classes

SIGNIFICANT_DIGITS = 4
"""Of a value: what half precision carried."""


def cell_records(
    cells: Cells, *, top: int, kept_classes: tuple[int, ...]
) -> list[dict[str, Any]]:
    """Write each cell down.

    Args:
        cells: of one grid.
        top: classes listed of each cell, those it adds most to.
        kept_classes: whose value every cell has, in this order, to filter by.

    Returns:
        For each cell, row by row: `x` its column, `y` its row, `n` its points, `i` and `v` the
        top classes and their mean attributions, `f` those of the kept classes.
    """
    indices, values = top_classes(cells.attributions, count=top)
    kept = cells.attributions[:, list(kept_classes)]
    return [
        {
            "x": int(cells.columns[place]),
            "y": int(cells.rows[place]),
            "n": int(cells.densities[place]),
            "i": indices[place].tolist(),
            "v": _shortened(values[place]),
            "f": _shortened(kept[place]),
        }
        for place in range(len(cells.rows))
    ]


def _shortened(values: np.ndarray) -> list[float]:
    """Round to four significant digits."""
    return [float(f"{value:.{SIGNIFICANT_DIGITS}g}") for value in values]
