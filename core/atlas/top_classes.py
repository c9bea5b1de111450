"""Which classes the cells of an atlas speak for, and which values are worth keeping."""

import numpy as np
from jaxtyping import Float, Int

from core.atlas.arrays import CellAttributions

TopClasses = tuple[Int[np.ndarray, "M t"], Float[np.ndarray, "M t"]]


def top_classes(attributions: CellAttributions, *, count: int) -> TopClasses:
    """Find the classes that each cell adds most to.

    Args:
        attributions: [M, K].
        count: of classes of each cell; fewer where there are fewer.

    Returns:
        [M, t] class indices, the largest attribution first, equal ones in their order, and
        their attributions [M, t].
    """
    indices = np.argsort(-attributions, axis=1, kind="stable")[:, :count]
    return indices, np.take_along_axis(attributions, indices, axis=1)


def filter_classes(
    attributions: CellAttributions, *, wanted: tuple[int, ...], limit: int
) -> tuple[int, ...]:
    """Choose the classes whose value every cell keeps, so that a viewer can filter by them.

    Args:
        attributions: [M, K].
        wanted: classes that are kept in any case.
        limit: kept in all, unless more are wanted.

    Returns:
        Ascending: all classes if they are few; else those wanted, and those that are the top
        class of most cells, and then those with the largest attribution anywhere.
    """
    cells, classes = attributions.shape
    if classes <= limit:
        return tuple(range(classes))
    if not cells:
        return tuple(sorted(wanted))
    wins = np.bincount(attributions.argmax(axis=1), minlength=classes)
    by_merit = np.lexsort((-attributions.max(axis=0), -wins))
    others = [int(index) for index in by_merit if index not in wanted]
    return tuple(sorted((*wanted, *others[: max(0, limit - len(wanted))])))
