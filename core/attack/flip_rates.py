"""How often patches turn a verdict, and how sure that is.

Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927),
for the intervals.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int

Predicted = Int[np.ndarray, "I T"]
"""Top class of each of T trials with each of I images."""
NORMAL_QUANTILE = 1.959964
"""Of 97.5 %: intervals hold 95 % of what they are of."""


@dataclass(frozen=True)
class Share:
    """A part of something, with the bounds between which it lies with 95 %."""

    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class FlipRates:
    """How often the verdict turned; of no image at all, every rate is 0 within 0..1."""

    images: int
    trials: int
    to_target: Share
    """Of all trials, those that end in the target."""
    to_any: Share
    """Of all trials, those that end in any class but the source."""
    best_to_target: Share
    """Of all images, those that end in the target in at least one trial."""


def flip_rates(predicted: Predicted, *, source: int, target: int) -> FlipRates:
    """Count how often images of the source become something else.

    Args:
        predicted: [I, T] top classes of images that were taken for the source before.
        source: index.
        target: index.

    Returns:
        Rates. Trials with one image depend on each other: an interval is that of as many
        independent trials as there are images, which errs on the safe side.
    """
    return FlipRates(
        images=len(predicted),
        trials=predicted.size,
        to_target=_share(predicted == target),
        to_any=_share(predicted != source),
        best_to_target=_share((predicted == target).any(axis=1, keepdims=True)),
    )


def wilson_interval(rate: float, *, trials: int) -> tuple[float, float]:
    """Give the bounds within which 95 % of the rates lie that may be behind an observed one.

    Args:
        rate: observed, 0..1.
        trials: independent ones, 0 or more; of none the bounds are 0 and 1.
    """
    if not trials:
        return 0.0, 1.0
    square = NORMAL_QUANTILE**2 / trials
    middle = (rate + square / 2) / (1 + square)
    spread = NORMAL_QUANTILE * np.sqrt(rate * (1 - rate) / trials + square / (4 * trials))
    reach = float(spread) / (1 + square)
    # Rounding must not leave the observed rate outside.
    return max(0.0, min(rate, middle - reach)), min(1.0, max(rate, middle + reach))


def _share(happened: Bool[np.ndarray, "I T"]) -> Share:
    """Sum up what happened in T trials with each of I images."""
    rate = float(happened.mean()) if happened.size else 0.0
    return Share(rate, *wilson_interval(rate, trials=len(happened)))
