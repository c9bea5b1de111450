"""The artifacts of an `activation-maximization` job: pictures, their grid, and how they rose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.images.pixels import RgbPixels
from core.render.encode import encode_png
from core.render.grid import balanced_columns, grid_picture
from core.visualize.transparency import flattened_on_grey
from storage.job_files import JobFiles

GRID_TILE_PIXELS = 160
LARGEST_PREVIEW_PIXELS = 384
PREVIEW_PICTURES = 9
WHITE = 255
COLOURS = 3
LAST_STEPS = 8
"""Whose mean is the objective at the end: each step looks at the picture in another way."""


@dataclass(frozen=True)
class Picture:
    """A finished picture."""

    place: int
    """Among all pictures of the job."""
    pixels: RgbPixels
    """[H, W, 3], laid on grey where it is transparent."""
    scores: tuple[float, ...]
    """The objective before each step, as the network saw the picture then."""


class PictureFiles:
    """Files pictures under names that depend on their place alone: twice is as good as once."""

    def __init__(self, files: JobFiles, labels: Sequence[str]) -> None:
        self._files = files
        self._labels = tuple(labels)

    def pictures(
        self, places: Sequence[int], pictures: np.ndarray, scores: np.ndarray
    ) -> list[Picture]:
        """File finished pictures.

        Args:
            places: of those that count; what follows them only fills the batch.
            pictures: [B, H, W, C] in 0..1.
            scores: [B, steps].
        """
        for place, picture in zip(places, pictures, strict=False):
            self._files.write_artifact(self._path(place), encode_png(levels(picture)))
        shown = opaque(pictures)
        return [
            Picture(place, levels(shown[row]), tuple(map(float, scores[row])))
            for row, place in enumerate(places)
        ]

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

    def finish(self, pictures: Sequence[Picture], *, steps: int) -> dict[str, Any]:
        """File the grid of all pictures and how their objectives rose; list the files."""
        grid = grid_picture(
            [picture.pixels for picture in pictures],
            [self._labels[picture.place] for picture in pictures],
            tile_pixels=GRID_TILE_PIXELS,
            columns=balanced_columns(len(pictures)),
        )
        self._files.write_artifact("grid.png", encode_png(grid))
        rises = [
            {"objective": self._labels[picture.place], "scores": picture.scores}
            for picture in pictures
        ]
        loss = json.dumps({"steps": steps, "pictures": rises})
        self._files.write_artifact("loss.json", loss.encode())
        listed = [
            {
                "objective": self._labels[picture.place],
                "path": self._path(picture.place),
                "start": picture.scores[0],
                "end": float(np.mean(picture.scores[-LAST_STEPS:])),
            }
            for picture in pictures
        ]
        return {"pictures": listed, "grid": "grid.png", "loss": "loss.json"}

    def _path(self, place: int) -> str:
        return f"pictures/{place:03d}.png"


def opaque(pictures: np.ndarray) -> np.ndarray:
    """Lay pictures [B, H, W, C] on grey where they are transparent."""
    return pictures if pictures.shape[-1] == COLOURS else flattened_on_grey(pictures)


def levels(picture: np.ndarray) -> np.ndarray:
    """Round 0..1 to 0..255."""
    return np.rint(picture * WHITE).astype(np.uint8)
