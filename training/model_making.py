"""From labelled photographs to a model folder: what `vitrine train` does."""

import shutil
from pathlib import Path
from typing import Final

from training.backbones import servable_network
from training.evaluate import Evaluation
from training.fine_tuning import fine_tune
from training.fine_tuning_plan import FineTuningPlan
from training.image_folders import LabelledImages
from training.model_folder import FolderTexts, write_model_folder, write_report
from training.progress import Progress

CHECKPOINT_FOLDER: Final = "checkpoint"
"""Inside the model folder while the run lasts; removed with the last step."""


def made_model(
    images: LabelledImages,
    held_out: LabelledImages,
    *,
    plan: FineTuningPlan,
    folder: Path,
    progress: Progress,
) -> Evaluation:
    """Fine-tune, then write the model folder; called again after a kill, go on.

    Args:
        images: what to learn from.
        held_out: what to judge by; same classes.
        plan: every knob.
        folder: the model folder, made if absent.
        progress: told of every batch.

    Returns:
        What was measured on the held-out images.

    Raises:
        TrainingError: the images, the backbone or an older checkpoint do not fit.
    """
    checkpoints = folder / CHECKPOINT_FOLDER
    tuned = fine_tune(images, held_out, plan=plan, folder=checkpoints, progress=progress)
    names = ", ".join(images.classes)
    texts = FolderTexts(
        title=folder.name,
        description=f"{plan.backbone.name}, fine-tuned on {len(images)} images of: {names}.",
        license="",
    )
    write_model_folder(
        folder,
        servable_network(tuned.learner, plan.hosted_backbone),
        fed=tuned.learner.input,
        classes=images.classes,
        texts=texts,
    )
    write_report(
        folder,
        evaluations={"held_out": tuned.evaluation},
        curve=tuned.curve,
        facts={
            "best_epoch": tuned.best_epoch,
            "images_learned_from": len(images),
            "plan": plan.as_json(),
        },
    )
    shutil.rmtree(checkpoints)
    return tuned.evaluation
