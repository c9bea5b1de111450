"""Calibration finds what made logits too sure or partial, and mends the head."""

import keras
import numpy as np
import pytest

from training.calibration import Calibration, best_calibration, calibrate
from training.compact_resnet import compact_resnet


def softmax(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("too_sure_by", [0.5, 3.0], ids=["too modest", "too sure"])
def test_calibration_undoes_what_made_logits_too_sure_and_partial(too_sure_by):
    generator = np.random.default_rng(0)
    logits = generator.normal(scale=2.0, size=(4_000, 2))
    labels = (generator.uniform(size=4_000) < softmax(logits)[:, 1]).astype(np.int32)
    partial = softmax((logits + np.array([0.0, 0.4])) * too_sure_by).astype(np.float32)

    found = best_calibration(partial, labels)

    assert found.scale == pytest.approx(1 / too_sure_by, rel=0.08)
    assert found.shift == pytest.approx((0.2, -0.2), abs=0.06)


def test_a_calibrated_head_gives_scaled_and_shifted_logits():
    network = compact_resnet(
        class_count=3, size=(16, 16), stem_channels=4, stage_channels=(4,), stage_blocks=(1,)
    )
    images = np.random.default_rng(0).normal(size=(5, 16, 16, 3)).astype(np.float32)
    logits = np.log(keras.ops.convert_to_numpy(network(images)))

    calibrate(network, Calibration(scale=0.5, shift=(0.3, 0.0, -0.3)))

    expected = softmax(0.5 * logits + np.array([0.3, 0.0, -0.3]))
    np.testing.assert_allclose(keras.ops.convert_to_numpy(network(images)), expected, rtol=1e-4)
