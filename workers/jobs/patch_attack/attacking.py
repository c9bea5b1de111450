"""The second stage of an attack: every patch and its control on some images, some a task."""

from collections.abc import Sequence

import numpy as np

from api_schemas.patch_attack import PatchAttackParameters
from storage.dataset import Dataset
from workers.jobs.image_batches import BATCH_IMAGES
from workers.jobs.job_run import JobRun
from workers.jobs.patch_attack.attack_files import (
    VANISHED,
    Outcome,
    read_chosen,
    write_outcome,
)
from workers.jobs.patch_attack.attacked_images import AttackedImages, Trial
from workers.jobs.patch_attack.pair import ClassPair
from workers.jobs.patch_attack.verdicts import judge_of
from workers.model_pool import HostedModel

TASK_IMAGES = 8
"""Attacked by one task, which a killed worker loses: some ten seconds on two cores."""


def attack_tasks_of(images: int) -> int:
    """Count the tasks that so many images make."""
    return max(1, -(-images // TASK_IMAGES))


def attack(
    parameters: PatchAttackParameters,
    model: HostedModel,
    dataset: Dataset,
    task: int,
    run: JobRun,
) -> None:
    """Attack some images and leave in the store what became of them.

    Args:
        parameters: of the attack.
        model: that is attacked.
        dataset: whose images are attacked.
        task: which images.
        run: the job; a batch of trials is one of its steps.

    Raises:
        JobInterruptedError: between two batches.
    """
    chosen = read_chosen(run.files)
    numbers = chosen.numbers[task * TASK_IMAGES : (task + 1) * TASK_IMAGES]
    size = model.classifier.manifest.input
    images = AttackedImages(
        parameters,
        chosen.patches.pictures,
        dataset,
        numbers,
        height=size.height,
        width=size.width,
    )
    pair, judge = ClassPair.of(parameters, model.classifier.classes), judge_of(model)
    predicted = np.full(images.shape, VANISHED, np.int32)
    probabilities = np.zeros((*images.shape, 2), np.float32)
    for batch in run.slices(batches_of(images), stage="attack"):
        verdicts = judge(np.stack([images.picture(trial) for trial in batch]))
        index = tuple(np.array(batch).T)
        predicted[index] = verdicts.top
        probabilities[index] = pair.of_both(verdicts.probabilities)
    write_outcome(run.files, task, Outcome(predicted, probabilities))


def batches_of(images: AttackedImages) -> Sequence[Sequence[Trial]]:
    """List the trials with some images, as many at once as the model sees."""
    trials = list(images.trials())
    starts = range(0, len(trials), BATCH_IMAGES)
    return [trials[start : start + BATCH_IMAGES] for start in starts]
