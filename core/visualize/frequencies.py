"""The frequencies that a picture's real Fourier transform holds, and how often each counts."""

import numpy as np
from jaxtyping import Float

Spectral = Float[np.ndarray, "H F"]
"""One number for each frequency of `numpy.fft.rfft2`: F is W // 2 + 1."""


def frequencies(height: int, width: int) -> Spectral:
    """Tell how fast each wave of a picture goes, in cycles per pixel, whatever its direction.

    Returns:
        [H, W // 2 + 1] in 0..0.71, in the order of `numpy.fft.rfft2`.
    """
    speeds: Spectral = np.hypot(np.fft.fftfreq(height)[:, np.newaxis], np.fft.rfftfreq(width))
    return speeds


def occurrences(height: int, width: int) -> Spectral:
    """Count how often each wave stands in the whole, symmetric transform: once or twice."""
    columns = np.full(width // 2 + 1, 2.0)
    columns[0] = 1.0
    if width % 2 == 0:
        columns[-1] = 1.0
    return np.broadcast_to(columns, (height, len(columns)))
