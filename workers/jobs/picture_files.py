"""The artifacts of `activation-maximization`: pictures, their grid, and how they rose."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from core.images.decode import decode_image
from core.render.encode import encode_png
from core.render.grid import balanced_columns, grid_picture
from core.visualize.transparency import flattened_on_grey
from storage.job_files import JobFiles

GRID_TILE_PIXELS = 160
LARGEST_PREVIEW_PIXELS = 384
PREVIEW_PICTURES = 9
WHITE = 255
COLOURS = 3
MAX_PIXELS = 1024 * 1024
"""Of a picture: the schema allows no larger side."""
LAST_STEPS = 8
"""Whose mean is the objective at the end: each step looks at the picture in another way."""


class PictureFiles:
    """Files pictures under names that depend on their place alone: twice is as good as once."""

    def __init__(self, files: JobFiles, labels: Sequence[str]) -> None:
        self._files = files
        self._labels = tuple(labels)

    def pictures(self, places: Sequence[int], pictures: np.ndarray) -> None:
        """File finished pictures.

        Args:
            places: in the job, of those that count; what follows them only fills the batch.
            pictures: [B, H, W, C] in 0..1.
        """
        for place, picture in zip(places, pictures, strict=False):
            self._files.write_artifact(path_of(place), encode_png(levels(picture)))

    def snapshot(self, step: int, places: Sequence[int], pictures: np.ndarray) -> None:
        """File pictures as they are after a number of steps."""
        for place, picture in zip(places, pictures, strict=False):
            path = f"snapshots/{step:04d}/{place:03d}.png"
            self._files.write_artifact(path, encode_png(levels(picture)))

    def preview(self, pictures: np.ndarray) -> bytes:
        """Draw a small PNG of the first pictures of a batch."""
        tiles = [levels(picture) for picture in opaque(pictures[:PREVIEW_PICTURES])]
        columns = balanced_columns(len(tiles))
        across = max(columns, -(-len(tiles) // columns))
        tile_pixels = min(LARGEST_PREVIEW_PIXELS // across - 14, max(tiles[0].shape[:2]))
        return encode_png(grid_picture(tiles, [], tile_pixels=tile_pixels, columns=columns))

    def finish(self, scores: np.ndarray) -> dict[str, Any]:
        """File the grid of all pictures and how their objectives rose; list the files.

        Args:
            scores: [pictures, steps], the objective before each step.
        """
        tiles = [
            decode_image(self._files.read_artifact(path_of(place)), max_pixels=MAX_PIXELS)
            for place in range(len(self._labels))
        ]
        grid = grid_picture(
            tiles,
            self._labels,
            tile_pixels=GRID_TILE_PIXELS,
            columns=balanced_columns(len(tiles)),
        )
        self._files.write_artifact("grid.png", encode_png(grid))
        rises = [
            {"objective": label, "scores": rise.tolist()}
            for label, rise in zip(self._labels, scores, strict=True)
        ]
        self._files.write_artifact("loss.json", json.dumps({"pictures": rises}).encode())
        listed = [
            {
                "objective": label,
                "path": path_of(place),
                "start": float(scores[place, 0]),
                "end": float(np.mean(scores[place, -LAST_STEPS:])),
            }
            for place, label in enumerate(self._labels)
        ]
        return {"pictures": listed, "grid": "grid.png", "loss": "loss.json"}


def path_of(place: int) -> str:
    """Name the file of a finished picture."""
    return f"pictures/{place:03d}.png"


def opaque(pictures: np.ndarray) -> np.ndarray:
    """Lay pictures [B, H, W, C] on grey where they are transparent."""
    return pictures if pictures.shape[-1] == COLOURS else flattened_on_grey(pictures)


def levels(picture: np.ndarray) -> np.ndarray:
    """Round 0..1 to 0..255."""
    rounded: np.ndarray = np.rint(picture * WHITE).astype(np.uint8)
    return rounded
