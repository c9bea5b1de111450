"""Photographs for tests: noise of one colour, a class a colour."""

from pathlib import Path

import numpy as np
from PIL import Image

RED, BLUE = (200, 60, 60), (60, 60, 200)


def write_images(folder: Path, *, colour: tuple[int, int, int], count: int) -> None:
    """Write noisy photographs of one colour, numbered from 0."""
    folder.mkdir(parents=True)
    generator = np.random.default_rng(0)
    for number in range(count):
        noise = generator.integers(-50, 50, (40, 48, 3))
        pixels = np.clip(np.asarray(colour) + noise, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:03}.png")


def write_two_classes(folder: Path) -> Path:
    """Write ten blue and ten red photographs."""
    write_images(folder / "blue", colour=BLUE, count=10)
    write_images(folder / "red", colour=RED, count=10)
    return folder
