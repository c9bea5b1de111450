"""Directions that make up for how a layer's channels vary together.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015, and
`activation-atlas-simple`: S is the inverse of the second moment of the activations, which are
not centred, and a direction v is followed as v S. Departure: the moment gets a ridge
first. Theirs has none, and so no inverse where a unit is dead or the images are fewer than the
channels.
"""

import numpy as np

from core.atlas.arrays import CellVectors, Matrix, Vectors


class SecondMoment:
    """Adds up the products of the channels, a part of the activations at a time."""

    def __init__(self, channels: int) -> None:
        self._products = np.zeros((channels, channels))
        self._count = 0

    def add(self, vectors: Vectors) -> None:
        """Add activations [N, D]."""
        exact = vectors.astype(np.float64)
        self._products += exact.T @ exact
        self._count += len(vectors)

    def mean(self) -> Matrix:
        """Give the mean product of each two channels: [D, D] float64, zero before any."""
        return np.asarray(self._products / max(self._count, 1))


def whitening_matrix(moment: Matrix, *, ridge: float) -> Matrix:
    """Invert a second moment.

    Args:
        moment: [D, D] symmetric, without negative eigenvalues.
        ridge: added to every eigenvalue, as a part of their mean, above 0. The larger it is,
            the less is whitened: towards infinity the matrix becomes a multiple of the unit.

    Returns:
        [D, D] float32, symmetric and positive definite: the inverse, times the mean eigenvalue,
        so that it has no unit. With a moment of nothing but zeros it is the unit matrix.
    """
    mean_eigenvalue = np.trace(moment) / len(moment)
    if mean_eigenvalue <= 0:
        return np.eye(len(moment), dtype=np.float32)
    values, axes = np.linalg.eigh(moment)
    inverse = 1.0 / (np.maximum(values / mean_eigenvalue, 0.0) + ridge)
    return np.asarray((axes * inverse) @ axes.T, np.float32)


def whitened_directions(vectors: CellVectors, whitening: Matrix) -> CellVectors:
    """Turn mean activations [M, D] into the directions [M, D] that icons follow: v S.

    They have length 1, so that the objective's size, and with it the ascent, does not hang on
    the units of the layer; a vector of zeros stays one.
    """
    directions = vectors.astype(np.float64) @ whitening.astype(np.float64)
    lengths = np.linalg.norm(directions, axis=1, keepdims=True)
    return np.asarray(directions / np.where(lengths > 0, lengths, 1.0), np.float32)
