"""Make a network as sure as it is right, and no fonder of one class than it should be.

Source: Alexandari et al., "Maximum Likelihood with Bias-Corrected Calibration is Hard-To-Beat
at Label Shift Adaptation" (2020), https://arxiv.org/abs/1901.06852: logits are multiplied by
one number and shifted by one a class, so that the true classes become most probable. It is
the temperature scaling of Guo et al. (2017), https://arxiv.org/abs/1706.04599, with a shift.
"""

from dataclasses import dataclass
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from training.evaluate import Labels, Probabilities

DESCENT_STEPS: Final = 2000
"""The loss is convex; for a few hundred images this takes a tenth of a second."""
DESCENT_RATE: Final = 0.3
"""Small enough for logits of the size that networks give."""


@dataclass(frozen=True)
class Calibration:
    """What to do to logits."""

    scale: float
    """Multiplies all; below 1 for a network that is too sure."""
    shift: tuple[float, ...]
    """Added to each class after that; sums to zero."""


def best_calibration(probabilities: Probabilities, labels: Labels) -> Calibration:
    """Find the scale and shift of logits of least cross-entropy.

    Args:
        probabilities: [N, K], of images that the network did not learn from.
        labels: [N], true classes.
    """
    logits = np.log(np.clip(probabilities.astype(np.float64), 1e-12, 1.0))
    # A constant for each image changes no probability; without it the descent is quicker.
    logits -= logits.mean(axis=1, keepdims=True)
    truth = np.eye(logits.shape[1])[labels]
    scale, shift = 1.0, np.zeros(logits.shape[1])
    for _ in range(DESCENT_STEPS):
        excess = _softmax(scale * logits + shift) - truth
        scale -= DESCENT_RATE * float((excess * logits).sum(axis=1).mean())
        shift -= DESCENT_RATE * excess.mean(axis=0)
    return Calibration(scale, tuple(float(amount) for amount in shift))


def calibrate(network: keras.Model, calibration: Calibration) -> None:
    """Change the dense head, the last layer, so that its logits are scaled and shifted."""
    head = network.layers[-1]
    kernel, bias = head.get_weights()
    head.set_weights(
        [kernel * calibration.scale, bias * calibration.scale + np.array(calibration.shift)]
    )


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn logits [N, K] into probabilities [N, K]."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    total: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return total
