"""`vitrine models check`: load one model folder as a worker would, and say what is in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api_schemas.methods import unsupported_methods
from vitrine.commands.quiet_tensorflow import quieten

if TYPE_CHECKING:
    from core.models.classifier import Classifier

MOST_LABELS = 6
"""Class labels that are written out; the rest is counted."""


def check(
    folder: Annotated[
        Path,
        typer.Argument(
            exists=True, file_okay=False, help="The model's folder, with its model.toml."
        ),
    ],
    trust_code: Annotated[
        bool,
        typer.Option(help="Let the model run code of its own. Only if you know whose it is."),
    ] = False,
) -> None:
    """Load a model folder, test it, and print what was found.

    Ends with code 1 where a worker would refuse the model.
    """
    quieten()
    # TensorFlow takes seconds to import, which every other command would then wait for.
    from core.errors import CoreError
    from core.models.folder import check_name
    from core.models.load import load_classifier

    console = Console()
    try:
        check_name(folder.resolve())
        classifier = load_classifier(folder, trust_code=trust_code)
    except CoreError as refusal:
        console.print(f"[bold red]refused[/]  {escape(str(refusal))}", soft_wrap=True)
        raise typer.Exit(code=1) from refusal
    console.print(summary(classifier))
    console.print(layer_table(classifier))
    console.print(refusal_table(classifier))


def summary(classifier: "Classifier") -> Table:
    """Tabulate what the manifest and the network say about the model."""
    from core.models.forms import form_of

    manifest = classifier.manifest
    fed, answered = manifest.input, manifest.output
    table = Table(show_header=False, title=escape(manifest.title or classifier.name))
    rows = {
        "name": classifier.name,
        "form": form_of(classifier.network),
        "input": f"{fed.width} x {fed.height} {fed.channels}, "
        f"preprocessing {fed.preprocessing}",
        "auxiliary inputs": ", ".join(fed.auxiliary) or "none",
        "output": answered.activation,
        "classes": labels_in_brief(classifier.classes),
        "parameters": f"{classifier.network.count_params():,}",
        "sha256": classifier.sha256,
        "default layer": classifier.default_layer or "none: no layer has a spatial map",
    }
    for name, value in rows.items():
        table.add_row(name, escape(value))
    return table


def labels_in_brief(labels: tuple[str, ...]) -> str:
    """Count the labels and write out the first few."""
    first = ", ".join(labels[:MOST_LABELS])
    return f"{len(labels)}: {first}{', …' if len(labels) > MOST_LABELS else ''}"


def layer_table(classifier: "Classifier") -> Table:
    """Tabulate the layers that a forward pass calls."""
    table = Table(
        "layer", "type", "output", "kernel", "parameters", "explainable", title="Layers"
    )
    for layer in classifier.layers.values():
        table.add_row(
            escape(layer.name),
            layer.type,
            shape_in_words(layer.output_shape),
            shape_in_words(layer.kernel_shape),
            f"{layer.parameters:,}",
            "yes" if layer.refusal is None else escape(f"no: {layer.refusal}"),
        )
    return table


def shape_in_words(shape: tuple[int | None, ...]) -> str:
    """Write a shape as `7 x 7 x 1024`."""
    return " x ".join("?" if size is None else str(size) for size in shape)


def refusal_table(classifier: "Classifier") -> Table:
    """Tabulate the methods that the network cannot support."""
    table = Table("method", "why it is refused", title="Refused methods")
    unsupported = unsupported_methods(classifier.missing)
    for method, reason in sorted(unsupported.items()):
        table.add_row(method, escape(reason))
    if not unsupported:
        table.add_row("none", "")
    return table
