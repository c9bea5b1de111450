"""How strong the waves of photographs are, by their frequency: what MaCo holds a picture to.

Since photographs look alike at every scale, the strength that belongs to a frequency in cycles
per pixel is the same for pictures of every size, up to the square root of their pixels.
`python -m training.natural_spectrum FOLDER` has measured the numbers.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
from jaxtyping import Float

from core.visualize.frequencies import frequencies

FILE = Path(__file__).with_name("natural_spectrum.json")
COLOURS = 3


def natural_magnitudes(
    height: int, width: int, channels: int, *, decorrelate: bool
) -> Float[np.ndarray, "C H F"]:
    """Give the magnitude of each wave of a picture, before its colours are made.

    Args:
        height: of the picture.
        width: of the picture.
        channels: 3, or 4 with transparency, which gets the magnitudes of the first colour.
        decorrelate: whether the colours are decorrelated ones, or red, green and blue.

    Returns:
        [C, H, W // 2 + 1], as `numpy.fft.rfft2` scales them.
    """
    profiles = _profiles("decorrelated" if decorrelate else "rgb")
    measured = np.linspace(0.0, frequencies(2, 2).max(), profiles.shape[1])
    wanted = frequencies(height, width)
    magnitudes = np.stack([np.interp(wanted, measured, profile) for profile in profiles])
    magnitudes *= np.sqrt(height * width)
    return np.concatenate([magnitudes, magnitudes[: channels - COLOURS]])


@cache
def _profiles(colours: str) -> Float[np.ndarray, "C n"]:
    """Read the mean magnitudes by frequency, 0 to the fastest, per root of the pixels."""
    return np.array(json.loads(FILE.read_text(encoding="utf-8"))[colours])
