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
from workers.jobs.picture_files import PictureFiles
from workers.jobs.targets import Shapes, targets_of
from workers.jobs.wanted import Wanted, wanted_of
from workers.model_pool import HostedModel

STAGE = "optimize"
PREVIEWS = 32
"""Offered for each batch, evenly over its steps; the last is the finished picture."""


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
        JobInterruptedError: between two steps, after a checkpoint.
    """
    studio = Studio.of(parameters, model, run)
    restored = run.restored(STAGE)
    easel = Easel(studio, ascent_from_bytes(restored.state) if restored else None)
    done = restored.done if restored else 0
    total = parameters.steps * len(studio.batches)
    for place in run.slices(
        range(done, total), stage=STAGE, done=done, checkpoint=easel.stored
    ):
        batch, step = divmod(place, parameters.steps)
        easel.paint(batch, step)
    files = studio.files.finish(easel.scores)
    return {
        "layers": [layer for layer in studio.shapes if layer],
        "width": studio.size[1],
        "height": studio.size[0],
        "steps": parameters.steps,
        "seed": parameters.seed,
        **files,
    }


@dataclass(frozen=True)
class Studio:
    """What all batches of one job share."""

    parameters: ActivationMaximizationParameters
    model: HostedModel
    run: JobRun
    size: tuple[int, int]
    """Height and width of the pictures."""
    shapes: Shapes
    """Of the layers' outputs for pictures of that size, without the batch."""
    batches: Sequence[PictureBatch]
    files: PictureFiles

    @classmethod
    def of(
        cls, parameters: ActivationMaximizationParameters, model: HostedModel, run: JobRun
    ) -> "Studio":
        """Read what a job wants of a model.

        Raises:
            CoreError: the model has no such thing.
        """
        classifier, facets = model.classifier, parameters.facets
        wanted = wanted_of(parameters, classifier, seed=parameters.seed)
        own = classifier.manifest.input
        size = (parameters.size or own.height, parameters.size or own.width)
        layers = sorted({aim.layer for one in wanted for aim in one.aims})
        pixels_each = size[0] * size[1] * parameters.chosen_views * facets
        return cls(
            parameters,
            model,
            run,
            size,
            shapes_of(model, layers, size),
            divided(wanted, pixels_each=pixels_each),
            PictureFiles(run.files, labels_of(wanted, facets=facets)),
        )

    def ascent(self, batch: PictureBatch) -> CompiledAscent:
        """Find or compile the ascent of a batch."""
        aims, count = batch.wanted[0].aims, len(batch.wanted)
        height, width = self.size
        compile_anew = partial(
            compiled_ascent,
            self.model.classifier,
            self.parameters,
            aims=aims,
            height=height,
            width=width,
        )
        key = compiled_key(self.parameters, aims=aims, size=self.size, count=count)
        return self.model.compiled(key, compile_anew)

    def targets(self, batch: PictureBatch) -> tuple[Target, ...]:
        """Give what the pictures of a batch seek."""
        return targets_of(
            self.model.classifier,
            batch.wanted,
            self.shapes,
            facets=self.parameters.facets,
            size=self.size,
        )


def shapes_of(model: HostedModel, layers: Sequence[str], size: tuple[int, int]) -> Shapes:
    """Give the shapes of layers for pictures of a size; found out once, by a tracing."""
    find = partial(layer_shapes, model.classifier, layers, height=size[0], width=size[1])
    return model.compiled(f"shapes {layers} {size}", find)


class Easel:
    """The batch that is being made, and how far the pictures of all batches have come."""

    def __init__(self, studio: Studio, stored: StoredAscent | None) -> None:
        """Begin anew, or where a checkpoint was taken."""
        self._studio = studio
        self._batch: int | None = None
        self._state = stored.state if stored else AdamState(*[tf.zeros(0)] * 3)
        pictures = sum(len(batch.places) for batch in studio.batches)
        shape = (pictures * studio.parameters.facets, studio.parameters.steps)
        self.scores = np.array(stored.scores) if stored else np.full(shape, np.nan, np.float32)
        """[pictures, steps], each picture's objective before each step; NaN beyond."""

    def paint(self, batch: int, step: int) -> None:
        """Take one step with one batch, and file what is to be filed after it."""
        if self._batch != batch:
            self._set_up(batch, anew=step == 0)
        if step == 0 and 0 in self._studio.parameters.snapshots:
            self._studio.files.snapshot(0, self._places, self._pictures())
        parameters = self._studio.parameters
        self._state, scores = self._ascent.step(
            self._state,
            self._targets,
            number=step,
            seed=parameters.seed,
            learning_rate=parameters.learning_rate,
        )
        self.scores[self._places, step] = scores.numpy()[: len(self._places)]
        self._show(step + 1)

    def stored(self) -> bytes:
        """Write all that the remaining steps depend on."""
        return ascent_to_bytes(StoredAscent(self._state, self.scores))

    def _set_up(self, number: int, *, anew: bool) -> None:
        """Turn to a batch: to its noise, or to the pictures of the checkpoint."""
        studio, facets = self._studio, self._studio.parameters.facets
        batch = studio.batches[number]
        self._batch = number
        self._ascent = studio.ascent(batch)
        self._targets = studio.targets(batch)
        self._places = [
            place * facets + facet for place in batch.places for facet in range(facets)
        ]
        if anew:
            count = len(batch.wanted) * facets
            self._state = initial_state(self._ascent, count, studio.parameters)

    def _show(self, steps: int) -> None:
        """File and show the pictures as they are after some steps, if it is time for it."""
        parameters, files = self._studio.parameters, self._studio.files
        is_finished = steps == parameters.steps
        if steps in parameters.snapshots:
            files.snapshot(steps, self._places, self._pictures())
        if is_finished:
            files.pictures(self._places, self._pictures())
        if is_finished or steps % max(1, parameters.steps // PREVIEWS) == 0:
            shown = self._pictures()[: len(self._places)]
            self._studio.run.preview(files.preview(shown))

    def _pictures(self) -> np.ndarray:
        """Draw the pictures as they are: [B, H, W, C] in 0..1."""
        drawn: np.ndarray = self._ascent.pictures(self._state.values).numpy()
        return drawn


def initial_state(
    ascent: CompiledAscent, count: int, parameters: ActivationMaximizationParameters
) -> AdamState:
    """Begin pictures as noise."""
    noise = ascent.initial_values(count, seed=parameters.seed, facets=parameters.facets)
    values = tf.constant(noise)
    return AdamState(values, tf.zeros_like(values), tf.zeros_like(values))


def labels_of(wanted: Sequence[Wanted], *, facets: int) -> list[str]:
    """Label the pictures: one for each objective, or as many as it has facets."""
    if facets == 1:
        return [one.label for one in wanted]
    return [f"{one.label}, {facet + 1}" for one in wanted for facet in range(facets)]
