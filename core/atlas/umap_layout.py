"""A layout in which similar activations are neighbours: UMAP.

Source: McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and Projection for
Dimension Reduction" (2018), https://arxiv.org/abs/1802.03426, by umap-learn. The published
atlases take 50 neighbours, a least distance of 0.05 and the cosine.

`umap` imports TensorFlow for a variant that is not used here; it is kept from doing so, since
layouts are made in processes without it.
"""

import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float

from core.atlas.arrays import Vectors
from core.atlas.distinct import Metric
from core.atlas.draws import random_rows
from core.atlas.errors import TooFewPointsError

LEAST_POINTS = 8
"""With fewer UMAP cannot begin from the spectrum of its graph."""
FIT_STREAM = 1 << 63
"""Of the random numbers that choose what is fitted; images have the streams below."""
UNUSED_VARIANT = "umap.parametric_umap"


def umap_layout(
    vectors: Vectors,
    *,
    neighbors: int,
    min_dist: float,
    metric: Metric,
    dimensions: int,
    seed: int,
    fit_points: int,
    chunk_points: int,
) -> Float[np.ndarray, "N dimensions"]:
    """Lay vectors out; the same vectors in the same order get the same places.

    Args:
        vectors: [N, D] float32, all different and with a direction (`distinct_vectors`).
        neighbors: of each vector that shape the layout, at least 2; fewer if there are fewer.
        min_dist: least distance of two neighbours in the layout, 0 to 1.
        metric: by which they are neighbours.
        dimensions: of the layout, 1 or 2.
        seed: 0 or more. A seeded UMAP runs on one core: parallel ones are not reproducible.
        fit_points: if there are more vectors, so many shape the layout, chosen at random, and
            the rest is put where its neighbours among those are.
        chunk_points: of the rest that are placed together. Their places depend on it, a little.

    Returns:
        [N, dimensions] float32 in units of its own; `normalize_layout` follows.

    Raises:
        TooFewPointsError: fewer than 8 vectors.
    """
    if len(vectors) < LEAST_POINTS:
        raise TooFewPointsError(len(vectors), LEAST_POINTS)
    fitted = random_rows(len(vectors), limit=fit_points, seed=seed, stream=FIT_STREAM)
    with warnings.catch_warnings():
        # That a graph of neighbours falls into parts is no mistake of anybody's.
        warnings.simplefilter("ignore")
        reducer = _umap_class()(
            n_components=dimensions,
            n_neighbors=min(neighbors, len(fitted) - 1),
            min_dist=min_dist,
            metric=metric,
            random_state=seed % (1 << 32),
            n_jobs=1,
        )
        layout = np.empty((len(vectors), dimensions), np.float32)
        layout[fitted] = reducer.fit_transform(vectors[fitted])
        rest = np.setdiff1d(np.arange(len(vectors)), fitted, assume_unique=True)
        for start in range(0, len(rest), chunk_points):
            chunk = rest[start : start + chunk_points]
            layout[chunk] = reducer.transform(vectors[chunk])
    return layout


def _umap_class() -> Callable[..., Any]:
    """Import UMAP without the variant that would bring TensorFlow along."""
    if "umap" not in sys.modules:
        had_it = UNUSED_VARIANT in sys.modules
        # None there makes the import fail, as the language reference says; the stubs do not.
        sys.modules.setdefault(UNUSED_VARIANT, None)  # type: ignore[arg-type]
        try:
            import umap  # noqa: F401 - for what importing it does
        finally:
            if not had_it:
                del sys.modules[UNUSED_VARIANT]
    from umap.umap_ import UMAP

    umap_class: Callable[..., Any] = UMAP
    return umap_class
