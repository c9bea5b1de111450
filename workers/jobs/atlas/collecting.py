"""The first stage of an atlas or a map: what a layer says of images, some images a task."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from jaxtyping import Int

from api_schemas.atlas import AtlasParameters
from core.atlas.collect import AttributionCollector, attribution_collector
from core.atlas.draws import random_rows
from core.atlas.places import sample_places
from core.atlas.shards import Shard, join_shards, make_shard, pack_shard
from storage.dataset import Dataset
from workers.first_calls import first_call_aside
from workers.jobs.atlas.atlas_files import CollectedShard, shard_names
from workers.jobs.image_batches import ImageBatch, batches_read
from workers.jobs.job_run import JobRun
from workers.model_pool import HostedModel

SHARD_IMAGES = 512
"""So many are lost at most with a worker that is killed."""

CHOSEN_STREAM = (1 << 63) + 2
"""Of the random numbers that choose images; those of images themselves are below."""


@dataclass(frozen=True)
class Collection:
    """What is collected, of which images."""

    model: HostedModel
    layer: str
    """Whose activations they are."""
    look: Callable[[ImageBatch], Shard]
    """Runs the network over a batch."""
    samples: int
    """Images looked at, chosen at random where the dataset has more."""
    seed: int
    """Chooses them."""

    @property
    def layer_shape(self) -> tuple[int, int, int]:
        """[height, width, channels] of the layer's maps."""
        described = self.model.classifier.layers[self.layer]
        height, width, channels = (int(side or 0) for side in described.output_shape)
        return height, width, channels


def shards_of(samples: int, *, images: int) -> int:
    """Count the shards of so many samples of a dataset of so many images."""
    return max(1, -(-min(images, samples) // SHARD_IMAGES))


def collect(collection: Collection, dataset: Dataset, task: int, run: JobRun) -> dict[str, Any]:
    """Collect one shard and leave it in the store.

    Args:
        collection: what is collected.
        dataset: whose images are looked at.
        task: number of the shard.
        run: the job; a batch of images is one of its steps.

    Raises:
        JobInterruptedError: between two batches.
    """
    classifier = collection.model.classifier
    numbers = shard_numbers(collection, len(dataset), task)
    parts: list[Shard] = [empty_shard(collection.layer_shape[2], len(classifier.classes))]
    unread = 0
    for batch in batches_read(dataset, classifier, numbers, run, stage="collect"):
        unread += batch.unread
        parts.append(collection.look(batch))
    activations, about = shard_names(task)
    summary = CollectedShard(
        images=len(numbers),
        unread=unread,
        model_sha256=classifier.sha256,
        layer=collection.layer,
        layer_shape=collection.layer_shape,
        classes=classifier.classes,
    )
    run.files.write_checkpoint(activations, pack_shard(join_shards(parts)))
    run.files.write_checkpoint(about, summary.model_dump_json().encode())
    return {}


def atlas_collection(parameters: AtlasParameters, model: HostedModel) -> Collection:
    """Say what an atlas collects: activations at some places, and their attributions.

    Raises:
        CoreError: the model has no such layer, or none with maps.
    """
    classifier, per_image = model.classifier, parameters.positions_per_image
    layer = classifier.spatial_layer(parameters.layer)
    collector: AttributionCollector = model.compiled(
        f"atlas {layer} {per_image}",
        lambda: first_call_aside(
            attribution_collector(classifier, layer=layer, per_image=per_image)
        ),
    )
    height, width = (int(side or 0) for side in classifier.layers[layer].output_shape[:2])

    def look(batch: ImageBatch) -> Shard:
        places = sample_places(
            batch.numbers,
            height=height,
            width=width,
            per_image=per_image,
            seed=parameters.seed,
        )
        vectors, attributions = collector(tf.constant(batch.pixels), tf.constant(places))
        return make_shard(vectors.numpy(), attributions.numpy(), batch.numbers, places)

    samples = parameters.chosen_quality().samples
    return Collection(model, layer, look, samples=samples, seed=parameters.seed)


def shard_numbers(collection: Collection, images: int, task: int) -> Int[np.ndarray, " n"]:
    """List the images of one shard, in the order of the dataset."""
    chosen = random_rows(
        images, limit=collection.samples, seed=collection.seed, stream=CHOSEN_STREAM
    )
    return chosen[task * SHARD_IMAGES : (task + 1) * SHARD_IMAGES]


def empty_shard(channels: int, classes: int) -> Shard:
    """Give a shard of nothing, for images of which not one could be read."""
    return Shard(
        np.zeros((0, channels), np.float32),
        np.zeros((0, classes), np.float32),
        np.zeros(0, np.int64),
        np.zeros((0, 2), np.int32),
    )
