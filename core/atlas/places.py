"""Where an atlas looks into each image: random places of a layer's map, away from its edges.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015: one
random place an image, the edges avoided, "because of boundary effects". Departure: their
notebook draws from the second to the last row and column; here the last are avoided too.
"""

import numpy as np
from jaxtyping import Int

from core.atlas.draws import random_order

EDGE = 1
"""Rows and columns at each side that see more padding than image."""

ImageNumbers = Int[np.ndarray, " B"]
Places = Int[np.ndarray, "B P 2"]
"""Row and column in a layer's map."""


def sample_places(
    image_numbers: ImageNumbers, *, height: int, width: int, per_image: int, seed: int
) -> Places:
    """Choose the places of some images.

    Args:
        image_numbers: [B] of each image in its dataset: what is drawn for an image depends on
            nothing else, whichever worker draws it and in whatever company.
        height: rows of the layer's map.
        width: columns of the layer's map.
        per_image: places wanted in each image, at least 1, all of them different.
        seed: of the whole atlas, 0 or more.

    Returns:
        [B, P, 2] int32 row and column; P is `per_image`, or all inner places if they are fewer.
    """
    inner = inner_places(height, width)
    chosen = min(per_image, len(inner))
    places = [
        inner[random_order(len(inner), seed=seed, stream=int(number))[:chosen]]
        for number in image_numbers
    ]
    return np.array(places, np.int32).reshape(-1, chosen, 2)


def inner_places(height: int, width: int) -> Int[np.ndarray, "n 2"]:
    """List the places away from the edges; along a side of at most two there is no inside."""
    rows, columns = np.meshgrid(_inner(height), _inner(width), indexing="ij")
    return np.stack([rows.ravel(), columns.ravel()], axis=1)


def _inner(length: int) -> Int[np.ndarray, " n"]:
    """List what is inside along one side."""
    return np.arange(EDGE, length - EDGE) if length > 2 * EDGE else np.arange(length)
