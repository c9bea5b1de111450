"""The third stage of a dataset map: the image that is nearest to the mean of each cell."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from storage.dataset import Dataset
from workers.jobs.atlas.atlas_files import write_icons
from workers.jobs.dataset_map.laying_out import read_members
from workers.jobs.image_batches import BATCH_IMAGES, image_read
from workers.jobs.job_run import JobRun

TASK_ICONS = 256
"""Fetched by one task, which a killed worker loses."""

READERS = 2
"""Images read and decoded at once."""

MISSING = 200
"""Grey of an icon whose image has gone since it was collected."""


def icon_tasks_of(cells: int) -> int:
    """Count the tasks that so many icons make."""
    return max(1, -(-cells // TASK_ICONS))


def fetch_icons(dataset: Dataset, task: int, run: JobRun, *, size: int) -> None:
    """Make the icons of some cells and leave them in the store.

    Args:
        dataset: whose images are laid out.
        task: which cells, the coarsest grid's first.
        run: the job; a few images are one of its steps.
        size: side of an icon in pixels.

    Raises:
        JobInterruptedError: between two steps.
    """
    numbers = read_members(run.files)[task * TASK_ICONS : (task + 1) * TASK_ICONS, 0]
    icons = np.zeros((len(numbers), size, size, 3), np.uint8)
    with ThreadPoolExecutor(READERS, "read") as readers:
        steps = range(0, len(numbers), BATCH_IMAGES)
        for start in run.slices(steps, stage="images"):
            some = numbers[start : start + BATCH_IMAGES]
            made = readers.map(lambda number: icon_of(dataset, int(number), size=size), some)
            icons[start : start + BATCH_IMAGES] = list(made)
    write_icons(run.files, task, icons)


def icon_of(dataset: Dataset, number: int, *, size: int) -> RgbPixels:
    """Make an icon of an image: [size, size, 3], the square in its middle."""
    image = image_read(dataset, number)
    if image is None:
        return np.full((size, size, 3), MISSING, np.uint8)
    return resize_image(middle_square(image), width=size, height=size)


def middle_square(image: RgbPixels) -> RgbPixels:
    """Cut what is beyond the largest square in the middle of an image."""
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : top + side, left : left + side]
