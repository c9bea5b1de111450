"""Where the mass of a map lies: how concentrated it is, and how much leaves an object.

The mass of a map is its positive part divided by the sum of that: a share of the evidence for
the class at each place, whatever the method's units. Whether the largest value lies inside is
the pointing game of Zhang et al., "Top-down Neural Attention by Excitation Backprop" (2016),
https://arxiv.org/abs/1608.00507. Free of TensorFlow.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float

RawMap = Float[np.ndarray, "h w"]
Mass = Float[np.ndarray, "h w"]
"""Not negative, with a sum of 1."""

HALF = 0.5


@dataclass(frozen=True)
class BoxPart:
    """A rectangle in parts of an image's width and height, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Part of the image that it covers."""
        return (self.right - self.left) * (self.bottom - self.top)


def mass_of(raw_map: RawMap) -> Mass | None:
    """Divide the evidence for the class by its sum: [h, w] float64.

    Returns:
        None where no place has a positive value, or one has a value that is not finite.
    """
    positive = np.maximum(raw_map.astype(np.float64), 0.0)
    largest = positive.max(initial=0.0)
    if not np.isfinite(raw_map).all() or not largest > 0:
        return None
    # Divided first, so that neither tiny nor huge values leave the range of the numbers.
    scaled = positive / largest
    return np.asarray(scaled / scaled.sum())


def positive_share(raw_map: RawMap) -> float:
    """Give the positive values' part of the sum of all magnitudes; 0 for a map of zeros."""
    values = raw_map.astype(np.float64)
    magnitude = np.abs(values).sum()
    return float(np.maximum(values, 0.0).sum() / magnitude) if magnitude > 0 else 0.0


def half_mass_share(mass: Mass) -> float:
    """Give the least part of the places that hold half of the mass.

    Args:
        mass: [h, w] with a sum of 1.

    Returns:
        In 0..0.5; the last place counts by as much of it as is needed, so that a map that is
        the same everywhere gives 0.5 and no map gives more.
    """
    falling = np.sort(mass.ravel())[::-1]
    held = np.cumsum(falling)
    whole = int(np.searchsorted(held, HALF))
    if whole == len(falling):
        return HALF
    before = held[whole - 1] if whole else 0.0
    return float((whole + (HALF - before) / falling[whole]) / len(falling))


def peak_of(mass: Mass) -> tuple[float, float]:
    """Give x and y of the centre of the largest value, the first of several, in parts of 1."""
    row, column = np.unravel_index(int(mass.argmax()), mass.shape)
    return (float(column) + HALF) / mass.shape[1], (float(row) + HALF) / mass.shape[0]


def outside_share(mass: Mass, box: BoxPart) -> float:
    """Give the part of the mass that lies outside of a box.

    Args:
        mass: [h, w] with a sum of 1, each value spread evenly over its part of the image.
        box: of the object.
    """
    rows = _covered(mass.shape[0], box.top, box.bottom)
    columns = _covered(mass.shape[1], box.left, box.right)
    return float(np.clip(1.0 - rows @ mass @ columns, 0.0, 1.0))


def off_object_share(mass: Mass, is_object: Float[np.ndarray, "H W"]) -> float:
    """Give the part of the mass that lies off an object.

    Args:
        mass: [h, w] with a sum of 1, each value spread evenly over its part of the image.
        is_object: [H, W] float32, 1 on the object and 0 elsewhere.
    """
    rows, columns = mass.shape
    covered = cv2.resize(is_object, (columns, rows), interpolation=cv2.INTER_AREA)
    return float(np.clip(1.0 - np.sum(mass * covered), 0.0, 1.0))


def is_inside(point: tuple[float, float], box: BoxPart) -> bool:
    """Whether a point, x and y in parts of 1, lies in a box."""
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


def _covered(count: int, start: float, stop: float) -> Float[np.ndarray, " count"]:
    """Give the part of each of so many cells along 0..1 that lies between two places."""
    edges = np.arange(count + 1) / count
    covered = np.minimum(edges[1:], stop) - np.maximum(edges[:-1], start)
    return np.asarray(np.clip(covered, 0.0, None) * count)
