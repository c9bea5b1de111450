"""An atlas seen by its classes: which cells speak for one, which activations, for which of two.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015: its
viewer (`Atlas.html`) fades cells by their influence; the notebook "class-activation-atlas" has
the filters of a class atlas; `ClassFilterComparison.html` sets two classes against each other.
"""

from typing import Literal

import numpy as np
from jaxtyping import Float

from core.atlas.arrays import (
    Attributions,
    CellAttributions,
    CellCounts,
    CellValues,
    Chosen,
    Line,
    Points,
)

Sign = Literal[1, -1]
"""Whether what speaks for a class is shown, or what speaks against it."""


def influence_scale(
    attributions: CellAttributions, densities: CellCounts, *, least_density: int
) -> float:
    """Find the influence that counts as full: the largest of a top class in a well-filled cell.

    Args:
        attributions: [M, K].
        densities: [M].
        least_density: points above which a cell counts as well-filled, 500 in the published
            viewer; where no cell is, all of them count.

    Returns:
        Above 0; 1 where no cell speaks for any class.
    """
    if not attributions.size:
        return 1.0
    is_filled = densities > least_density
    counted = attributions[is_filled] if is_filled.any() else attributions
    largest = float(counted.max())
    return largest if largest > 0 else 1.0


def filter_opacities(
    values: CellValues, *, scale: float, sign: Sign, intensity: float
) -> CellValues:
    """Fade the cells that do not speak for a class.

    Args:
        values: [M] each cell's attribution to the class.
        scale: influence that counts as full, above 0.
        sign: 1 for the class, -1 against it.
        intensity: how soon a cell is seen in full, 0.5 to 2 in the published viewer.

    Returns:
        [M] in 0..1: max(0, sign · value / scale) · intensity, and at most 1.
    """
    return np.clip(np.maximum(0.0, sign * values / scale) * intensity, 0.0, 1.0)


def chosen_by_rank(attributions: Attributions, *, index: int) -> Chosen:
    """Find the activations [N] that add more to a class than to any other, and not nothing."""
    of_class = attributions[:, index]
    return np.asarray((attributions.argmax(axis=1) == index) & (of_class > 0))


def chosen_by_magnitude(attributions: Attributions, *, index: int, count: int) -> Chosen:
    """Find the activations [N] that add most to a class: at most `count`, all above 0."""
    of_class = attributions[:, index]
    largest = np.argsort(-of_class, kind="stable")[:count]
    chosen = np.zeros(len(of_class), np.bool_)
    chosen[largest] = of_class[largest] > 0
    return chosen


def class_atlas_rows(
    attributions: Attributions, *, classes: tuple[int, ...], count: int
) -> Chosen:
    """Choose the activations of a class atlas, or of the comparison of two classes.

    Args:
        attributions: [N, K].
        classes: an activation of any of them is taken.
        count: of the largest attributions to a class that are taken whatever their rank, 2,000
            in the published notebook.

    Returns:
        [N], the union of the filters by rank and by magnitude. Departure: by rank alone the
        notebook also takes activations that speak for no class, if they speak least against
        this one.
    """
    chosen = np.zeros(len(attributions), np.bool_)
    for index in classes:
        chosen |= chosen_by_rank(attributions, index=index)
        chosen |= chosen_by_magnitude(attributions, index=index, count=count)
    return chosen


def class_difference(
    attributions: Attributions, *, left: int, right: int, percentile: float
) -> Line:
    """Tell for which of two classes each activation speaks.

    Args:
        attributions: [N, K].
        left: a class.
        right: the class that it is compared with.
        percentile: of the magnitudes of the differences that becomes 1, 99 as published.

    Returns:
        [N] attribution to `right` less that to `left`, scaled, and clipped to -1..1.
    """
    difference = attributions[:, right].astype(np.float64) - attributions[:, left]
    if not len(difference):
        return np.asarray(difference)
    full = np.percentile(np.abs(difference), percentile)
    full = full if full > 0 else np.abs(difference).max()
    return np.asarray(np.clip(difference / (full if full > 0 else 1.0), -1.0, 1.0))


def comparison_points(difference: Line, layout: Float[np.ndarray, "N 1"]) -> Points:
    """Lay out a comparison of two classes.

    Args:
        difference: [N] in -1..1, becomes x: on the left what speaks for the left class.
        layout: [N, 1] in 0..1, of one dimension, becomes y: what is alike is at one height.

    Returns:
        [N, 2] float32 in 0..1.
    """
    return np.stack([(difference + 1.0) / 2.0, layout[:, 0]], axis=1).astype(np.float32)
