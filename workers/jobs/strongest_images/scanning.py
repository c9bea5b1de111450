"""The first stage of `strongest-images`: what each channel says of some images a task."""

import numpy as np
import tensorflow as tf

from api_schemas.schema import Schema
from api_schemas.strongest_images import StrongestImagesParameters
from core.models.classifier import Classifier
from core.visualize.peaks import PeakFinder, peak_finder
from core.visualize.strongest import Strongest, merged, pack_strongest, strongest_of
from storage.dataset import Dataset
from storage.job_files import JobFiles
from workers.first_calls import first_call_aside
from workers.jobs.atlas.atlas_files import needed
from workers.jobs.dataset_images import task_numbers
from workers.jobs.image_batches import batches_read
from workers.jobs.job_run import JobRun
from workers.model_pool import HostedModel

SHARD_IMAGES = 512
"""So many are lost at most with a worker that is killed."""


class ScannedShard(Schema):
    """What was looked at for one shard, and with which network."""

    images: int
    """Looked at."""
    unread: int
    """Of these, those that could not be read."""
    model_sha256: str
    """Of the weights."""
    layer: str
    """Whose channels were looked at."""
    layer_shape: tuple[int, int, int]
    """[height, width, channels] of its maps."""
    input_size: tuple[int, int]
    """[height, width] of what the network sees."""


def scan(
    parameters: StrongestImagesParameters,
    model: HostedModel,
    dataset: Dataset,
    task: int,
    run: JobRun,
) -> None:
    """Look at the images of one shard and leave in the store which are the strongest.

    Args:
        parameters: of the job.
        model: whose channels are looked at.
        dataset: whose images are.
        task: number of the shard.
        run: the job; a batch of images is one of its steps.

    Raises:
        CoreError: the model has no such layer, or none with maps.
        JobInterruptedError: between two batches.
    """
    classifier, count = model.classifier, parameters.images_each
    layer = classifier.spatial_layer(parameters.layer)
    find: PeakFinder = model.compiled(
        f"peaks {layer}", lambda: first_call_aside(peak_finder(classifier, layer=layer))
    )
    numbers = task_numbers(
        len(dataset),
        samples=parameters.samples,
        seed=parameters.seed,
        task=task,
        each=SHARD_IMAGES,
    )
    shape = map_shape(classifier, layer)
    found, unread = nothing(shape[2], count=count), 0
    for batch in batches_read(dataset, classifier, numbers, run, stage="scan"):
        unread += batch.unread
        values, places = find(tf.constant(batch.pixels))
        some = strongest_of(values.numpy(), batch.numbers, places.numpy(), count=count)
        found = merged((found, some), count=count)
    seen = classifier.manifest.input
    about = ScannedShard(
        images=len(numbers),
        unread=unread,
        model_sha256=classifier.sha256,
        layer=layer,
        layer_shape=shape,
        input_size=(seen.height, seen.width),
    )
    run.files.write_checkpoint(f"strongest-{task}.npz", pack_strongest(found))
    run.files.write_checkpoint(f"scanned-{task}.json", about.model_dump_json().encode())


def read_scanned(files: JobFiles, task: int) -> ScannedShard:
    """Read what was looked at for a shard."""
    return ScannedShard.model_validate_json(needed(files, f"scanned-{task}.json"))


def map_shape(classifier: Classifier, layer: str) -> tuple[int, int, int]:
    """Give [height, width, channels] of a layer's maps."""
    height, width, channels = (int(side or 0) for side in classifier.layers[layer].output_shape)
    return height, width, channels


def nothing(channels: int, *, count: int) -> Strongest:
    """Give what is known of channels before any image is looked at."""
    unseen = np.zeros((0, channels), np.float32)
    return strongest_of(unseen, np.zeros(0, np.int64), unseen.astype(np.int64), count=count)
