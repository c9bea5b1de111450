"""Measuring how strong the waves of photographs are: the numbers that MaCo needs.

`python -m training.natural_spectrum FOLDER` writes `core/visualize/natural_spectrum.json` from
the photographs in a folder. Each is cut to its middle and brought to colours before the
sigmoid, which are what a picture is optimized in; a window keeps the cut from counting.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PIL import Image

from core.visualize.colour import decorrelated
from core.visualize.frequencies import frequencies
from core.visualize.natural_spectrum import FILE

SIDE_PIXELS = 128
BINS = 65
"""Frequencies, from 0 to the fastest of all."""
DARKEST, BRIGHTEST = 0.02, 0.98
"""What is beyond counts as these: black and white lie infinitely far before the sigmoid."""
SIGNIFICANT_DIGITS = 4


def main(
    folder: Annotated[Path, typer.Argument(help="Photographs as JPEG files, in any depth.")],
) -> None:
    """Write the mean magnitudes of all photographs in a folder."""
    sums = {"rgb": np.zeros((3, BINS)), "decorrelated": np.zeros((3, BINS))}
    count = 0
    for colours in logits_of_photographs(folder):
        sums["rgb"] += profile(colours)
        sums["decorrelated"] += profile(decorrelated(colours))
        count += 1
    written = {
        name: [[float(f"{v:.{SIGNIFICANT_DIGITS}g}") for v in row] for row in total / count]
        for name, total in sums.items()
    }
    FILE.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def logits_of_photographs(folder: Path) -> Iterator[np.ndarray]:
    """Read the middle of each photograph as [H, W, 3] colours before the sigmoid."""
    for path in sorted(folder.rglob("*.jpg")):
        with Image.open(path) as photograph:
            rgb = photograph.convert("RGB")
        side = min(rgb.size)
        left, top = (rgb.width - side) // 2, (rgb.height - side) // 2
        square = rgb.crop((left, top, left + side, top + side))
        small = square.resize((SIDE_PIXELS, SIDE_PIXELS), Image.Resampling.LANCZOS)
        colours = np.clip(np.asarray(small) / 255, DARKEST, BRIGHTEST)
        yield np.log(colours / (1 - colours))


def profile(colours: np.ndarray) -> np.ndarray:
    """Average the magnitudes [3, n] of a picture's waves by their frequency."""
    window = np.hanning(SIDE_PIXELS)
    taper = np.outer(window, window)[..., np.newaxis]
    taper /= np.sqrt(np.mean(taper**2))
    spectrum = np.abs(np.fft.rfft2(colours * taper, axes=(0, 1), norm="ortho"))
    speeds = frequencies(SIDE_PIXELS, SIDE_PIXELS)
    centres = np.linspace(0.0, frequencies(2, 2).max(), BINS)
    nearest = np.rint(speeds / centres[1]).astype(int)
    counts = np.bincount(nearest.ravel(), minlength=BINS)
    means = [
        np.bincount(nearest.ravel(), spectrum[..., colour].ravel(), minlength=BINS) / counts
        for colour in range(3)
    ]
    return np.stack(means)


if __name__ == "__main__":
    typer.run(main)
