"""The first stage of `explain-dataset`: every map of some images a task, on the device."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import tensorflow as tf
from jaxtyping import Int

from api_schemas.dataset_methods import DatasetMethod
from api_schemas.explain_dataset import ExplainDatasetParameters
from api_schemas.explanations import NO_CLASS, TOP_CLASS, ExplanationOrder
from api_schemas.methods import METHODS, unsupported_methods
from core.compare.shared_labels import matched_folders
from core.models.classifier import Classifier
from core.models.logits import probabilities_of
from storage.dataset import Dataset
from storage.job_files import JobFiles
from workers.explained import Explain
from workers.jobs.atlas.laying_out import class_index
from workers.jobs.batch_steps import BatchStep, batch_steps
from workers.jobs.dataset_images import batches_of, task_numbers
from workers.jobs.explain_dataset.dataset_files import (
    AboutShard,
    SeenShard,
    maps_path,
    write_seen,
)
from workers.jobs.explain_dataset.parts import Parts, unpack_parts
from workers.jobs.image_batches import BATCH_IMAGES, ImageBatch, read_ahead, read_batch
from workers.jobs.job_run import JobRun
from workers.jobs.map_shards import pack_maps
from workers.jobs.method_orders import explained_method, order_of
from workers.model_pool import HostedModel

SHARD_IMAGES = 64
"""Images of one task: their maps are held in memory, and are one file."""

STAGE = "explain"

LOCALIZER = "saliency"
"""Whose maps point at objects, as the paper's do."""

UNLABELLED = -2
"""In the place of a class: the image is left out."""

Labels = Int[np.ndarray, " n"]
"""Class of each image's folder, negative for none."""


def explain(
    parameters: ExplainDatasetParameters,
    model: HostedModel,
    dataset: Dataset,
    task: int,
    run: JobRun,
) -> None:
    """Explain the images of one shard and leave the maps in the store.

    Args:
        parameters: of the job.
        model: whose predictions are explained.
        dataset: whose images they are of.
        task: number of the shard.
        run: the job; one method on a batch of images is one of its steps.

    Raises:
        JobRefusedError: the model has no such class, or there is no such method.
        CoreError: the model cannot support a method, or has no such layer.
        JobInterruptedError: between two steps, or two passes of a method of many.
    """
    classifier = model.classifier
    numbers = task_numbers(
        len(dataset),
        samples=parameters.samples,
        seed=parameters.seed,
        task=task,
        each=SHARD_IMAGES,
    )
    targets = requested_classes(parameters, classifier, dataset, numbers)
    wanted = numbers[targets != UNLABELLED]
    orders = orders_of(parameters, classifier)
    restored = run.restored(STAGE)
    parts = unpack_parts(restored.state) if restored else Parts(len(orders))
    _run_kernels(
        model,
        orders,
        dataset,
        dict(zip(wanted.tolist(), targets[targets != UNLABELLED].tolist(), strict=True)),
        parts,
        run,
        done=restored.done if restored else 0,
    )
    _leave(
        parameters, classifier, orders, parts, task, run.files, numbers=numbers, wanted=wanted
    )


def _leave(
    parameters: ExplainDatasetParameters,
    classifier: Classifier,
    orders: Sequence[ExplanationOrder],
    parts: Parts,
    task: int,
    files: JobFiles,
    *,
    numbers: Int[np.ndarray, " n"],
    wanted: Int[np.ndarray, " m"],
) -> None:
    """Leave the maps of a shard in the store, and what the network saw beside them.

    Args:
        parameters: of the job.
        classifier: that was explained.
        orders: of each kernel, those of the methods first.
        parts: what the kernels made.
        task: number of the shard.
        files: of the job.
        numbers: of the shard's images.
        wanted: of those that were to be explained.
    """
    shards, probabilities = parts.in_common(len(classifier.classes))
    for key, shard in zip(parameters.keys, shards, strict=False):
        files.write_artifact(maps_path(key, task), pack_maps(shard))
    localizer = [place for place, order in enumerate(orders) if order.method == LOCALIZER]
    images = shards[0].images
    saliency = shards[localizer[0]] if localizer and parameters.localize else None
    seen = SeenShard(images, probabilities, saliency)
    about = AboutShard(
        model_sha256=classifier.sha256,
        classes=classifier.classes,
        methods={
            key: explained_method(order)
            for key, order in zip(parameters.keys, orders, strict=False)
        },
        is_localized=seen.saliency is not None,
        unread=tuple(np.setdiff1d(wanted, images).tolist()),
        unlabelled=len(numbers) - len(wanted),
    )
    write_seen(files, task, seen, about)


