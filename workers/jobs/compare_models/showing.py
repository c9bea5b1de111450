"""The first stages of `compare-models`: what each model makes of some images a task."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import tensorflow as tf

from api_schemas.compare_models import CompareModelsParameters
from api_schemas.explanations import NO_CLASS, TOP_CLASS, ExplanationOrder
from api_schemas.methods import METHODS
from core.compare.cka import Gram, hollow_gram
from core.models.classifier import Classifier
from core.models.logits import probabilities_of
from core.models.partial_pass import LOGITS, partial_pass
from storage.dataset import Dataset
from workers.explained import Explain
from workers.first_calls import first_call_aside
from workers.jobs.batch_steps import BatchStep, batch_steps
from workers.jobs.compare_models.shown_files import (
    AboutShown,
    ShownShard,
    Side,
    write_shown,
)
from workers.jobs.dataset_images import batches_of, task_numbers
from workers.jobs.image_batches import BATCH_IMAGES, ImageBatch, read_ahead, read_batch
from workers.jobs.job_run import JobRun
from workers.jobs.method_orders import explained_method, order_of
from workers.model_pool import HostedModel

SHARD_IMAGES = 32
"""Images of one task, and of one batch of the layers' similarity: so many features of every
layer are held in memory."""

LOOK, EXPLAIN = 0, 1
"""Kernels of a batch: the layers and the scores; the maps."""

Look = Callable[[tf.Tensor], tuple[tf.Tensor, ...]]
"""From pixels [B, H, W, 3] to the probabilities [B, K] and what each layer puts out."""


def default_layers(classifier: Classifier) -> tuple[str, ...]:
    """Choose the last layer of each size of map, in the order of the forward pass."""
    by_size = {
        layer.output_shape[:2]: layer.name
        for layer in classifier.layers.values()
        if layer.is_explainable
    }
    chosen = set(by_size.values())
    return tuple(name for name in classifier.layers if name in chosen)


def show(
    parameters: CompareModelsParameters,
    model: HostedModel,
    dataset: Dataset,
    side: Side,
    task: int,
    run: JobRun,
) -> None:
    """Show one model the images of one shard, and leave what it makes of them in the store.

    Args:
        parameters: of the job.
        model: that is shown the images.
        dataset: that they are in.
        side: which of the two models it is.
        task: number of the shard.
        run: the job; a batch of images, looked at or explained, is one of its steps.

    Raises:
        JobRefusedError: there is no such method.
        CoreError: the model cannot support the method, or has no such layer.
        JobInterruptedError: between two steps, or two passes of a method of many.
    """
    classifier = model.classifier
    is_first = side == "first"
    asked = parameters.layers if is_first else parameters.other_layers
    layers = asked or default_layers(classifier)
    for layer in layers:
        classifier.tappable_layer(layer)
    order = order_of(
        parameters.method,
        classifier,
        layer=parameters.method.layer if is_first else parameters.other_layer,
        seed=parameters.seed,
    )
    numbers = task_numbers(
        len(dataset),
        samples=parameters.samples,
        seed=parameters.seed,
        task=task,
        each=SHARD_IMAGES,
    )
    shown = _shown(model, order, layers, dataset, numbers, run, stage=f"show {side}")
    about = AboutShown(
        model=classifier.name,
        model_sha256=classifier.sha256,
        classes=classifier.classes,
        layers=layers,
        method=explained_method(order),
        unread=len(numbers) - len(shown.images),
    )
    write_shown(run.files, side, task, shown, about)


def compiled_look(classifier: Classifier, layers: Sequence[str]) -> Look:
    """Compile the pass that shows some layers and the probabilities, for any batch."""
    size = classifier.manifest.input
    pixels = tf.TensorSpec([None, size.height, size.width, 3], tf.uint8)

    def look(batch: tf.Tensor) -> tuple[tf.Tensor, ...]:
        seen = partial_pass(classifier, classifier.preprocess(batch), (*layers, LOGITS))
        probabilities = probabilities_of(seen[LOGITS], classifier.manifest.output.activation)
        return probabilities, *(seen[layer] for layer in layers)

    compiled: Look = tf.function(look, autograph=False, input_signature=[pixels])
    return first_call_aside(compiled)


@dataclass
class Gathered:
    """What came of the steps so far, each list batch by batch."""

    images: list[np.ndarray] = field(default_factory=list)
    probabilities: list[np.ndarray] = field(default_factory=list)
    maps: list[np.ndarray] = field(default_factory=list)
    features: list[list[np.ndarray]] = field(default_factory=list)
    """Of each batch, by layer."""


def _shown(
    model: HostedModel,
    order: ExplanationOrder,
    layers: Sequence[str],
    dataset: Dataset,
    numbers: np.ndarray,
    run: JobRun,
    *,
    stage: str,
) -> ShownShard:
    """Go through the images; what layers make of them is multiplied behind the last step."""
    classifier = model.classifier
    look = model.compiled(
        f"compare {'|'.join(layers)}", partial(compiled_look, classifier, layers)
    )
    explain = model.kernel(order, max_images=BATCH_IMAGES)
    batches = batches_of(numbers)
    steps = batch_steps(batches, (False, METHODS[str(order.method)].is_long))
    gathered = Gathered()
    held = -1
    with ThreadPoolExecutor(1, "read") as reader:
        reading = read_ahead(reader, partial(read_batch, dataset, classifier), batches)
        for step in run.slices(steps, stage=stage):
            if step.batch != held:
                batch, held = next(reading).result(), step.batch
            if step.kernel == LOOK:
                _look_step(look, batch, gathered)
            else:
                _explain_step(explain, batch, step, gathered, run)
    classes = len(classifier.classes)
    images = _joined(gathered.images, np.zeros(0, np.int64))
    grams = grams_of(gathered.features, len(layers))
    return ShownShard(
        images,
        _joined(gathered.probabilities, np.zeros((0, classes), np.float32)),
        _joined(gathered.maps, np.zeros((0, 1, 1), np.float32)),
        np.array(grams).reshape(len(layers), len(images), len(images)),
    )


def grams_of(features: Sequence[Sequence[np.ndarray]], layers: int) -> list[Gram]:
    """Multiply what each layer makes of each two images: for each layer [n, n].

    Args:
        features: of each batch, by layer [b, ...].
        layers: that there are.
    """
    if not features:
        return [np.zeros((0, 0)) for _ in range(layers)]
    return [
        hollow_gram(np.concatenate([batch[layer] for batch in features]))
        for layer in range(layers)
    ]


def _look_step(look: Look, batch: ImageBatch, gathered: Gathered) -> None:
    """See what the network and its layers make of a batch."""
    if not len(batch.numbers):
        return
    probabilities, *features = look(tf.constant(batch.pixels))
    gathered.images.append(batch.numbers)
    gathered.probabilities.append(probabilities.numpy())
    gathered.features.append([one.numpy() for one in features])


def _explain_step(
    explain: Explain,
    batch: ImageBatch,
    step: BatchStep,
    gathered: Gathered,
    run: JobRun,
) -> None:
    """Explain the top class in some images of a batch."""
    count = len(batch.numbers[step.rows])
    if not count:
        return
    explained = explain(
        tf.constant(batch.pixels[step.rows]),
        tf.fill([count], TOP_CLASS),
        tf.fill([count], NO_CLASS),
        run.track,
    )
    gathered.maps.append(np.asarray(explained.maps, np.float32))


def _joined(parts: Sequence[np.ndarray], nothing: np.ndarray) -> np.ndarray:
    return np.concatenate(parts) if parts else nothing
