"""Which cells of an atlas speak for one class rather than another.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015: the
difference of a cell's attributions to two classes; its patches are icons of such cells.
"""

import numpy as np
from jaxtyping import Float, Int

CellValues = Float[np.ndarray, " M"]


def favoured_cells(
    for_target: CellValues, for_source: CellValues, *, count: int
) -> Int[np.ndarray, " m"]:
    """Find the cells that favour the target most.

    Args:
        for_target: [M] attribution of each cell to the class that is to be seen.
        for_source: [M] to the class of the images.
        count: of cells wanted, at least 1.

    Returns:
        [m] indices of at most `count` cells, those with the largest difference first, equal
        ones in their order; none that favours the source.
    """
    difference = for_target - for_source
    order = np.argsort(-difference, kind="stable")
    return np.asarray(order[difference[order] > 0][:count])
