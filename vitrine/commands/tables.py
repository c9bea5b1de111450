"""Answers as tables for a person."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from api_schemas.datasets import DatasetDetails, DatasetSummary
    from api_schemas.explanations import ExplanationAnswer
    from api_schemas.jobs import Artifact, Job
    from api_schemas.localization import LocalizationAnswer
    from api_schemas.models import ModelList
    from api_schemas.predictions import Prediction
    from api_schemas.replays import ReplayDifference


def show(table: Table) -> None:
    """Print a table to standard output."""
    Console().print(table)


def predictions_table(
    images: Sequence[Path], predictions: "Sequence[Sequence[Prediction]]"
) -> None:
    """Print the classes of each image."""
    table = Table("image", "class", "probability")
    for image, classes in zip(images, predictions, strict=True):
        for place, one in enumerate(classes):
            name = escape(str(image)) if place == 0 else ""
            table.add_row(name, escape(one.label), f"{one.probability:.3f}")
    show(table)


def explanations_table(
    images: Sequence[Path], answers: "Sequence[ExplanationAnswer | LocalizationAnswer]"
) -> None:
    """Print the class explained in each image, where it is, and what speaks against the map."""
    table = Table("image", "class", "probability", "method", "box", "warnings")
    for image, answer in zip(images, answers, strict=True):
        box = answer.box
        table.add_row(
            escape(str(image)),
            escape(answer.target.label),
            f"{answer.target.probability:.3f}",
            escape(getattr(answer, "chosen", answer.method)),
            f"{box.x},{box.y} {box.width}x{box.height}" if box else "",
            escape("; ".join(one.detail for one in getattr(answer, "warnings", ()))),
        )
    show(table)


def differences_table(differences: "Sequence[ReplayDifference]") -> None:
    """Print what is not as a receipt says, if anything."""
    table = Table("what", "then", "now")
    for one in differences:
        table.add_row(escape(one.pointer), escape(str(one.then)), escape(str(one.now)))
    if differences:
        show(table)


def jobs_table(jobs: "Sequence[Job]") -> None:
    """Print jobs, one a line."""
    table = Table("job", "kind", "model", "status", "progress", "created")
    for job in jobs:
        progress = job.progress
        table.add_row(
            job.id,
            escape(job.kind),
            escape(job.model),
            job.status,
            f"{progress.fraction:4.0%} {escape(progress.stage)}",
            f"{job.created_at:%Y-%m-%d %H:%M}",
        )
    show(table)


def artifacts_table(artifacts: "Sequence[Artifact]") -> None:
    """Print the files of a job, one a line."""
    table = Table("file", "bytes", "type")
    for one in artifacts:
        table.add_row(escape(one.path), f"{one.bytes:,}", escape(one.media_type))
    show(table)


def dataset_tables(dataset: "DatasetDetails") -> None:
    """Print a dataset's name, its classes and the files that were left out, if any."""
    Console().print(f"{escape(dataset.name)}: {dataset.images:,} images", highlight=False)
    classes = Table("class", "images")
    for label, images in zip(dataset.classes, dataset.class_images, strict=True):
        classes.add_row(escape(label), f"{images:,}")
    if dataset.classes:
        show(classes)
    skipped = Table(f"left out: {dataset.skipped:,}", "why")
    for one in dataset.skipped_files:
        skipped.add_row(escape(one.path), escape(one.reason))
    if dataset.skipped:
        show(skipped)


def datasets_table(datasets: "Sequence[DatasetSummary]") -> None:
    """Print datasets, one a line."""
    table = Table("dataset", "name", "images", "classes", "bytes")
    for one in datasets:
        table.add_row(
            one.id,
            escape(one.name),
            f"{one.images:,}",
            f"{len(one.classes):,}",
            f"{one.bytes:,}",
        )
    show(table)


def models_table(models: "ModelList") -> None:
    """Print models, one a line, the default marked."""
    table = Table("model", "ready", "input", "classes", "parameters")
    for one in models.models:
        name = f"{one.name} (default)" if one.name == models.default else one.name
        table.add_row(
            escape(name),
            "yes" if one.ready else "no",
            " x ".join(map(str, one.input_shape)),
            f"{len(one.classes):,}",
            f"{one.parameters:,}",
        )
    show(table)
