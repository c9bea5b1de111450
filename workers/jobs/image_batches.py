"""Images of a dataset, read and decoded while the device works at those before."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Int, UInt8

from core.errors import ImageError
from core.images.decode import decode_image
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from core.models.classifier import Classifier
from storage.dataset import Dataset
from storage.errors import FileNotStoredError
from workers.jobs.job_run import JobRun

BATCH_IMAGES = 8
"""Seen in one slice: about 50 ms with a small network on two cores."""

PREFETCHED_BATCHES = 2
"""Read and decoded while the device works at another."""

MAX_IMAGE_PIXELS = 100_000_000
"""Of one image of a dataset."""

Numbers = Int[np.ndarray, " n"]
"""Of images in the dataset."""


@dataclass(frozen=True)
class ImageBatch:
    """Images that could be read."""

    numbers: Int[np.ndarray, " B"]
    """In the dataset."""
    pixels: UInt8[np.ndarray, "B H W 3"]
    """At the size of the model's input."""
    unread: int
    """Images that could not be."""


ReadBatch = Callable[[Numbers], ImageBatch]


def batches_read(
    dataset: Dataset, classifier: Classifier, numbers: Numbers, run: JobRun, *, stage: str
) -> Iterator[ImageBatch]:
    """Go through images of a dataset, a batch in each slice of a job.

    Args:
        dataset: whose images they are.
        classifier: whose input they are brought to.
        numbers: of the images.
        run: of the job.
        stage: name of what is done, for people.

    Raises:
        JobInterruptedError: between two batches.
    """
    starts = range(0, len(numbers), BATCH_IMAGES)
    batches = [numbers[start : start + BATCH_IMAGES] for start in starts]
    with ThreadPoolExecutor(1, "read") as reader:
        reading = read_ahead(reader, partial(read_batch, dataset, classifier), batches)
        for _ in run.slices(range(len(batches)), stage=stage):
            yield next(reading).result()


def read_batch(dataset: Dataset, classifier: Classifier, numbers: Numbers) -> ImageBatch:
    """Read, decode and resize some images; what is no image is left out and counted."""
    size = classifier.manifest.input
    read: list[int] = []
    pixels = [np.zeros((0, size.height, size.width, 3), np.uint8)]
    for number in numbers:
        decoded = image_read(dataset, int(number))
        if decoded is not None:
            read.append(int(number))
            resized = resize_image(decoded, width=size.width, height=size.height)
            pixels.append(resized[np.newaxis])
    return ImageBatch(
        np.array(read, np.int64), np.concatenate(pixels), unread=len(numbers) - len(read)
    )


def image_read(dataset: Dataset, number: int) -> RgbPixels | None:
    """Read and decode one image; none where it is gone, or is no image."""
    try:
        content = dataset.read(dataset[number])
        return decode_image(content, max_pixels=MAX_IMAGE_PIXELS)
    except (ImageError, FileNotStoredError):
        return None


def read_ahead(
    reader: ThreadPoolExecutor, read: ReadBatch, batches: Sequence[Numbers]
) -> Iterator["Future[ImageBatch]"]:
    """Have batches read in another thread, a few before they are asked for."""
    waiting = [reader.submit(read, batch) for batch in batches[:PREFETCHED_BATCHES]]
    for batch in batches[PREFETCHED_BATCHES:]:
        yield waiting.pop(0)
        waiting.append(reader.submit(read, batch))
    yield from waiting
