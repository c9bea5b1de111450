"""The first stage of an attack: its patches, and the images that the model gets right."""

import numpy as np
from jaxtyping import Int

from api_schemas.patch_attack import PatchAttackParameters
from core.atlas.draws import random_rows
from storage.dataset import Dataset
from storage.job_files import JobFiles
from workers.jobs.errors import JobRefusedError
from workers.jobs.image_batches import batches_read
from workers.jobs.job_run import JobRun
from workers.jobs.patch_attack.atlas_icons import AtlasIcons
from workers.jobs.patch_attack.attack_files import Chosen, ChosenAbout, write_chosen
from workers.jobs.patch_attack.pair import ClassPair
from workers.jobs.patch_attack.verdicts import judge_of
from workers.model_pool import HostedModel

CHOSEN_STREAM = (1 << 63) + 3
"""Of the random numbers that choose images; those of images themselves are below."""


def choose(
    parameters: PatchAttackParameters,
    model: HostedModel,
    dataset: Dataset,
    atlas: JobFiles,
    run: JobRun,
) -> Chosen:
    """Choose what an attack is made with, and leave it in the store.

    Args:
        parameters: of the attack.
        model: that is attacked.
        dataset: whose images are attacked.
        atlas: files of the job that made the atlas.
        run: the job; a batch of images is one of its steps.

    Raises:
        JobRefusedError: the atlas has gone, no cell of it favours the target, or the model
            takes no image for the source.
        JobInterruptedError: between two batches.
    """
    classifier = model.classifier
    pair = ClassPair.of(parameters, classifier.classes)
    icons = AtlasIcons(atlas, grid=parameters.grid)
    patches = icons.favouring(pair, count=parameters.patches)
    numbers = numbers_of(parameters, dataset, pair)
    judge = judge_of(model)
    kept, before, unread = [numbers[:0]], [np.zeros((0, 2), np.float32)], 0
    for batch in batches_read(dataset, classifier, numbers, run, stage="choose"):
        unread += batch.unread
        if len(batch.numbers):
            verdicts = judge(batch.pixels)
            is_source = verdicts.top == pair.source
            kept.append(batch.numbers[is_source])
            before.append(pair.of_both(verdicts.probabilities)[is_source])
    chosen = Chosen(np.concatenate(kept), np.concatenate(before), patches)
    if not len(chosen.numbers):
        raise JobRefusedError(
            "nothing_to_attack",
            f"of {len(numbers)} images the model takes none for {pair.source_label!r}",
        )
    about = ChosenAbout(
        images=len(numbers),
        unread=unread,
        model_sha256=classifier.sha256,
        classes=classifier.classes,
        height=classifier.manifest.input.height,
        width=classifier.manifest.input.width,
        grid=icons.grid.grid,
    )
    write_chosen(run.files, chosen, about)
    return chosen


def numbers_of(
    parameters: PatchAttackParameters, dataset: Dataset, pair: ClassPair
) -> Int[np.ndarray, " n"]:
    """Choose images of the class that is attacked, in the order of the dataset.

    Raises:
        JobRefusedError: the dataset has no such class.
    """
    classes = [name.casefold() for name in dataset.details.classes]
    wanted = (parameters.dataset_class or pair.source_label).casefold()
    if wanted not in classes:
        raise JobRefusedError("class_not_found", f"the dataset has no class {wanted!r}")
    label = classes.index(wanted)
    own = np.fromiter((one.index for one in dataset if one.label == label), np.int64)
    rows = random_rows(
        len(own), limit=parameters.images, seed=parameters.seed, stream=CHOSEN_STREAM
    )
    return np.asarray(own[rows])
