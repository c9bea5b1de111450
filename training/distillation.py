"""Teach a small network to answer crops as a large one did.

Sources: Hinton et al., "Distilling the Knowledge in a Neural Network" (2015),
https://arxiv.org/abs/1503.02531 (softened answers); Romero et al., "FitNets" (2015),
https://arxiv.org/abs/1412.6550 (features through a projection that is dropped at the end);
Beyer et al., "Knowledge distillation: A good teacher is patient and consistent" (2022),
https://arxiv.org/abs/2106.05237 (the very same crop for both, blends, long schedules).
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf

from core.models.manifest import Input
from training.batches import batch_count
from training.checkpoints import (
    Arrays,
    assign_values,
    load_checkpoint,
    refuse_other_run,
    save_checkpoint,
    values_of,
)
from training.compiling import compiled
from training.crop_bank import CropBank
from training.distillation_plan import DistillationPlan
from training.evaluate import Evaluation
from training.learning_curve import CurvePoint
from training.mixing import blended_targets
from training.progress import Progress
from training.projected_student import ProjectedStudent, divergence
from training.schedules import warm_cosine
from training.student_batches import feature_scale, student_batches, student_view

CHECKPOINT_NAME: Final = "student.npz"

Judge = Callable[[tuple[int, int]], Evaluation]
"""Measures the network as it is, on images of a (height, width)."""


def distil(
    network: keras.Model,
    bank: CropBank,
    *,
    fed: Input,
    features_layer: str,
    plan: DistillationPlan,
    judge: Judge,
    folder: Path,
    progress: Progress,
) -> tuple[CurvePoint, ...]:
    """Train the network on the bank; leave the average of its weights in it.

    A checkpoint is written to `folder` after every epoch; called again, the run goes on.

    Args:
        network: of any input size; its last layer is a dense head.
        bank: crops with the teacher's answers.
        fed: the preprocessing of the network.
        features_layer: what the head sees, [B, F].
        plan: every knob.
        judge: asked after every epoch about the averaged weights.
        folder: where the checkpoint is; made if absent.
        progress: told of every batch.

    Returns:
        The learning curve.

    Raises:
        CheckpointMismatchError: the folder holds a checkpoint of another plan.
    """
    student = ProjectedStudent(
        network, fed, features_layer, feature_count=bank.features.shape[1]
    )
    run = _Run(student, bank, plan, folder / CHECKPOINT_NAME)
    run.resume()
    while len(run.curve) < plan.epochs:
        run.learn_epoch(judge, progress)
    assign_values(network.variables, run.averages())
    return tuple(run.curve)


class _Run:
    """The state of one distillation: student, optimizer, average of the weights, curve."""

    def __init__(
        self, student: ProjectedStudent, bank: CropBank, plan: DistillationPlan, path: Path
    ) -> None:
        self.student, self.bank, self.plan, self.path = student, bank, plan, path
        self.scale = feature_scale(bank)
        self.optimizer = _optimizer(plan, crops=len(bank))
        self.optimizer.build(student.trainable)
        self.average = [tf.Variable(variable.value) for variable in student.network.variables]
        self.curve: list[CurvePoint] = []
        self.step = compiled(self._step)

    def averages(self) -> Arrays:
        """Copy the moving average of every variable of the network."""
        return [np.array(average.numpy()) for average in self.average]

    def resume(self) -> None:
        """Take up the checkpoint, if there is one."""
        found = load_checkpoint(self.path)
        if found is None:
            return
        groups, progress = found
        refuse_other_run(self.path, saved=progress["run"], wanted=self._identity())
        assign_values(self.student.network.variables, groups["network"])
        assign_values(self.student.projection.variables, groups["projection"])
        assign_values(self.optimizer.variables, groups["optimizer"])
        for average, value in zip(self.average, groups["average"], strict=True):
            average.assign(value)
        self.curve = [CurvePoint(**point) for point in progress["curve"]]

    def learn_epoch(self, judge: Judge, progress: Progress) -> None:
        """See every crop once, judge the averaged weights, write the checkpoint."""
        epoch = len(self.curve) + 1
        losses = []
        batches = student_batches(self.bank, self.scale, plan=self.plan, epoch=epoch)
        with progress.task(f"epoch {epoch} of {self.plan.epochs}", len(self.bank)) as advance:
            for number, batch in enumerate(batches):
                loss = self.step(
                    tf.constant(batch.pixels),
                    tf.constant(batch.logits),
                    tf.constant(batch.features),
                    tf.constant(batch.mask),
                    tf.constant([self.plan.seed * 1000 + epoch, number]),
                )
                losses.append(float(loss))
                advance(len(batch.pixels))
        self._record(epoch, float(np.mean(losses)), judge, progress)

    def _step(
        self,
        pixels: tf.Tensor,
        logits: tf.Tensor,
        features: tf.Tensor,
        mask: tf.Tensor,
        seed: tf.Tensor,
    ) -> tf.Tensor:
        """Move the weights by one batch, and their average after them; give the loss."""
        plan, student = self.plan, self.student
        seen = student_view(pixels, mask, strength=plan.jitter_strength, seed=seed)
        answers = blended_targets(tf.nn.softmax(logits / plan.temperature), mask)
        with tf.GradientTape() as tape:
            own_logits, own_features = student.answers(seen)
            distance = tf.reduce_mean((own_features - blended_targets(features, mask)) ** 2)
            loss = divergence(answers, own_logits, temperature=plan.temperature)
            loss += plan.feature_weight * distance
        self.optimizer.apply(tape.gradient(loss, student.trainable), student.trainable)
        self._follow()
        return loss

    def _follow(self) -> None:
        """Move the average a step towards the weights; faster while it is young."""
        steps = tf.cast(self.optimizer.iterations, tf.float32)
        decay = tf.minimum(self.plan.average_decay, (1.0 + steps) / (10.0 + steps))
        for average, variable in zip(self.average, self.student.network.variables, strict=True):
            average.assign(decay * average + (1.0 - decay) * variable.value)

    def _record(self, epoch: int, loss: float, judge: Judge, progress: Progress) -> None:
        """Judge the average, go back to the weights, write everything down."""
        variables = self.student.network.variables
        values = values_of(variables)
        assign_values(variables, self.averages())
        judged = judge(self.plan.size_in(epoch))
        assign_values(variables, values)
        self.curve.append(CurvePoint(epoch, loss, judged.cross_entropy, judged.accuracy))
        groups = {
            "network": values,
            "projection": values_of(self.student.projection.variables),
            "optimizer": values_of(self.optimizer.variables),
            "average": self.averages(),
        }
        curve = [vars(point) for point in self.curve]
        save_checkpoint(self.path, groups, {"run": self._identity(), "curve": curve})
        progress.note(self.curve[-1].as_line())

    def _identity(self) -> dict[str, Any]:
        """Say what must be the same for a checkpoint to be gone on with."""
        return {**dataclasses.asdict(self.plan), "crops": len(self.bank)}


def _optimizer(plan: DistillationPlan, *, crops: int) -> keras.Optimizer:
    """Make AdamW that decays kernels only, at a rate that ends at zero."""
    steps = plan.epochs * batch_count(crops, plan.batch_images)
    rate = warm_cosine(
        highest=plan.learning_rate, steps=steps, warm_up_share=plan.warm_up_share
    )
    optimizer = keras.optimizers.AdamW(
        rate, weight_decay=plan.weight_decay, global_clipnorm=plan.gradient_norm
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer
