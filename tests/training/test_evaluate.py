"""Accuracy, confusion and calibration, against computations by hand."""

import numpy as np
import pytest

from training.evaluate import calibration_error, measured


def test_calibration_error_equals_the_sum_done_by_hand():
    # Two bins of width one half; all confidences are in the upper one, (0.5, 1].
    # Mean confidence (0.9 + 0.8 + 0.7 + 0.6) / 4 = 0.75, accuracy 2 / 4.
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.4, 0.6]], np.float32)
    labels = np.array([0, 1, 1, 0], np.int32)

    assert calibration_error(probabilities, labels, bins=2) == pytest.approx(0.25)


def test_bins_of_opposite_error_do_not_cancel_out():
    # Four bins: (0.5, 0.75] holds 0.6 right and 0.6 right: 2/4 * |1 - 0.6| = 0.2;
    # (0.75, 1] holds 0.9 right and 0.9 wrong: 2/4 * |0.5 - 0.9| = 0.2.
    probabilities = np.array([[0.6, 0.4], [0.6, 0.4], [0.9, 0.1], [0.9, 0.1]], np.float32)
    labels = np.array([0, 0, 0, 1], np.int32)

    assert calibration_error(probabilities, labels, bins=4) == pytest.approx(0.4)


def test_a_sure_and_right_classifier_has_no_calibration_error():
    probabilities = np.eye(3, dtype=np.float32)

    assert calibration_error(probabilities, np.arange(3, dtype=np.int32), bins=15) == 0.0


def test_confusion_counts_true_classes_by_row():
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]], np.float32)
    labels = np.array([0, 0, 1], np.int32)

    evaluation = measured(probabilities, labels, classes=("cat", "dog"))

    assert evaluation.confusion == ((1, 1), (1, 0))
    assert evaluation.accuracy == pytest.approx(1 / 3)
    assert evaluation.cross_entropy == pytest.approx(-np.log([0.9, 0.2, 0.4]).mean(), rel=1e-5)


def test_an_evaluation_becomes_plain_json():
    evaluation = measured(np.eye(2, dtype=np.float32), np.array([0, 1]), classes=("a", "b"))

    assert evaluation.as_json() == {
        "classes": ["a", "b"],
        "images": 2,
        "accuracy": 1.0,
        "confusion": [[1, 0], [0, 1]],
        "calibration_error": 0.0,
        "cross_entropy": 0.0,
    }
