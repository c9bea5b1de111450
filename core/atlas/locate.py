"""Where activations of a new image fall on an atlas that is finished.

A fitted UMAP can only be stored as a pickle, which whoever can write files could turn into
code; and t-SNE places nothing new. So an atlas keeps some of its activations with their places,
and a new activation is where its nearest among them are, by the cosine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from jaxtyping import Float

from core.atlas.arrays import Points, Vectors
from core.atlas.distinct import has_direction
from core.atlas.draws import random_rows
from core.atlas.grid import Cells, cell_numbers
from core.atlas.halves import Halves, from_halves, to_halves
from core.atlas.nearest import nearest_by_cosine

KEPT_STREAM = (1 << 63) + 1
"""Of the random numbers that choose which activations an atlas keeps."""
FORMAT = 1
"""Version of the file."""


@dataclass(frozen=True)
class Landmarks:
    """Activations with known places."""

    vectors: Vectors
    points: Points
    """In the unit square."""


@dataclass(frozen=True)
class Located:
    """A cell in which new activations fall."""

    grid: int
    row: int
    column: int
    weight: float
    """Part of the activations, 0 to 1."""


def landmarks_of(vectors: Vectors, points: Points, *, limit: int, seed: int) -> Landmarks:
    """Choose at most so many of the activations [N, D] of an atlas, at random."""
    rows = random_rows(len(vectors), limit=limit, seed=seed, stream=KEPT_STREAM)
    return Landmarks(vectors[rows], points[rows])


def pack_landmarks(landmarks: Landmarks) -> bytes:
    """Write them as an `.npz`, the activations in half precision."""
    vectors = to_halves(landmarks.vectors)
    file = BytesIO()
    np.savez(
        file,
        allow_pickle=False,
        format=np.int64(FORMAT),
        vectors=vectors.numbers,
        vectors_scale=np.float64(vectors.scale),
        points=landmarks.points.astype(np.float32),
    )
    return file.getvalue()


def unpack_landmarks(content: bytes) -> Landmarks:
    """Read what `pack_landmarks` wrote."""
    with np.load(BytesIO(content), allow_pickle=False) as file:
        vectors = from_halves(Halves(file["vectors"], float(file["vectors_scale"])))
        return Landmarks(vectors, file["points"])


def locate(
    landmarks: Landmarks,
    vectors: Float[np.ndarray, "Q D"],
    grids: Iterable[Cells],
    *,
    neighbors: int,
) -> list[Located]:
    """Tell in which cells of an atlas new activations fall.

    Args:
        landmarks: of the atlas, at least one.
        vectors: [Q, D] of the new image, one for each place that is asked about.
        grids: the cells that the atlas shows.
        neighbors: landmarks that share in the weight of an activation, by their cosines; those
            that point away from it have none.

    Returns:
        For each grid the cells that get any weight, heaviest first. The weights in one grid sum
        to at most 1: the rest falls where the atlas shows nothing, or has no direction.
    """
    nearest, cosines = nearest_by_cosine(landmarks.vectors, vectors, count=neighbors)
    shares = np.maximum(cosines.astype(np.float64), 0.0) * has_direction(vectors)[:, np.newaxis]
    totals = shares.sum(axis=1, keepdims=True)
    shares /= np.where(totals > 0, totals, 1.0) * max(len(vectors), 1)
    return [found for cells in grids for found in _in_grid(landmarks, nearest, shares, cells)]


def _in_grid(
    landmarks: Landmarks,
    nearest: np.ndarray,
    shares: Float[np.ndarray, "Q k"],
    cells: Cells,
) -> list[Located]:
    """Add up the shares of one grid's cells."""
    numbers = cell_numbers(landmarks.points, grid=cells.grid)[nearest]
    weights = np.zeros(cells.grid**2)
    np.add.at(weights, numbers.ravel(), shares.ravel())
    shown = cells.rows * cells.grid + cells.columns
    heaviest = shown[np.argsort(-weights[shown], kind="stable")]
    return [
        Located(
            cells.grid,
            int(number // cells.grid),
            int(number % cells.grid),
            float(min(1.0, weights[number])),
        )
        for number in heaviest
        if weights[number] > 0
    ]