def requested_classes(
    parameters: ExplainDatasetParameters,
    classifier: Classifier,
    dataset: Dataset,
    numbers: Int[np.ndarray, " n"],
) -> Int[np.ndarray, " n"]:
    """Say which class is explained in each image; -1 for the top one, -2 to leave it out.

    Raises:
        JobRefusedError: the model has no such class.
    """
    if parameters.explain == "label":
        labels = folder_classes(dataset, classifier.classes, numbers)
        return np.where(labels >= 0, labels, UNLABELLED)
    one = class_index(parameters.target, classifier.classes, field="target")
    return np.full(len(numbers), one if one >= 0 else TOP_CLASS, np.int64)


def folder_classes(
    dataset: Dataset, classes: Sequence[str], numbers: Int[np.ndarray, " n"]
) -> Labels:
    """Find the class that the folder of each image is called after, negative for none."""
    matched = matched_folders(dataset.details.classes, classes)
    found = [
        None if label is None else matched[label]
        for label in (dataset[int(number)].label for number in numbers)
    ]
    return np.array([-1 if index is None else index for index in found], np.int64)


def orders_of(
    parameters: ExplainDatasetParameters, classifier: Classifier
) -> list[ExplanationOrder]:
    """Order each method; and the one that points at objects, if it is not among them."""
    orders = [
        order_of(wanted, classifier, layer=wanted.layer, seed=parameters.seed)
        for wanted in parameters.methods
    ]
    is_there = any(order.method == LOCALIZER for order in orders)
    is_able = LOCALIZER not in unsupported_methods(classifier.missing)
    if parameters.localize and is_able and not is_there:
        seeker = DatasetMethod(method=LOCALIZER)
        orders.append(order_of(seeker, classifier, layer=None, seed=parameters.seed))
    return orders


def _run_kernels(
    model: HostedModel,
    orders: Sequence[ExplanationOrder],
    dataset: Dataset,
    targets: dict[int, int],
    parts: Parts,
    run: JobRun,
    *,
    done: int,
) -> None:
    """Go through the steps that are left, and add what comes of them to the parts."""
    kernels = [model.kernel(order, max_images=BATCH_IMAGES) for order in orders]
    batches = batches_of(np.array(list(targets), np.int64))
    steps = batch_steps(batches, [METHODS[str(order.method)].is_long for order in orders])
    first = steps[done].batch if done < len(steps) else len(batches)
    with ThreadPoolExecutor(1, "read") as reader:
        read = partial(read_batch, dataset, model.classifier)
        reading = read_ahead(reader, read, batches[first:])
        held = -1
        for step in run.slices(steps[done:], stage=STAGE, done=done, checkpoint=parts.pack):
            if step.batch != held:
                batch, held = next(reading).result(), step.batch
            _explain_step(model, kernels[step.kernel], batch, step, targets, parts, run)


def _explain_step(
    model: HostedModel,
    kernel: Explain,
    batch: ImageBatch,
    step: BatchStep,
    targets: dict[int, int],
    parts: Parts,
    run: JobRun,
) -> None:
    """Run one kernel over some images of a batch."""
    numbers = batch.numbers[step.rows]
    if not len(numbers):
        return
    requested = [targets[int(number)] for number in numbers]
    explained = kernel(
        tf.constant(batch.pixels[step.rows]),
        tf.constant(requested, tf.int32),
        tf.fill([len(numbers)], NO_CLASS),
        run.track,
    )
    parts.add(step.kernel, numbers, explained.targets.numpy(), np.asarray(explained.maps))
    if step.kernel == 0:
        activation = model.classifier.manifest.output.activation
        parts.add_probabilities(probabilities_of(explained.logits, activation).numpy())
