"""Fine-tuning: head first, then the whole; and as if nothing had happened after a kill."""

import dataclasses

import numpy as np
import pytest

import training.fine_tuning
from training.backbones import HEAD_NAME, new_learner
from training.checkpoints import assign_values, load_checkpoint
from training.errors import CheckpointMismatchError
from training.fine_tuning import CHECKPOINT_NAME, best_of, fine_tune
from training.heads import HeadPlan, learn_head
from training.learning_curve import CurvePoint
from training.progress import SilentProgress


class KilledError(Exception):
    """Stands for the end of the process."""


class KillingProgress(SilentProgress):
    """Kills the run when it tells of an epoch."""

    def __init__(self, word):
        self.word = word

    def note(self, message):
        if message.startswith(self.word):
            raise KilledError


class NotingProgress(SilentProgress):
    """Remembers what it was told."""

    def __init__(self):
        self.notes = []

    def note(self, message):
        self.notes.append(message.split(":")[0])


def test_the_head_is_learned_while_the_backbone_stays(images, small_plan):
    learner = new_learner(small_plan.backbone, class_count=2, seed=0, mixed_precision=False)
    backbone_before = learner.features.get_weights()
    head = learner.network.get_layer(HEAD_NAME)
    head_before = head.kernel.numpy()

    learn_head(learner, images, plan=HeadPlan(epochs=2), seed=0, progress=SilentProgress())

    for weight, value in zip(learner.features.get_weights(), backbone_before, strict=True):
        np.testing.assert_array_equal(weight, value)
    assert not np.array_equal(head.kernel.numpy(), head_before)


@pytest.fixture(scope="module")
def through(images, small_plan, tmp_path_factory):
    """A run that nothing interrupts."""
    folder = tmp_path_factory.mktemp("through")
    run = fine_tune(images, images, plan=small_plan, folder=folder, progress=SilentProgress())
    return run, folder


def test_the_whole_network_moves_after_the_head(small_plan, through):
    run, _ = through
    untouched = new_learner(
        small_plan.backbone, class_count=2, seed=small_plan.seed, mixed_precision=False
    )

    assert [point.epoch for point in run.curve] == [0, 1, 2]
    assert run.best_epoch > 0
    moved = run.learner.features.get_layer("conv1").get_weights()[0]
    assert not np.array_equal(moved, untouched.features.get_layer("conv1").get_weights()[0])


@pytest.fixture(scope="module")
def averaged_plan(small_plan):
    """The same, with the mean of its weights judged, at another size."""
    return dataclasses.replace(small_plan, averaging=0.75, hosted_size=(48, 40))


@pytest.fixture(scope="module")
def averaged(images, averaged_plan, tmp_path_factory):
    """A run of it that nothing interrupts."""
    folder = tmp_path_factory.mktemp("averaged")
    return fine_tune(
        images, images, plan=averaged_plan, folder=folder, progress=SilentProgress()
    )


def test_the_weights_judged_are_the_mean_of_those_of_the_steps(
    images, averaged_plan, averaged, tmp_path, monkeypatch
):
    """Held against the definition, step by step."""
    steps = []
    true_step = training.fine_tuning.training_step

    def noted_step(learner, optimizer, *, strength):
        step = true_step(learner, optimizer, strength=strength)

        def run(*given):
            loss = step(*given)
            steps.append([one.numpy() for one in learner.network.trainable_variables])
            return loss

        return run

    monkeypatch.setattr(training.fine_tuning, "training_step", noted_step)
    plan = dataclasses.replace(averaged_plan, epochs=1)
    run = fine_tune(images, images, plan=plan, folder=tmp_path, progress=SilentProgress())

    means = steps[0]
    for weights in steps[1:]:
        means = [0.75 * mean + 0.25 * one for mean, one in zip(means, weights, strict=True)]
    assert len(steps) > 2
    assert run.best_epoch == 1
    kept = run.learner.network.trainable_variables
    for own, wanted in zip(kept, means, strict=True):
        np.testing.assert_allclose(own.numpy(), wanted, atol=1e-6)
    checkpoint = load_checkpoint(tmp_path / CHECKPOINT_NAME)
    learning = new_learner(plan.backbone, class_count=2, seed=0, mixed_precision=False)
    assign_values(learning.network.variables, checkpoint[0]["network"])
    # The steps themselves go on from the weights, not from their mean.
    for own, wanted in zip(learning.network.trainable_variables, steps[-1], strict=True):
        np.testing.assert_allclose(own.numpy(), wanted, atol=1e-6)


