"""The first stage of an atlas: activations of the dataset's images, some images a task."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import tensorflow as tf
from jaxtyping import Int, UInt8

from api_schemas.atlas import AtlasParameters
from core.atlas.collect import AttributionCollector, attribution_collector
from core.atlas.draws import random_rows
from core.atlas.places import sample_places
from core.atlas.shards import Shard, join_shards, make_shard, pack_shard
from core.errors import ImageError
from core.images.decode import decode_image
from core.images.resize import resize_image
from core.models.classifier import Classifier
from storage.dataset import Dataset
from storage.errors import FileNotStoredError
from workers.jobs.atlas.atlas_files import CollectedShard, shard_names
from workers.jobs.job_run import JobRun
from workers.model_pool import HostedModel

SHARD_IMAGES = 512
"""So many are lost at most with a worker that is killed."""

BATCH_IMAGES = 8
"""Collected in one slice: about 50 ms with a small network on two cores."""

PREFETCHED_BATCHES = 2
"""Read and decoded while the device works at another."""

MAX_IMAGE_PIXELS = 100_000_000
"""Of one image of a dataset."""

CHOSEN_STREAM = (1 << 63) + 2
"""Of the random numbers that choose images; those of images themselves are below."""


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


def shards_of(parameters: AtlasParameters, *, images: int) -> int:
    """Count the shards of a dataset of so many images."""
    looked_at = min(images, parameters.chosen_quality().samples)
    return max(1, -(-looked_at // SHARD_IMAGES))


def collect(
    parameters: AtlasParameters, model: HostedModel, dataset: Dataset, task: int, run: JobRun
) -> dict[str, Any]:
    """Collect one shard and leave it in the store.

    Args:
        parameters: of the atlas.
        model: whose layer is looked into.
        dataset: whose images are looked at.
        task: number of the shard.
        run: the job; a batch of images is one of its steps.

    Raises:
        CoreError: the model has no such layer, or none with maps.
        JobInterruptedError: between two batches.
    """
    classifier = model.classifier
    layer = classifier.spatial_layer(parameters.layer)
    collector = model.compiled(
        f"atlas {layer} {parameters.positions_per_image}",
        partial(
            attribution_collector,
            classifier,
            layer=layer,
            per_image=parameters.positions_per_image,
        ),
    )
    numbers = shard_numbers(parameters, len(dataset), task)
    starts = range(0, len(numbers), BATCH_IMAGES)
    batches = [numbers[start : start + BATCH_IMAGES] for start in starts]
    height, width, channels = (int(side or 0) for side in classifier.layers[layer].output_shape)
    parts: list[Shard] = [empty_shard(channels, len(classifier.classes))]
    unread = 0
    with ThreadPoolExecutor(1, "read") as reader:
        reading = read_ahead(reader, partial(read_batch, dataset, classifier), batches)
        for _ in run.slices(range(len(batches)), stage="collect"):
            batch = next(reading).result()
            unread += batch.unread
            places = sample_places(
                batch.numbers,
                height=height,
                width=width,
                per_image=parameters.positions_per_image,
                seed=parameters.seed,
            )
            parts.append(collected(collector, batch, places))
    activations, about = shard_names(task)
    summary = CollectedShard(
        images=len(numbers),
        unread=unread,
        model_sha256=classifier.sha256,
        layer=layer,
        layer_shape=(height, width, channels),
        classes=classifier.classes,
    )
    run.files.write_checkpoint(activations, pack_shard(join_shards(parts)))
    run.files.write_checkpoint(about, summary.model_dump_json().encode())
    return {}


def shard_numbers(parameters: AtlasParameters, images: int, task: int) -> Int[np.ndarray, " n"]:
    """List the images of one shard, in the order of the dataset."""
    chosen = random_rows(
        images,
        limit=parameters.chosen_quality().samples,
        seed=parameters.seed,
        stream=CHOSEN_STREAM,
    )
    return chosen[task * SHARD_IMAGES : (task + 1) * SHARD_IMAGES]


def read_ahead(
    reader: ThreadPoolExecutor, read: ReadBatch, batches: Sequence[Numbers]
) -> Iterator["Future[ImageBatch]"]:
    """Have batches read in another thread, a few before they are asked for."""
    waiting = [reader.submit(read, batch) for batch in batches[:PREFETCHED_BATCHES]]
    for batch in batches[PREFETCHED_BATCHES:]:
        yield waiting.pop(0)
        waiting.append(reader.submit(read, batch))
    yield from waiting


def read_batch(
    dataset: Dataset, classifier: Classifier, numbers: Int[np.ndarray, " n"]
) -> ImageBatch:
    """Read, decode and resize some images; what is no image is left out and counted."""
    size = classifier.manifest.input
    read: list[int] = []
    pixels = [np.zeros((0, size.height, size.width, 3), np.uint8)]
    for number in numbers:
        try:
            content = dataset.read(dataset[int(number)])
            decoded = decode_image(content, max_pixels=MAX_IMAGE_PIXELS)
        except (ImageError, FileNotStoredError):
            continue
        read.append(int(number))
        pixels.append(resize_image(decoded, width=size.width, height=size.height)[np.newaxis])
    return ImageBatch(
        np.array(read, np.int64), np.concatenate(pixels), unread=len(numbers) - len(read)
    )


def collected(
    collector: AttributionCollector, batch: ImageBatch, places: Int[np.ndarray, "B P 2"]
) -> Shard:
    """Run the network over a batch."""
    vectors, attributions = collector(tf.constant(batch.pixels), tf.constant(places))
    return make_shard(vectors.numpy(), attributions.numpy(), batch.numbers, places)


def empty_shard(channels: int, classes: int) -> Shard:
    """Give a shard of nothing, for images of which not one could be read."""
    return Shard(
        np.zeros((0, channels), np.float32),
        np.zeros((0, classes), np.float32),
        np.zeros(0, np.int64),
        np.zeros((0, 2), np.int32),
    )
