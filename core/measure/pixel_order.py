"""In which order a map would have the pixels of its image looked at."""

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.errors import ShapeError
from core.shapes import Images, Maps


def pixel_ranks(maps: Maps, images: Images, *, seed: int) -> Int[np.ndarray, "B H W"]:
    """Number the pixels of each image from the one its map values most.

    Args:
        maps: [B, H, W] float32, higher where more of the score comes from. What is no number
            comes last.
        images: [B, H, W, C]; the maps have to be of their size.
        seed: of the order among equal values, the same for every image. A map that is zero
            over much of its image would otherwise be read from the top.

    Returns:
        [B, H, W] int64, each of 0..H·W-1 once an image; 0 for the most valued.

    Raises:
        ShapeError: the maps are not of the images' size.
    """
    if maps.shape != images.shape[:3]:
        raise ShapeError("maps", tuple(images.shape[:3]), tuple(maps.shape))
    values = np.nan_to_num(flat_values(maps), nan=-np.inf, posinf=np.inf, neginf=-np.inf)
    lots = np.broadcast_to(
        np.random.default_rng(seed).permutation(values.shape[1]), values.shape
    )
    order = np.lexsort((lots, -values), axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(values.shape[1])[np.newaxis], axis=1)
    return ranks.reshape(maps.shape)


def flat_values(maps: Maps) -> Float[np.ndarray, "B n"]:
    """Put each map's values into one row, on the host."""
    return np.asarray(tf.reshape(maps, (maps.shape[0], -1)))
