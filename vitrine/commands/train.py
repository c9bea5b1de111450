"""`vitrine train`: fine-tune a network on your own images into a folder that can be hosted."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console

from vitrine.commands.evaluate import show_evaluation
from vitrine.commands.quiet_tensorflow import quieten

if TYPE_CHECKING:
    from training.fine_tuning_plan import FineTuningPlan


def train(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    data: Annotated[
        Path,
        typer.Option(
            exists=True, file_okay=False, help="Folder of images: one folder a class."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Model folder to write, as models/NAME.")],
    backbone: Annotated[
        str, typer.Option(help="Class name in keras.applications.")
    ] = "ResNet50V2",
    backbone_arguments: Annotated[
        str, typer.Option(help="Its arguments as JSON, as '{\"alpha\": 0.75}'.")
    ] = "{}",
    weights: Annotated[
        str, typer.Option(help="To start from: imagenet, none, or a file of the backbone's.")
    ] = "imagenet",
    image_size: Annotated[int, typer.Option(min=32, help="Sides of the input, pixels.")] = 224,
    hosted_size: Annotated[
        int | None,
        typer.Option(min=32, help="Sides of the input of the finished model; --image-size."),
    ] = None,
    validation: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder to judge by, as --data."),
    ] = None,
    held_out_fraction: Annotated[
        float, typer.Option(min=0.01, max=0.9, help="Of --data, without --validation.")
    ] = 0.2,
    epochs: Annotated[int, typer.Option(min=0, help="Of the whole network.")] = 10,
    learning_rate: Annotated[float, typer.Option(min=0.0, help="Of the whole network.")] = 3e-5,
    batch_images: Annotated[int, typer.Option(min=1, help="Images of one step.")] = 32,
    smallest_crop: Annotated[
        float, typer.Option(min=0.05, max=1.0, help="Least share of an image that is seen.")
    ] = 0.5,
    averaging: Annotated[
        float,
        typer.Option(min=0.0, max=0.9999, help="Of the weights, momentum; 0 for none."),
    ] = 0.0,
    keep_by: Annotated[
        Literal["cross-entropy", "accuracy"],
        typer.Option(help="What tells on the held-out images which epoch is kept."),
    ] = "cross-entropy",
    patience: Annotated[
        int, typer.Option(min=1, help="Epochs without progress before stopping.")
    ] = 4,
    mixed_precision: Annotated[
        bool, typer.Option(help="Compute in bfloat16: faster on new processors.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="The same seed repeats the run.")] = 0,
) -> None:
    """Teach a pretrained network your classes: its head first, then all of it.

    Killed, the same command goes on where it was. The model folder gets the weights, the
    manifest, a report, and a picture of the learning curve.
    """
    quieten()
    from training.backbones import BackboneChoice
    from training.errors import TrainingError
    from training.fine_tuning_plan import WIDEST_ASPECT, FineTuningPlan
    from training.pixels import CropRange

    console = Console()
    choice = BackboneChoice(
        backbone, _arguments(backbone_arguments), weights, (image_size, image_size)
    )
    plan = FineTuningPlan(
        choice,
        epochs=epochs,
        batch_images=batch_images,
        learning_rate=learning_rate,
        patience_epochs=patience,
        keep_by=keep_by,
        crops=CropRange(smallest_area=smallest_crop, widest_aspect=WIDEST_ASPECT),
        averaging=averaging,
        hosted_size=(hosted_size, hosted_size) if hosted_size else None,
        mixed_precision=mixed_precision,
        seed=seed,
    )
    try:
        _train(data, validation, held_out_fraction, plan=plan, out=out, console=console)
    except TrainingError as refusal:
        message = f"{type(refusal).__name__}: {refusal}"
        console.print(message, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(code=1) from refusal


def _train(
    data: Path,
    validation: Path | None,
    held_out_fraction: float,
    *,
    plan: "FineTuningPlan",
    out: Path,
    console: Console,
) -> None:
    """Do what the command says, with parsed arguments."""
    from training.image_folders import held_out_split, labelled_images
    from training.model_making import made_model
    from training.progress import ConsoleProgress

    images = labelled_images(data)
    if validation is None:
        learned, held_out = held_out_split(images, fraction=held_out_fraction, seed=plan.seed)
    else:
        learned, held_out = images, labelled_images(validation, classes=images.classes)
    progress = ConsoleProgress(console)
    evaluation = made_model(learned, held_out, plan=plan, folder=out, progress=progress)
    show_evaluation(evaluation, console=console)
    console.print(f"The model is in {out}; host it by putting the folder among the models.")


def _arguments(text: str) -> dict[str, Any]:
    """Read the backbone's arguments from JSON."""
    try:
        arguments = json.loads(text)
    except json.JSONDecodeError as fault:
        raise typer.BadParameter(
            f"no JSON: {fault}", param_hint="--backbone-arguments"
        ) from fault
    if not isinstance(arguments, dict):
        raise typer.BadParameter("must be an object", param_hint="--backbone-arguments")
    return arguments
