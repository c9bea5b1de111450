"""What the commands that ask a service have in common: where it is, and how it ends."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from vitrine.client.defaults import DEFAULT_URL as DEFAULT_URL

if TYPE_CHECKING:
    from pydantic import BaseModel

    from vitrine.client.blocking import Client

Result = TypeVar("Result")

Url = Annotated[
    str, typer.Option("--url", envvar="VITRINE_URL", help="Of the service, with its prefix.")
]
ApiKey = Annotated[
    str | None,
    typer.Option("--api-key", envvar="VITRINE_API_KEY", help="Where the service asks for one."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the service's answer as JSON.")]
Images = Annotated[list[Path], typer.Argument(help="Image files.", exists=True, dir_okay=False)]
Model = Annotated[
    str | None, typer.Option(help="Name of a model.", show_default="the service's default")
]
More = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        "-o",
        metavar="NAME=VALUE",
        help="Any other option of the route; may be repeated.",
    ),
]


@contextmanager
def asking(url: str, api_key: str | None) -> "Iterator[Client]":
    """Open a client; what the service refuses ends the command with a line, not a trace.

    Raises:
        typer.Exit: with code 1.
    """
    from vitrine.client.blocking import Client
    from vitrine.client.errors import VitrineError

    try:
        with Client(url, api_key=api_key) as client:
            yield client
    except (VitrineError, OSError) as error:
        typer.echo(f"vitrine: {error}", err=True)
        raise typer.Exit(code=1) from error


def options_of(more: Sequence[str] | None) -> dict[str, str]:
    """Read `NAME=VALUE` pairs.

    Raises:
        typer.BadParameter: one is no pair.
    """
    pairs = [pair.partition("=") for pair in more or ()]
    for name, equals, _ in pairs:
        if not name or not equals:
            raise typer.BadParameter(f"{name!r} is no NAME=VALUE", param_hint="--option")
    return {name.replace("-", "_"): value for name, _, value in pairs}


def in_batches(
    images: Sequence[Path], ask: "Callable[[Sequence[Path]], list[Result]]"
) -> list[Result]:
    """Ask about images so many at a time, with a bar where there is more than one time."""
    from rich.console import Console
    from rich.progress import track

    from vitrine.client.calls import IMAGES_AT_ONCE

    starts = range(0, len(images), IMAGES_AT_ONCE)
    bar = track(
        starts,
        "asking",
        console=Console(stderr=True),
        transient=True,
        disable=len(starts) == 1,
    )
    return [result for start in bar for result in ask(images[start : start + IMAGES_AT_ONCE])]


def print_json(answers: "Sequence[BaseModel]", *, name: str | None = None) -> None:
    """Print answers as the routes give them.

    Args:
        answers: of the service.
        name: member for a list of any length; without one, a single answer stands alone, and
            several are `results`.
    """
    written = [answer.model_dump(mode="json", exclude_unset=True) for answer in answers]
    is_alone = name is None and len(written) == 1
    document = written[0] if is_alone else {name or "results": written}
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
