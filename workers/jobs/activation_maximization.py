"""The job kind `activation-maximization`: pictures of what units of a network look for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import tensorflow as tf

from api_schemas.activation_maximization import ActivationMaximizationParameters
from core.models.partial_pass import layer_shapes
from core.visualize.adam import AdamState
from core.visualize.ascent_file import StoredAscent, ascent_from_bytes, ascent_to_bytes
from core.visualize.objectives import Target
from workers.jobs.compiled_ascent import CompiledAscent, compiled_ascent, compiled_key
from workers.jobs.job_run import JobRun
from workers.jobs.picture_batches import PictureBatch, divided
from workers.jobs.picture_files import Picture, PictureFiles
from workers.jobs.targets import targets_of
from workers.jobs.wanted import Wanted, wanted_of
from workers.model_pool import HostedModel

PREVIEWS = 32
"""Offered for each batch, evenly over its steps; the last is the finished picture."""


@dataclass(frozen=True)
class Studio:
    """What all batches of one job share."""

    parameters: ActivationMaximizationParameters
    model: HostedModel
    size: tuple[int, int]
    """Height and width of the pictures."""
    shapes: dict[str, tuple[int, ...]]
    """Of the layers' outputs for pictures of that size, without the batch."""
    files: PictureFiles
    run: JobRun


def activation_maximization(
    parameters: ActivationMaximizationParameters, model: HostedModel, run: JobRun
) -> dict[str, Any]:
    """Make pictures that bring about what a job asks for, and file them.

    Args:
        parameters: what to show, and how.
        model: whose units are shown.
        run: the job; one step for all pictures of a batch is one of its steps.

    Returns:
        The result: where each picture is and how far its objective rose.

    Raises:
        CoreError: a layer, unit, class or image is not what it should be for this model.
        JobInterrupted: between two steps, after a checkpoint.
    """
    classifier = model.classifier
    wanted = wanted_of(parameters, classifier, seed=parameters.seed)
    own = classifier.manifest.input
    size = (parameters.size or own.height, parameters.size or own.width)
    layers = sorted({aim.layer for one in wanted for aim in one.aims})
    shapes = layer_shapes(classifier, layers, height=size[0], width=size[1])
    names = labels_of(wanted, facets=parameters.facets)
    studio = Studio(parameters, model, size, shapes, PictureFiles(run.files, names), run)
    pixels_each = size[0] * size[1] * parameters.chosen_views * parameters.facets
    batches = divided(wanted, pixels_each=pixels_each)
    pictures: list[Picture] = []
    for number, batch in enumerate(batches):
        stage = "optimize" if len(batches) == 1 else f"optimize {number + 1} of {len(batches)}"
        pictures += made(studio, batch, stage=stage)
    pictures.sort(key=lambda picture: picture.place)
    files = studio.files.finish(pictures, steps=parameters.steps)
    return {
        "layers": [layer for layer in layers if layer],
        "width": size[1],
        "height": size[0],
        "steps": parameters.steps,
        "seed": parameters.seed,
        **files,
    }


def labels_of(wanted: Sequence[Wanted], *, facets: int) -> list[str]:
    """Label the pictures: one for each objective, or as many as it has facets."""
    if facets == 1:
        return [one.label for one in wanted]
    return [f"{one.label}, {facet + 1}" for one in wanted for facet in range(facets)]


def made(studio: Studio, batch: PictureBatch, *, stage: str) -> list[Picture]:
    """Optimize one batch, going on from its last checkpoint if there is one."""
    parameters, facets = studio.parameters, studio.parameters.facets
    ascent = ascent_for(studio, batch)
    targets = targets_of(
        studio.model.classifier, batch.wanted, studio.shapes, facets=facets, size=studio.size
    )
    places = [place * facets + facet for place in batch.places for facet in range(facets)]
    count = facets * len(batch.wanted)
    progress = Progress.begin(ascent, studio, count=count, stage=stage)
    steps = range(progress.done, parameters.steps)
    preview_every = max(1, parameters.steps // PREVIEWS)
    if 0 in parameters.snapshots and progress.done == 0:
        studio.files.snapshot(0, places, progress.pictures())
    learning_rate, seed = tf.constant(parameters.learning_rate), tf.constant(parameters.seed)
    for step in studio.run.slices(
        steps, stage=stage, done=progress.done, checkpoint=progress.stored
    ):
        progress.take(targets, step, seed, learning_rate)
        if step + 1 in parameters.snapshots:
            studio.files.snapshot(step + 1, places, progress.pictures())
        if (step + 1) % preview_every == 0:
            shown = progress.pictures()[: len(places)]
            studio.run.preview(studio.files.preview(shown), step=step + 1)
    scores = progress.scores_by_picture()
    return studio.files.pictures(places, progress.pictures(), scores)


def ascent_for(studio: Studio, batch: PictureBatch) -> CompiledAscent:
    """Find or compile the ascent of a batch."""
    aims, count = batch.wanted[0].aims, len(batch.wanted)
    height, width = studio.size
    key = compiled_key(studio.parameters, aims=aims, size=studio.size, count=count)
    compile_anew = partial(
        compiled_ascent,
        studio.model.classifier,
        studio.parameters,
        aims=aims,
        height=height,
        width=width,
    )
    return studio.model.compiled(key, compile_anew)


class Progress:
    """How far the pictures of one batch have come."""

    def __init__(self, ascent: CompiledAscent, stored: StoredAscent) -> None:
        self._ascent = ascent
        self._state = stored.state
        self._scores = list(stored.scores)

    @classmethod
    def begin(
        cls, ascent: CompiledAscent, studio: Studio, *, count: int, stage: str
    ) -> "Progress":
        """Begin with noise, or where the last checkpoint was taken."""
        restored = studio.run.restored(stage)
        if restored is not None:
            return cls(ascent, ascent_from_bytes(restored.state))
        parameters = studio.parameters
        noise = ascent.initial_values(count, seed=parameters.seed, facets=parameters.facets)
        values = tf.constant(noise)
        state = AdamState(values, tf.zeros_like(values), tf.zeros_like(values))
        return cls(ascent, StoredAscent(state, np.zeros((0, count), np.float32)))

    @property
    def done(self) -> int:
        """Steps taken."""
        return len(self._scores)

    def take(
        self,
        targets: Sequence[Target],
        step: int,
        seed: tf.Tensor,
        learning_rate: tf.Tensor,
    ) -> None:
        """Take one step."""
        self._state, scores = self._ascent.step(
            self._state, targets, tf.constant(step), seed, learning_rate
        )
        self._scores.append(scores.numpy())

    def pictures(self) -> np.ndarray:
        """Draw the pictures as they are: [B, H, W, C] in 0..1."""
        drawn: np.ndarray = self._ascent.pictures(self._state.values).numpy()
        return drawn

    def scores_by_picture(self) -> np.ndarray:
        """Give each picture's objective before every step: [B, steps]."""
        return np.stack(self._scores, axis=1)

    def stored(self) -> bytes:
        """Write all that the remaining steps depend on."""
        return ascent_to_bytes(StoredAscent(self._state, np.array(self._scores)))
