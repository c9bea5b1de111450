"""Images with one label and two reasons, drawn: the image, the first map, the second map."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.render.captioned_rows import Captioned, captioned_rows
from core.render.encode import encode_png, encode_webp
from core.render.maps import RawMap
from storage.dataset import Dataset
from storage.dataset_index import IndexedImage
from storage.job_files import JobFiles
from workers.jobs.compare_models.shown_files import AboutShown, Side, read_shown
from workers.jobs.drawn_maps import drawn_map, fitted
from workers.jobs.image_batches import image_read
from workers.jobs.job_run import JobRun

TILE_PIXELS = 300
QUALITY = 85
"""Of WebP, 0 to 100."""


SIDES: tuple[Side, Side] = ("first", "second")


@dataclass(frozen=True)
class Differing:
    """An image on whose label both models agree, though not on the reason."""

    rank: int
    task: int
    """Shard that holds its maps."""
    image: IndexedImage
    label: str
    correlation: float
    cosine: float


def draw_differences(
    found: Sequence[Differing],
    dataset: Dataset,
    run: JobRun,
    *,
    about: tuple[AboutShown, AboutShown],
    overview: str,
) -> dict[int, str]:
    """File a picture of each image, and one of all of them.

    Args:
        found: images, those that differ most first.
        dataset: that they are in.
        run: the job; an image is one of its steps.
        about: both models.
        overview: name of the picture of all.

    Returns:
        By rank the picture's path, where the image could still be read.

    Raises:
        JobInterruptedError: between two images.
    """
    paths: dict[int, str] = {}
    rows: list[list[Captioned]] = []
    for one in run.off_device(found, stage="draw"):
        pixels = image_read(dataset, one.image.index)
        if pixels is None:
            continue
        small = fitted(pixels, most=TILE_PIXELS)
        row = [small]
        for side, model in zip(SIDES, about, strict=True):
            raw_map = map_of(run.files, side, one)
            row.append(drawn_map(small, raw_map, method=model.method.method))
        paths[one.rank] = f"differences/{one.rank:03}.webp"
        run.files.write_artifact(
            paths[one.rank], encode_webp(np.concatenate(row, axis=1), quality=QUALITY)
        )
        captions = (
            f"{one.rank}. {one.label}: {one.image.path.rpartition('/')[2]}",
            about[0].model,
            f"{about[1].model}; rank correlation {one.correlation:.2f}",
        )
        rows.append(
            [Captioned(tile, (line,)) for tile, line in zip(row, captions, strict=True)]
        )
    if rows:
        run.files.write_artifact(overview, encode_png(captioned_rows(rows)))
    return paths


def map_of(files: JobFiles, side: Side, found: Differing) -> RawMap:
    """Read one model's map [h, w] of an image."""
    shown = read_shown(files, side, found.task)
    row = int(np.searchsorted(shown.images, found.image.index))
    return np.asarray(shown.maps[row], np.float32)
