"""What the commands about jobs have in common: parameters, and a bar that follows one."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from vitrine.client.jobs import Job

JobId = Annotated[str, typer.Argument(help="ID of the job.")]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        "-p",
        metavar="NAME=VALUE",
        help="Of the job's kind, values as JSON or words; may be repeated.",
    ),
]


def parameters_of(pairs: Sequence[str] | None) -> dict[str, Any]:
    """Read `NAME=VALUE` pairs; a value that is no JSON is a word.

    Raises:
        typer.BadParameter: one is no pair.
    """
    parameters: dict[str, Any] = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise typer.BadParameter(f"{pair!r} is no NAME=VALUE", param_hint="--param")
        try:
            parameters[name.replace("-", "_")] = json.loads(value)
        except ValueError:
            parameters[name.replace("-", "_")] = value
    return parameters


def follow(job: "Job", *, timeout_seconds: float | None = None) -> dict[str, Any]:
    """Wait for a job with a bar on standard error; its result.

    Raises:
        VitrineError: it failed, or the service is gone.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from api_schemas.jobs import JobProgress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(job.status, total=1.0)

        def show(progress: JobProgress) -> None:
            stage = progress.message or progress.stage or job.answer.kind
            bar.update(task, completed=progress.fraction, description=stage)

        try:
            return job.wait(progress=show, timeout_seconds=timeout_seconds)
        except KeyboardInterrupt:
            word = f"vitrine: it goes on; `vitrine jobs wait {job.id}` follows it again"
            typer.echo(word, err=True)
            raise


def print_result(result: dict[str, Any]) -> None:
    """Print what a job came to."""
    typer.echo(json.dumps(result, indent=2, ensure_ascii=False))