def test_a_model_is_judged_and_hosted_at_its_own_size(averaged):
    assert averaged.learner.network.input_shape[1:3] == (48, 40)
    assert (averaged.learner.input.height, averaged.learner.input.width) == (48, 40)


@pytest.mark.parametrize("killed_at", ["epoch 0", "epoch 1"])
@pytest.mark.parametrize("kind", ["small_plan", "averaged_plan"])
def test_a_killed_run_ends_as_if_never_interrupted(
    images, small_plan, averaged_plan, through, averaged, tmp_path, kind, killed_at
):
    if kind == "small_plan":
        plan, uninterrupted = small_plan, through[0]
    else:
        plan, uninterrupted = averaged_plan, averaged
    with pytest.raises(KilledError):
        fine_tune(
            images,
            images,
            plan=plan,
            folder=tmp_path,
            progress=KillingProgress(killed_at),
        )
    progress = NotingProgress()
    resumed = fine_tune(images, images, plan=plan, folder=tmp_path, progress=progress)

    assert progress.notes[0] == f"epoch {int(killed_at[-1]) + 1}"
    for own, wanted in zip(
        resumed.learner.network.get_weights(),
        uninterrupted.learner.network.get_weights(),
        strict=True,
    ):
        np.testing.assert_allclose(own, wanted, atol=1e-6)
    assert [point.epoch for point in resumed.curve] == [0, 1, 2]


def test_a_checkpoint_of_another_plan_is_refused_by_what_differs(images, small_plan, through):
    _, folder = through
    other = dataclasses.replace(small_plan, learning_rate=0.5)

    with pytest.raises(CheckpointMismatchError) as refusal:
        fine_tune(images, images, plan=other, folder=folder, progress=SilentProgress())

    assert refusal.value.differing == ("learning_rate",)
    assert refusal.value.checkpoint == folder / CHECKPOINT_NAME


def test_the_run_stops_when_patience_is_used_up(images, small_plan, tmp_path, monkeypatch):
    # Every epoch is judged worse than the one before.
    plan = dataclasses.replace(small_plan, epochs=9, patience_epochs=2)
    judged = iter(range(100))
    true_evaluation = training.fine_tuning.evaluated

    def worse_each_time(*arguments, **knobs):
        measured = true_evaluation(*arguments, **knobs)
        return dataclasses.replace(measured, cross_entropy=float(next(judged)))

    monkeypatch.setattr(training.fine_tuning, "evaluated", worse_each_time)

    run = fine_tune(images, images, plan=plan, folder=tmp_path, progress=SilentProgress())

    assert [point.epoch for point in run.curve] == [0, 1, 2]
    assert run.best_epoch == 0


@pytest.mark.parametrize(("by", "kept"), [("cross-entropy", 0), ("accuracy", 2)])
def test_the_epoch_kept_is_the_best_by_what_was_asked_for(by, kept):
    judged = [(0.036, 0.983), (0.045, 0.988), (0.043, 0.988), (0.050, 0.985)]
    curve = [
        CurvePoint(epoch, 1.0, cross_entropy, accuracy)
        for epoch, (cross_entropy, accuracy) in enumerate(judged)
    ]

    assert best_of(curve, by=by) == kept
