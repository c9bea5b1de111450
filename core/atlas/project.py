"""From activations to their places in the unit square. Nothing here needs TensorFlow."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from core.atlas.arrays import Rows, Vectors
from core.atlas.distinct import Metric, distinct_vectors
from core.atlas.normalize_layout import normalize_layout

Projection = Callable[[Vectors], Float[np.ndarray, "N dimensions"]]
"""`umap_layout` or `tsne_layout` with everything but the vectors bound."""

LOW_PERCENTILE, HIGH_PERCENTILE, MARGIN = 1.0, 99.0, 0.1
"""What every published atlas is normalized by."""


@dataclass(frozen=True)
class Projected:
    """Where activations lie."""

    rows: Rows
    """Of the activations that have a direction, ascending; all others have no place."""
    points: Float[np.ndarray, "M dimensions"]
    """Of those, in the unit square."""


def project(vectors: Vectors, projection: Projection, *, metric: Metric) -> Projected:
    """Lay activations out: silent ones are left out, equal ones share a place.

    Args:
        vectors: [N, D] as they were collected.
        projection: from different vectors [U, D] to places [U, dimensions].
        metric: the projection's, which says what is equal.

    Raises:
        TooFewPointsError: the projection has not enough different vectors.
    """
    found = distinct_vectors(vectors, metric=metric)
    layout = projection(found.vectors)[found.owners]
    points = normalize_layout(
        layout, low_percentile=LOW_PERCENTILE, high_percentile=HIGH_PERCENTILE, margin=MARGIN
    )
    return Projected(found.rows, points)
