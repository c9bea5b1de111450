"""Which activations can be laid out: those that point somewhere, each direction once.

Dead units give all-zero vectors, which have no direction, and rows of equal ones; both have
crashed UMAP (its issues 99 and 483), and many equal ones tear its graph of neighbours apart.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float, Int, Shaped

from core.atlas.arrays import Chosen, Vectors

Metric = Literal["cosine", "euclidean"]

DECIMALS = 5
"""Directions that agree to so many places count as one: collected vectors carry three."""
DIGEST_BYTES = 16


@dataclass(frozen=True)
class Distinct:
    """The activations without silent ones and duplicates."""

    rows: Int[np.ndarray, " R"]
    """Of the vectors with a direction, ascending; they may be duplicates."""
    vectors: Float[np.ndarray, "U D"]
    """Float32, all different, in the order in which each is first met; under the cosine of
    length 1."""
    owners: Int[np.ndarray, " R"]
    """For each of `rows`, its place in `vectors`."""


def has_direction(vectors: Vectors) -> Chosen:
    """Find the vectors that are finite and not all zero."""
    return np.asarray(np.isfinite(vectors).all(axis=1) & (vectors != 0).any(axis=1))


def distinct_vectors(vectors: Vectors, *, metric: Metric) -> Distinct:
    """Drop vectors without direction, and keep one of those that the metric cannot tell apart.

    Args:
        vectors: [N, D].
        metric: under "cosine" multiples of a vector are its duplicates.
    """
    rows = np.flatnonzero(has_direction(vectors))
    kept = vectors[rows].astype(np.float32)
    if metric == "cosine":
        kept = unit_vectors(kept)
    _, firsts, groups = np.unique(_digests(kept), return_index=True, return_inverse=True)
    in_order = np.argsort(firsts, kind="stable")
    places = np.empty_like(in_order)
    places[in_order] = np.arange(len(in_order))
    return Distinct(rows, kept[firsts[in_order]], places[groups.reshape(-1)])


def _digests(vectors: Vectors) -> Shaped[np.ndarray, " N"]:
    """Give equal rows equal digests of 16 bytes: a large array is not to be sorted whole."""
    digests = bytearray()
    for vector in vectors:
        rounded = np.round(vector, DECIMALS) + np.float32(0.0)  # no negative zeros
        digests += hashlib.blake2b(rounded.tobytes(), digest_size=DIGEST_BYTES).digest()
    return np.frombuffer(bytes(digests), np.dtype((np.void, DIGEST_BYTES)))


def unit_vectors(vectors: Vectors) -> Vectors:
    """Bring vectors with a direction to length 1, also where their squares would overflow."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    scaled = vectors / np.where(largest > 0, largest, 1)
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    return np.asarray(scaled / np.where(lengths > 0, lengths, 1), vectors.dtype)
