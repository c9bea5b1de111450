"""Means of maps or pictures by class, added up in parts that workers make apart.

Free of TensorFlow.
"""

from collections.abc import Iterable
from io import BytesIO

import cv2
import numpy as np
from jaxtyping import Float

Grid = Float[np.ndarray, "rows columns ..."]
SmallGrid = Float[np.ndarray, "smaller_rows smaller_columns ..."]


class ClassMeans:
    """Sums of arrays of one shape, by class. Memory grows with the classes seen alone."""

    def __init__(self) -> None:
        self._sums: dict[int, np.ndarray] = {}
        self._counts: dict[int, int] = {}

    def add(self, index: int, values: Grid, *, count: int = 1) -> None:
        """Add an array, or the sum of several, to a class."""
        self._counts[index] = self._counts.get(index, 0) + count
        held = self._sums.setdefault(index, np.zeros(values.shape))
        held += values

    def classes(self) -> list[int]:
        """List the classes seen, those of most arrays first, equal ones by index."""
        return sorted(self._counts, key=lambda index: (-self._counts[index], index))

    def count(self, index: int) -> int:
        """Tell how many arrays a class has."""
        return self._counts.get(index, 0)

    def mean(self, index: int) -> Grid:
        """Give the mean of a class that was seen: float32."""
        return np.asarray(self._sums[index] / self._counts[index], np.float32)

    def pack(self) -> bytes:
        """Write it down, for another process to go on."""
        seen = sorted(self._counts)
        file = BytesIO()
        np.savez(
            file,
            allow_pickle=False,
            classes=np.array(seen, np.int64),
            counts=np.array([self._counts[index] for index in seen], np.int64),
            sums=np.array([self._sums[index] for index in seen], np.float64),
        )
        return file.getvalue()


def joined_means(parts: Iterable[bytes]) -> ClassMeans:
    """Add up what several processes have packed; a class' arrays are of one shape in all."""
    joined = ClassMeans()
    for part in parts:
        with np.load(BytesIO(part), allow_pickle=False) as file:
            for index, count, total in zip(
                file["classes"], file["counts"], file["sums"], strict=True
            ):
                joined.add(int(index), total, count=int(count))
    return joined


def shrunk(values: Grid, *, most: int) -> SmallGrid:
    """Average an array [h, w] or [h, w, C] to sides of at most so many: float32.

    What the places sum up to changes with their number; means do not.
    """
    rows, columns = (min(side, most) for side in values.shape[:2])
    if (rows, columns) == values.shape[:2]:
        return values.astype(np.float32)
    small = cv2.resize(values.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)
