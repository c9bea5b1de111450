"""How far two classifiers of the same classes agree in what they say and in their reasons."""

from dataclasses import dataclass

import cv2
import numpy as np
import tensorflow as tf
from jaxtyping import Bool, Float, Int

from core.errors import ShapeError
from core.measure.rank_correlation import rank_correlation

Probabilities = Float[np.ndarray, "N K"]
OtherProbabilities = Float[np.ndarray, "n k"]
FirstMaps = Float[np.ndarray, "N h w"]
SecondMaps = Float[np.ndarray, "N rows columns"]

SMALLEST_PROBABILITY = 1e-12
"""What counts as this in a logarithm."""


@dataclass(frozen=True)
class PredictionAgreement:
    """What two classifiers say of the same images."""

    same_label: Bool[np.ndarray, " N"]
    """Whether both put the same class first."""
    divergence: Float[np.ndarray, " N"]
    """Jensen-Shannon divergence of their probabilities, in bits: 0 if equal, at most 1."""


def prediction_agreement(
    first: Probabilities, second: OtherProbabilities
) -> PredictionAgreement:
    """Compare what two classifiers say of the same images.

    Args:
        first: [N, K] probabilities that sum to 1.
        second: [N, K] of the other one, of the same classes in the same order.

    Raises:
        ShapeError: not as many images, or not as many classes.
    """
    if first.shape != second.shape:
        raise ShapeError("second", first.shape, second.shape)
    middle = (first.astype(np.float64) + second) / 2
    divergence = (_divergence(first, middle) + _divergence(second, middle)) / 2
    same = first.argmax(axis=1) == second.argmax(axis=1)
    return PredictionAgreement(np.asarray(same), np.clip(divergence, 0.0, 1.0))


def map_agreement(first: FirstMaps, second: SecondMaps) -> Float[np.ndarray, " N"]:
    """Correlate the ranks of two maps of each image, whatever their layers' sizes.

    Args:
        first: [N, h, w] of one network.
        second: [N, h', w'] of the other; both are averaged to the smaller height and width,
            since the coarser map knows no more.

    Returns:
        [N] in -1..1; 0 where a map is constant.
    """
    rows = min(first.shape[1], second.shape[1])
    columns = min(first.shape[2], second.shape[2])
    one, other = (_averaged(maps, rows, columns) for maps in (first, second))
    correlated = rank_correlation(tf.constant(one), tf.constant(other))
    return np.asarray(correlated, np.float32)


def map_cosines(first: FirstMaps, second: SecondMaps) -> Float[np.ndarray, " N"]:
    """Give the cosine of two maps of each image, whatever their scales and layers' sizes.

    Args:
        first: [N, h, w] of one network, signed.
        second: [N, h', w'] of the other; both are averaged as for `map_agreement`.

    Returns:
        [N] in -1..1; 0 where a map is zero.
    """
    rows = min(first.shape[1], second.shape[1])
    columns = min(first.shape[2], second.shape[2])
    one, other = (
        _directions(_averaged(maps, rows, columns).reshape(len(maps), -1))
        for maps in (first, second)
    )
    return np.asarray(np.sum(one * other, axis=1), np.float32)


def differing_reasons(
    same_label: Bool[np.ndarray, " N"], correlations: Float[np.ndarray, " N"], *, count: int
) -> Int[np.ndarray, " m"]:
    """Rank the images on whose label two networks agree by how little they do on the reason.

    Args:
        same_label: [N] whether they agree in the label.
        correlations: [N] of their maps.
        count: of images wanted.

    Returns:
        At most so many indices, the least correlated first.
    """
    agreed = np.flatnonzero(same_label)
    return agreed[np.argsort(correlations[agreed], kind="stable")][:count]


def _directions(values: Float[np.ndarray, "N n"]) -> Float[np.ndarray, "N n"]:
    """Bring rows to length 1, rows of zeros aside; in steps that leave no number's range."""
    largest = np.abs(values).max(axis=1, keepdims=True, initial=0.0).astype(np.float64)
    scaled = values / np.where(largest > 0, largest, 1.0)
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    return np.asarray(scaled / np.where(lengths > 0, lengths, 1.0))


def _averaged(
    maps: Float[np.ndarray, "N h w"], rows: int, columns: int
) -> Float[np.ndarray, "N rows columns"]:
    """Bring maps to a size that is not larger, by averaging: float32."""
    if maps.shape[1:] == (rows, columns):
        return maps.astype(np.float32)
    size = columns, rows
    return np.stack(
        [cv2.resize(one.astype(np.float32), size, interpolation=cv2.INTER_AREA) for one in maps]
    )


def _divergence(
    probabilities: Float[np.ndarray, "N K"], reference: Float[np.ndarray, "N K"]
) -> Float[np.ndarray, " N"]:
    """Kullback and Leibler's divergence from a reference, in bits."""
    ratio = np.maximum(probabilities, SMALLEST_PROBABILITY) / np.maximum(
        reference, SMALLEST_PROBABILITY
    )
    return np.asarray(np.sum(probabilities * np.log2(ratio), axis=1))
