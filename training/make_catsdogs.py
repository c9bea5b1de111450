"""Make the bundled model: fine-tune a teacher, ask it about many crops, distil a student.

    python -m training.make_catsdogs --data ../shared/data --out models/catsdogs

Every step goes on where a kill left it. A fifth of `train` is held out from teacher and
student alike, and decides; `test` is looked at once, for the model card.
"""

import dataclasses
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from training.catsdogs_images import CatsDogsImages, catsdogs_images
from training.compact_resnet import INPUT_SIZE, multiply_adds
from training.crop_bank import BankPlan, make_bank
from training.distillation_plan import DistillationPlan, Stage
from training.hosted import evaluated_images
from training.image_folders import labelled_images
from training.model_folder import FolderTexts, write_model_folder, write_report
from training.pixels import CropRange
from training.progress import ConsoleProgress, Progress
from training.students import STUDENT_INPUT, DistilledStudent, distilled_student
from training.teachers import taught_teacher, teacher_answers

SEED: Final = 0
BANK_PLAN: Final = BankPlan(
    crops_per_photograph=8,
    size=INPUT_SIZE,
    teacher_size=(224, 224),
    crops=CropRange(smallest_area=0.3, widest_aspect=1.33),
    seed=SEED,
)
STUDENT_PLAN: Final = DistillationPlan(
    stages=(Stage((64, 64), 8), Stage((96, 96), 2), Stage((112, 112), 4)), seed=SEED
)
"""Ends below the input's size: crops show animals larger than whole photographs do, so a
network answers those best when they are a little larger than what it learned from (Touvron
et al., "Fixing the train-test resolution discrepancy", 2019, https://arxiv.org/abs/1906.06423).
"""
TEXTS: Final = FolderTexts(
    title="Cats and dogs",
    description=(
        "A compact ResNet V2 that tells cats from dogs, distilled from a MobileNet; "
        "small enough for a laptop's processor. Its model card is README.md."
    ),
    license="Apache-2.0",
)


def main(
    data: Annotated[Path, typer.Option(help="Folder of cats_vs_dogs/ and imagenet_samples/.")],
    out: Annotated[Path, typer.Option(help="The model folder to write.")],
    work: Annotated[Path, typer.Option(help="Folder of checkpoints and the crop bank.")] = Path(
        "build/catsdogs"
    ),
    weights: Annotated[
        str, typer.Option(help="The teacher's start: imagenet, or a file of MobileNet 0.75.")
    ] = "imagenet",
) -> None:
    """Reproduce the bundled model; called again after a kill, go on."""
    progress = ConsoleProgress(Console())
    images = catsdogs_images(data, seed=SEED)
    student = taught_student(images, weights=weights, work=work, progress=progress)
    write_model_folder(
        out, student.network, fed=STUDENT_INPUT, classes=images.held_out.classes, texts=TEXTS
    )
    write_catsdogs_report(out, student, images, data=data, progress=progress)


def taught_student(
    images: CatsDogsImages, *, weights: str, work: Path, progress: Progress
) -> DistilledStudent:
    """Teach the teacher, fill the bank, distil the student; what is done is taken up.

    Args:
        images: what to learn from and to judge by.
        weights: the teacher's start.
        work: folder of checkpoints and the bank; some 3 GB.
        progress: told of every batch.
    """
    teacher = taught_teacher(
        images, weights=weights, seed=SEED, folder=work / "teacher", progress=progress
    )
    bank = make_bank(
        [*images.learned.paths, *images.unlabelled],
        teacher=teacher_answers(teacher),
        plan=BANK_PLAN,
        folder=work / "bank",
        progress=progress,
    )
    return distilled_student(
        bank, images.held_out, plan=STUDENT_PLAN, folder=work / "student", progress=progress
    )


def write_catsdogs_report(
    folder: Path,
    student: DistilledStudent,
    images: CatsDogsImages,
    *,
    data: Path,
    progress: Progress,
) -> None:
    """Measure the written folder, as the service would run it, and write the report."""
    test = labelled_images(data / "cats_vs_dogs" / "test", classes=images.held_out.classes)
    evaluations = {
        "held_out": evaluated_images(folder, images.held_out, progress=progress),
        "test": evaluated_images(folder, test, progress=progress),
    }
    facts = {
        "images_learned_from": len(images.learned),
        "unlabelled_images": len(images.unlabelled),
        "multiply_adds": multiply_adds(student.network),
        "calibration": dataclasses.asdict(student.calibration),
        "plan": dataclasses.asdict(STUDENT_PLAN),
        "bank": dataclasses.asdict(BANK_PLAN),
    }
    write_report(folder, evaluations=evaluations, curve=student.curve, facts=facts)


if __name__ == "__main__":
    typer.run(main)
