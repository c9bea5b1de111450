"""Teach a pretrained network classes of one's own: its head first, then all of it.

The head is learned on features computed once, which costs seconds; the whole network
then moves at a low rate from a head that already fits, so that what it learned from
ImageNet is bent, not broken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf

from training.backbones import Learner, new_learner, resized_learner
from training.batches import LabelledBatch, augmented_batches, batch_count, stretched_batches
from training.checkpoints import (
    Arrays,
    assign_values,
    load_checkpoint,
    refuse_other_run,
    save_checkpoint,
    values_of,
)
from training.evaluate import Evaluation, evaluated
from training.fine_tuning_plan import FineTuningPlan, Measure
from training.fine_tuning_step import probability_function, training_step
from training.heads import learn_head
from training.image_folders import LabelledImages
from training.learning_curve import CurvePoint
from training.progress import Progress
from training.schedules import warm_cosine

CHECKPOINT_NAME: Final = "checkpoint.npz"


@dataclass(frozen=True)
class FineTuned:
    """A network at its best epoch, and how it got there."""

    learner: Learner
    """At the size that it is hosted at."""
    evaluation: Evaluation
    """On the held-out images."""
    curve: tuple[CurvePoint, ...]
    best_epoch: int


def fine_tune(
    images: LabelledImages,
    held_out: LabelledImages,
    *,
    plan: FineTuningPlan,
    folder: Path,
    progress: Progress,
) -> FineTuned:
    """Learn the classes of `images`; stop early; keep the best weights.

    After the head and after every epoch a checkpoint is written to `folder`. Called again
    with the same arguments, the run goes on from it and ends as if never interrupted.

    Args:
        images: what to learn from.
        held_out: what to judge by; same classes.
        plan: every knob.
        folder: where the checkpoint is; made if absent.
        progress: told of every batch.

    Raises:
        BackboneError: the network cannot be made.
        CheckpointMismatchError: the folder holds a checkpoint of another plan.
    """
    run = _Run(images, held_out, plan, folder / CHECKPOINT_NAME)
    if not run.resumed():
        run.learn_head(progress)
    while not run.finished():
        run.learn_epoch(progress)
    return run.result()


class _Run:
    """The state of one fine-tuning: network, optimizer, curve, and the best so far."""

    def __init__(
        self, images: LabelledImages, held_out: LabelledImages, plan: FineTuningPlan, path: Path
    ) -> None:
        self.images, self.held_out, self.plan, self.path = images, held_out, plan, path
        self.learner = new_learner(
            plan.backbone,
            class_count=len(images.classes),
            seed=plan.seed,
            mixed_precision=plan.mixed_precision,
        )
        self.hosted = self.learner
        if plan.hosted_backbone != plan.backbone:
            self.hosted = resized_learner(self.learner, plan.hosted_backbone)
        steps = plan.epochs * batch_count(len(images), plan.batch_images)
        self.optimizer = keras.optimizers.Adam(
            warm_cosine(
                highest=plan.learning_rate, steps=steps, warm_up_share=plan.warm_up_share
            ),
            use_ema=plan.averaging > 0,
            ema_momentum=plan.averaging,
        )
        self.optimizer.build(self.learner.network.trainable_variables)
        self.curve: list[CurvePoint] = []
        self.best: Arrays = []
        self.step = training_step(self.learner, self.optimizer, strength=plan.jitter_strength)
        self.probabilities = probability_function(self.hosted)

    def resumed(self) -> bool:
        """Take up the checkpoint, if there is one."""
        found = load_checkpoint(self.path)
        if found is None:
            return False
        groups, progress = found
        refuse_other_run(self.path, saved=progress["run"], wanted=self._identity())
        assign_values(self.learner.network.variables, groups["network"])
        assign_values(self.optimizer.variables, groups["optimizer"])
        self.best = groups["best"]
        self.curve = [CurvePoint(**point) for point in progress["curve"]]
        return True

    def learn_head(self, progress: Progress) -> None:
        """Fit the head to the features of the backbone as it came."""
        loss = learn_head(
            self.learner,
            self.images,
            plan=self.plan.head,
            seed=self.plan.seed,
            progress=progress,
        )
        self._record(0, loss, progress)

    def learn_epoch(self, progress: Progress) -> None:
        """Let the whole network see every image once."""
        epoch = len(self.curve)
        losses = []
        with progress.task(f"epoch {epoch} of {self.plan.epochs}", len(self.images)) as advance:
            for number, batch in enumerate(self._batches(epoch)):
                seed = tf.constant([self.plan.seed * 1000 + epoch, number])
                losses.append(float(self.step(batch.pixels, batch.labels, seed)))
                advance(len(batch.labels))
        self._record(epoch, float(np.mean(losses)), progress)

    def finished(self) -> bool:
        """Say whether the epochs or the patience are used up."""
        since_best = len(self.curve) - 1 - self.best_epoch()
        return len(self.curve) > self.plan.epochs or since_best >= self.plan.patience_epochs

    def best_epoch(self) -> int:
        """Name the best epoch on the held-out images, the first of equals."""
        return best_of(self.curve, by=self.plan.keep_by)

    def result(self) -> FineTuned:
        """Return to the best weights and measure them."""
        judged = self._judged(self.best)
        return FineTuned(self.hosted, judged, tuple(self.curve), self.best_epoch())

    def _batches(self, epoch: int) -> Iterator[LabelledBatch]:
        """Yield the images of one epoch, cropped and shuffled."""
        return augmented_batches(
            self.images,
            size=self.plan.backbone.size,
            batch_images=self.plan.batch_images,
            crops=self.plan.crops,
            seed=self.plan.seed,
            epoch=epoch,
        )

    def _judged(self, values: Arrays) -> Evaluation:
        """Measure the network with these weights on the whole held-out photographs."""
        assign_values(self.hosted.network.variables, values)
        batches = stretched_batches(
            self.held_out,
            size=self.plan.hosted_backbone.size,
            batch_images=self.plan.batch_images,
        )
        return evaluated(self.probabilities, batches, classes=self.images.classes)

    def _record(self, epoch: int, loss: float, progress: Progress) -> None:
        """Judge by the held-out images, keep the best, write the checkpoint."""
        values = values_of(self.learner.network.variables)
        averaged = self._averaged(values)
        judged = self._judged(averaged)
        self.curve.append(CurvePoint(epoch, loss, judged.cross_entropy, judged.accuracy))
        if self.best_epoch() == epoch:
            self.best = averaged
        assign_values(self.learner.network.variables, values)
        optimizer = values_of(self.optimizer.variables)
        save_checkpoint(
            self.path,
            {"network": values, "optimizer": optimizer, "best": self.best},
            {"run": self._identity(), "curve": [vars(point) for point in self.curve]},
        )
        progress.note(self.curve[-1].as_line())

    def _averaged(self, values: Arrays) -> Arrays:
        """Give the running mean of the weights, where there is one, in place of the weights."""
        if not self.plan.averaging or len(self.curve) == 0:
            return values
        self.optimizer.finalize_variable_values(self.learner.network.trainable_variables)
        return values_of(self.learner.network.variables)

    def _identity(self) -> dict[str, Any]:
        """Say what must be the same for a checkpoint to be gone on with."""
        plain = self.plan.as_json()
        return {**plain, "classes": self.images.classes, "images": len(self.images)}


def best_of(curve: Sequence[CurvePoint], *, by: Measure) -> int:
    """Name the best epoch of a curve, the first of equals."""

    def rank(point: CurvePoint) -> tuple[float, float]:
        accuracy = point.held_out_accuracy if by == "accuracy" else 0.0
        return -accuracy, point.held_out_cross_entropy

    return min(curve, key=rank).epoch
