"""The stored activations that point most nearly the same way as others."""

import numpy as np
from jaxtyping import Float, Int

from core.atlas.arrays import Vectors
from core.atlas.distinct import unit_vectors

OtherVectors = Float[np.ndarray, "Q D"]
Nearest = tuple[Int[np.ndarray, "Q k"], Float[np.ndarray, "Q k"]]

CHUNK_PRODUCTS = 1 << 24
"""Cosines held in memory at once: 64 MB."""


def nearest_by_cosine(vectors: Vectors, asked: OtherVectors, *, count: int) -> Nearest:
    """Find the vectors with the largest cosines.

    Args:
        vectors: [N, D] float32, at least one.
        asked: [Q, D] float32.
        count: of neighbours of each, at least 1; fewer where there are fewer.

    Returns:
        [Q, k] indices into `vectors`, the nearest first, equal ones in their order, and their
        cosines [Q, k]. A vector without direction has cosine 0 with everything.
    """
    directions, wanted = unit_vectors(vectors), unit_vectors(asked)
    count = min(count, len(vectors))
    indices = np.empty((len(asked), count), np.int64)
    cosines = np.empty((len(asked), count), np.float32)
    step = max(1, CHUNK_PRODUCTS // len(vectors))
    for start in range(0, len(asked), step):
        found = wanted[start : start + step] @ directions.T
        best = np.argsort(-found, axis=1, kind="stable")[:, :count]
        indices[start : start + step] = best
        cosines[start : start + step] = np.take_along_axis(found, best, axis=1)
    return indices, cosines
