"""Decode photographs ahead of the training step, always in the same order for a seed."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from training.image_folders import LabelledImages
from training.pixels import CropRange, Pixels, photograph, random_crop, stretched

BATCHES_AHEAD: Final = 4
"""Batches decoded while the network works on one. Bounds the memory, not the speed."""
DECODING_THREADS: Final = 2
"""Decoding takes a tenth of the time of the network: two threads never let it wait."""

Batch = TypeVar("Batch")


@dataclass(frozen=True)
class LabelledBatch:
    """Some photographs as a network sees them."""

    pixels: Pixels
    """[B, H, W, 3]."""
    labels: NDArray[np.int32]
    """[B], indices of classes."""


def prefetched(make: Callable[[int], Batch], count: int) -> Iterator[Batch]:
    """Yield make(0), make(1), ... make(count - 1), in order, made ahead in threads."""
    waiting: deque[Future[Batch]] = deque()
    with ThreadPoolExecutor(DECODING_THREADS) as threads:
        for index in range(count):
            waiting.append(threads.submit(make, index))
            if len(waiting) > BATCHES_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def stretched_batches(
    images: LabelledImages, *, size: tuple[int, int], batch_images: int
) -> Iterator[LabelledBatch]:
    """Yield all photographs in order, whole, as the service will see them.

    Args:
        images: the photographs.
        size: (height, width) of the network's input.
        batch_images: images in each batch; the last may be smaller.
    """

    def make(index: int) -> LabelledBatch:
        chosen = range(index * batch_images, min((index + 1) * batch_images, len(images)))
        return LabelledBatch(
            np.stack([stretched(photograph(images.paths[place]), size) for place in chosen]),
            np.asarray([images.labels[place] for place in chosen], np.int32),
        )

    yield from prefetched(make, batch_count(len(images), batch_images))


def augmented_batches(
    images: LabelledImages,
    *,
    size: tuple[int, int],
    batch_images: int,
    crops: CropRange,
    seed: int,
    epoch: int,
) -> Iterator[LabelledBatch]:
    """Yield all photographs once, shuffled, each as one random crop.

    Order and crops depend on `seed` and `epoch` alone, so an epoch can be repeated after
    a kill. Each crop has a generator of its own: threads cannot change it.

    Args:
        images: the photographs.
        size: (height, width) of the network's input.
        batch_images: images in each batch; the last may be smaller.
        crops: how far a crop may differ from the whole photograph.
        seed: of the run.
        epoch: passes over the images made before this one.
    """
    order = np.random.default_rng((seed, epoch)).permutation(len(images))

    def make(index: int) -> LabelledBatch:
        chosen = order[index * batch_images : (index + 1) * batch_images]
        pixels = [
            random_crop(
                photograph(images.paths[place]),
                size,
                crops=crops,
                generator=np.random.default_rng((seed, epoch, int(place))),
            )
            for place in chosen
        ]
        labels = np.asarray([images.labels[place] for place in chosen], np.int32)
        return LabelledBatch(np.stack(pixels), labels)

    yield from prefetched(make, batch_count(len(images), batch_images))


def batch_count(images: int, batch_images: int) -> int:
    """Count the batches that hold so many images, the last perhaps not full."""
    return -(-images // batch_images)
