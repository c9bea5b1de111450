"""The images of a dataset, as jobs go through them: chosen, divided into tasks and batches."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Int

from core.atlas.draws import random_rows
from workers.jobs.atlas.collecting import CHOSEN_STREAM
from workers.jobs.image_batches import BATCH_IMAGES, Numbers


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
