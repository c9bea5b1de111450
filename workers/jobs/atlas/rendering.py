"""The third stage of an atlas: an icon for every cell by feature visualization, some a task.

Source: Carter et al., "Activation Atlas" (2019), https://doi.org/10.23915/distill.00015: each
icon maximizes the objective (h · v)^(n+1) / (|h| |v|)^n of its cell's whitened mean activation
v. Several attempts start from different noise, and the best is kept. Departure: theirs look at
the middle of the layer's map; here the mean over all its places counts, which fills the whole
icon, and with which cells of one class showed no parts of another.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import tensorflow as tf
from jaxtyping import Float, UInt8

from api_schemas.activation_maximization import ActivationMaximizationParameters
from api_schemas.atlas import AtlasParameters, AtlasQuality
from core.visualize.adam import AdamState
from core.visualize.objectives import EVERYWHERE, Aim, Target
from workers.jobs.atlas.atlas_files import Layout, read_layout, write_icons
from workers.jobs.compiled_ascent import CompiledAscent, compiled_ascent
from workers.jobs.job_run import JobRun
from workers.jobs.picture_batches import PIXELS_PER_STEP
from workers.model_pool import HostedModel

MOST_ICONS = 32
"""Of one task, which a killed worker loses."""

LAST_STEPS = 8
"""Whose mean is an icon's score: each step looks at it in another way."""

LEARNING_RATE = 0.05
"""Adam's, as published."""

WHITE = 255.0

Icons = UInt8[np.ndarray, "m size size 3"]


@dataclass(frozen=True)
class IconKind:
    """What the icons of one atlas have in common."""

    layer: str
    quality: AtlasQuality
    cosine_power: float
    seed: int

    @classmethod
    def of(cls, parameters: AtlasParameters, layer: str) -> "IconKind":
        """Read it from an atlas' parameters."""
        quality = parameters.chosen_quality()
        return cls(layer, quality, parameters.cosine_power, parameters.seed)

    @property
    def batch(self) -> int:
        """Icons of one task: as many as the network sees in one slice."""
        return max(1, min(MOST_ICONS, PIXELS_PER_STEP // self.quality.icon_size**2))

    def tasks(self, cells: int) -> int:
        """Count the tasks that so many cells make."""
        return max(1, -(-cells // self.batch))

    def ascent(self, model: HostedModel) -> CompiledAscent:
        """Find or compile the ascent of a batch of icons."""
        size, steps = self.quality.icon_size, self.quality.steps
        look = ActivationMaximizationParameters(size=size, steps=steps, snapshots=())
        aim = Aim("direction", self.layer, self.cosine_power)
        return model.compiled(
            f"icons {aim} {size} {self.batch}",
            partial(
                compiled_ascent, model.classifier, look, aims=(aim,), height=size, width=size
            ),
        )


def render(
    parameters: AtlasParameters, model: HostedModel, layer: str, task: int, run: JobRun
) -> Layout:
    """Make the icons of some cells and leave them in the store.

    Args:
        parameters: of the atlas.
        model: whose layer the cells are of.
        layer: that was collected.
        task: which cells, the coarsest grid's first.
        run: the job; one step of one attempt for all icons of the task is a step of it.

    Returns:
        The layout that the cells are of.

    Raises:
        JobInterruptedError: between two steps.
    """
    kind, layout = IconKind.of(parameters, layer), read_layout(run.files)
    directions = layout.directions[task * kind.batch : (task + 1) * kind.batch]
    easel = IconEasel(kind, model, directions)
    steps = kind.quality.steps
    if len(directions):
        for place in run.slices(range(steps * kind.quality.attempts), stage="render"):
            easel.paint(*divmod(place, steps))
    write_icons(run.files, task, easel.best())
    return layout


class IconEasel:
    """A batch of icons, attempt by attempt, and the best of each so far."""

    def __init__(
        self, kind: IconKind, model: HostedModel, directions: Float[np.ndarray, "m D"]
    ) -> None:
        """Take the directions [m, D] of the icons; the batch is filled up with the last."""
        self._kind = kind
        self._count = len(directions)
        size = kind.quality.icon_size
        self._best = np.zeros((self._count, size, size, 3), np.uint8)
        self._best_scores = np.full(self._count, -np.inf)
        if not self._count:
            return
        self._ascent = kind.ascent(model)
        filled = np.concatenate(
            [directions, np.repeat(directions[-1:], kind.batch - self._count, axis=0)]
        )
        self._target = Target(
            weights=tf.ones(kind.batch),
            vectors=tf.constant(filled, tf.float32),
            positions=tf.fill((kind.batch, 2), EVERYWHERE),
        )
        self._scores = np.zeros((kind.quality.steps, self._count))

    def paint(self, attempt: int, step: int) -> None:
        """Take one step; behind the last of an attempt keep the icons that are the best."""
        seed = self._kind.seed + attempt
        if step == 0:
            noise = tf.constant(
                self._ascent.initial_values(self._kind.batch, seed=seed, facets=1)
            )
            self._state = AdamState(noise, tf.zeros_like(noise), tf.zeros_like(noise))
        self._state, scores = self._ascent.step(
            self._state,
            (self._target,),
            number=step,
            seed=seed,
            learning_rate=LEARNING_RATE,
        )
        self._scores[step] = scores.numpy()[: self._count]
        if step == self._kind.quality.steps - 1:
            self._keep_better()

    def best(self) -> Icons:
        """Give the best icon of each cell so far: [m, size, size, 3]."""
        return self._best

    def _keep_better(self) -> None:
        """Compare this attempt's icons with those kept."""
        pictures = self._ascent.pictures(self._state.values).numpy()[: self._count]
        scores = self._scores[-LAST_STEPS:].mean(axis=0)
        is_better = scores > self._best_scores
        self._best[is_better] = np.rint(pictures[is_better] * WHITE).astype(np.uint8)
        self._best_scores[is_better] = scores[is_better]
