"""Where patches are pasted: into the corners first, as the article does, then anywhere.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015: the
best of four corners. Departure: beyond four places they are drawn at random.
"""

import numpy as np
from jaxtyping import Int

from core.atlas.draws import random_order

PatchPlaces = Int[np.ndarray, "P 2"]
"""Row and column of a patch's upper left pixel."""


def patch_places(
    image_number: int, *, height: int, width: int, side: int, count: int, seed: int
) -> PatchPlaces:
    """Choose the places of a square patch on one image.

    Args:
        image_number: in its dataset; what is drawn for an image depends on nothing else, so
            that all patches of a size have the same places on it.
        height: of the image in pixels.
        width: of the image in pixels.
        side: of the patch in pixels, at most the shorter side of the image.
        count: of places wanted, at least 1.
        seed: 0 or more.

    Returns:
        [P, 2]: upper left, lower right, upper right and lower left corner, then random places,
        all of them different. P is `count`, or the number of places if there are fewer.
    """
    rows, columns = height - side, width - side
    corners = [(0, 0), (rows, columns), (0, columns), (rows, 0)]
    places = list(dict.fromkeys(corners))[:count]
    if len(places) < count:
        total = (rows + 1) * (columns + 1)
        for number in random_order(total, seed=seed, stream=image_number):
            if len(places) == min(count, total):
                break
            place = divmod(int(number), columns + 1)
            if place not in places:
                places.append(place)
    return np.array(places, np.int64)


def pasted(pixels: np.ndarray, patch: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Lay a patch [s, s, 3] on a copy of an image [H, W, 3], its upper left at a place."""
    covered = pixels.copy()
    top, left = place
    covered[top : top + patch.shape[0], left : left + patch.shape[1]] = patch
    return covered
