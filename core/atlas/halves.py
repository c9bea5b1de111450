"""Numbers kept in two bytes each, whatever their magnitude.

Half floats reach from 6e-5 to 65,504 at full precision; attributions are often smaller. So an
array is first multiplied by a power of two, which is exact, and that is kept beside it.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float16, Float32

LARGEST_EXPONENT = 14
"""The largest magnitude of an array comes to lie below 2 ** (14 + 1), half of what fits."""


@dataclass(frozen=True)
class Halves:
    """An array in half precision, and what it was multiplied by."""

    numbers: Float16[np.ndarray, "..."]
    scale: float
    """A power of two."""


def to_halves(numbers: Float[np.ndarray, "..."]) -> Halves:
    """Round finite numbers to 11 significant bits.

    Those that are small beside the largest lose more: below 2 ** -39 of it they become zero.
    """
    largest = float(np.abs(numbers).max(initial=0.0))
    exponent = LARGEST_EXPONENT - int(np.floor(np.log2(largest))) if largest > 0 else 0
    scale = float(np.ldexp(1.0, exponent))
    return Halves((numbers.astype(np.float64) * scale).astype(np.float16), scale)


def from_halves(halves: Halves) -> Float32[np.ndarray, "..."]:
    """Undo the scaling: float32 of the same shape."""
    return (halves.numbers.astype(np.float64) / halves.scale).astype(np.float32)
