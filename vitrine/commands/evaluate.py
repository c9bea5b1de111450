"""`vitrine evaluate`: how good a model of yours is, measured on images with known classes."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from vitrine.commands.quiet_tensorflow import quieten

if TYPE_CHECKING:
    from training.evaluate import Evaluation


def evaluate(
    model_folder: Annotated[
        Path,
        typer.Argument(exists=True, file_okay=False, help="Holds model.toml and the weights."),
    ],
    data: Annotated[
        Path,
        typer.Option(
            exists=True, file_okay=False, help="Folder of images: one folder a class."
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON instead of tables.")
    ] = False,
) -> None:
    """Print accuracy, confusion and calibration error of a model on labelled images."""
    quieten()
    from training.errors import TrainingError
    from training.hosted import evaluated_folder
    from training.progress import ConsoleProgress

    console = Console(stderr=True)
    try:
        evaluation = evaluated_folder(model_folder, data, progress=ConsoleProgress(console))
    except TrainingError as refusal:
        message = f"{type(refusal).__name__}: {refusal}"
        console.print(message, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(code=1) from refusal
    if as_json:
        typer.echo(json.dumps(evaluation.as_json(), indent=2))
    else:
        show_evaluation(evaluation, console=Console())


def show_evaluation(evaluation: "Evaluation", *, console: Console) -> None:
    """Print an evaluation as two tables."""
    measures = Table("measure", "value", title=f"{evaluation.images} images")
    measures.add_row("accuracy", f"{evaluation.accuracy:.4f}")
    measures.add_row("calibration error (ECE)", f"{evaluation.calibration_error:.4f}")
    measures.add_row("cross-entropy", f"{evaluation.cross_entropy:.4f}")
    confusion = Table("true class", *(f"as {name}" for name in evaluation.classes))
    for name, counts in zip(evaluation.classes, evaluation.confusion, strict=True):
        confusion.add_row(name, *(str(count) for count in counts))
    console.print(measures, confusion)
