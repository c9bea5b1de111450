"""The images of a dataset, as jobs go through them: opened, chosen, in batches, read anew."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Int

from core.atlas.draws import random_rows
from core.errors import ImageError
from core.images.decode import decode_image
from core.images.pixels import RgbPixels
from storage.dataset import Dataset
from storage.datasets import Datasets
from storage.errors import DatasetNotFoundError, FileNotStoredError
from storage.store import Store
from workers.jobs.atlas.collecting import BATCH_IMAGES, CHOSEN_STREAM, MAX_IMAGE_PIXELS
from workers.jobs.errors import JobRefusedError

Numbers = Int[np.ndarray, " n"]
"""Of images in the dataset, ascending."""


def opened_dataset(store: Store, dataset: str) -> Dataset:
    """Open a dataset.

    Raises:
        JobRefusedError: there is none of that ID.
    """
    try:
        return Datasets(store, roots=()).open(dataset)
    except DatasetNotFoundError as error:
        raise JobRefusedError("dataset_not_found", str(error)) from error


def tasks_of(images: int, *, samples: int, each: int) -> int:
    """Count the tasks that a dataset is gone through in, so many images each; at least one."""
    return max(1, -(-min(images, samples) // each))


def task_numbers(
    images: int, *, samples: int, seed: int, task: int, each: int
) -> Int[np.ndarray, " n"]:
    """List the images of one task: a part of those chosen, in the order of the dataset."""
    chosen = random_rows(images, limit=samples, seed=seed, stream=CHOSEN_STREAM)
    return chosen[task * each : (task + 1) * each]


def batches_of(numbers: Numbers) -> Sequence[Numbers]:
    """Divide images into batches that take the device about 50 ms with a small network."""
    return [
        numbers[start : start + BATCH_IMAGES] for start in range(0, len(numbers), BATCH_IMAGES)
    ]


def read_pixels(dataset: Dataset, number: int) -> RgbPixels | None:
    """Read one image at its own size; none where it cannot be read (any more)."""
    try:
        content = dataset.read(dataset[number])
        return decode_image(content, max_pixels=MAX_IMAGE_PIXELS)
    except (ImageError, FileNotStoredError):
        return None
