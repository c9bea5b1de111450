"""Measure a classifier: how often it is right, what it confuses, how sure it may be.

Calibration error: Guo et al., "On Calibration of Modern Neural Networks" (2017),
https://arxiv.org/abs/1706.04599, equation 3, with bins of equal width.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from training.batches import LabelledBatch
from training.pixels import Pixels

CALIBRATION_BINS: Final = 15
"""As in the paper."""

Probabilities = NDArray[np.float32]
Labels = NDArray[np.int32]


@dataclass(frozen=True)
class Evaluation:
    """What was measured on images that nothing was learned from."""

    classes: tuple[str, ...]
    images: int
    accuracy: float
    """Share of images whose most probable class is the true one."""
    confusion: tuple[tuple[int, ...], ...]
    """Counts; confusion[true][predicted]."""
    calibration_error: float
    """Mean distance of confidence from accuracy, 0 to 1 (ECE)."""
    cross_entropy: float
    """Mean of -log(probability of the true class), in nats."""

    def as_json(self) -> dict[str, Any]:
        """Turn into what JSON can hold, with the numbers rounded to six places."""
        return {
            "classes": list(self.classes),
            "images": self.images,
            "accuracy": round(self.accuracy, 6),
            "confusion": [list(row) for row in self.confusion],
            "calibration_error": round(self.calibration_error, 6),
            "cross_entropy": round(self.cross_entropy, 6),
        }


def evaluated(
    probabilities_of: Callable[[Pixels], Probabilities],
    batches: Iterable[LabelledBatch],
    *,
    classes: tuple[str, ...],
) -> Evaluation:
    """Run a classifier over batches and measure it.

    Args:
        probabilities_of: maps pixels [B, H, W, 3] uint8 to probabilities [B, K].
        batches: at least one.
        classes: the K names.
    """
    return measured(*answered(probabilities_of, batches), classes=classes)


def answered(
    probabilities_of: Callable[[Pixels], Probabilities], batches: Iterable[LabelledBatch]
) -> tuple[Probabilities, Labels]:
    """Run a classifier over at least one batch: probabilities [N, K], and the labels [N]."""
    probabilities, labels = [], []
    for batch in batches:
        probabilities.append(probabilities_of(batch.pixels))
        labels.append(batch.labels)
    return np.concatenate(probabilities), np.concatenate(labels)


def measured(
    probabilities: Probabilities, labels: Labels, *, classes: tuple[str, ...]
) -> Evaluation:
    """Measure predictions [N, K] against the true classes [N]."""
    matrix = confusion_matrix(probabilities.argmax(axis=1), labels, class_count=len(classes))
    true_class = probabilities[np.arange(len(labels)), labels]
    return Evaluation(
        classes=classes,
        images=len(labels),
        accuracy=float(np.trace(matrix) / len(labels)),
        confusion=tuple(tuple(int(count) for count in row) for row in matrix),
        calibration_error=calibration_error(probabilities, labels, bins=CALIBRATION_BINS),
        cross_entropy=float(-np.log(np.clip(true_class, 1e-7, 1.0)).mean()),
    )


def confusion_matrix(
    predicted: NDArray[np.integer[Any]], labels: Labels, *, class_count: int
) -> NDArray[np.int64]:
    """Count the images [K, K] by true class (row) and predicted class (column)."""
    matrix = np.zeros((class_count, class_count), np.int64)
    np.add.at(matrix, (labels, predicted), 1)
    return matrix


def calibration_error(probabilities: Probabilities, labels: Labels, *, bins: int) -> float:
    """Measure how far the confidence of predictions is from how often they are right.

    Args:
        probabilities: [N, K], rows sum to one.
        labels: [N], true classes.
        bins: intervals of equal width into which confidences from 0 to 1 are sorted;
            each includes its upper end.

    Returns:
        Sum over bins of (share of images) * |accuracy - mean confidence|, 0 to 1.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    gap = np.bincount(place, weights=right - confidence, minlength=bins)
    return float(np.abs(gap).sum() / len(labels))
