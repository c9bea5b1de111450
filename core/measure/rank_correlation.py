"""Whether two maps value the same places, whatever their scales are.

Source: Adebayo et al., "Sanity Checks for Saliency Maps" (2018),
https://arxiv.org/abs/1810.03292, section 3.1: Spearman's rank correlation.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float

from core.errors import ShapeError
from core.measure.pixel_order import flat_values
from core.shapes import Maps, Scores

OtherMaps = Float[tf.Tensor, "B rows columns"]
"""Maps that may turn out to be of another size."""


def rank_correlation(first: Maps, second: OtherMaps) -> Scores:
    """Correlate the ranks of the values of two maps, image by image.

    Args:
        first: [B, H, W] float32. For maps whose sign means nothing, give magnitudes.
        second: [B, H, W] float32.

    Returns:
        [B] in -1..1: 1 for the same order of all places, -1 for the reverse. Equal values share
        their mean rank. 0 where a map is constant, and so has no order.

    Raises:
        ShapeError: the two are not of one shape.
    """
    if first.shape != second.shape:
        raise ShapeError("second", tuple(first.shape), tuple(second.shape))
    one, other = _centred_ranks(first), _centred_ranks(second)
    products = np.sum(one * other, axis=1)
    lengths = np.sqrt(np.sum(one**2, axis=1) * np.sum(other**2, axis=1))
    correlations = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
    return tf.constant(correlations, tf.float32)


def _centred_ranks(maps: Maps) -> Float[np.ndarray, "B n"]:
    """Rank the values of each map, and take the mean rank away."""
    ranks = np.stack([_mean_ranks(values) for values in flat_values(maps)])
    return np.asarray(ranks - ranks.mean(axis=1, keepdims=True))


def _mean_ranks(values: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
    """Rank values from 1; equal ones share the mean of their ranks."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last_ranks = np.cumsum(counts)
    return np.take(last_ranks - (counts - 1) / 2, places)
