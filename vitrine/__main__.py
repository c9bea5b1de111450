"""The `vitrine` command, put together from one file a command."""

from typing import Annotated

import typer

from vitrine.commands.evaluate import evaluate
from vitrine.commands.models_check import check
from vitrine.commands.optional_parts import of_part
from vitrine.commands.serve import serve
from vitrine.commands.train import train
from vitrine.commands.up import up
from vitrine.commands.work import work

app = typer.Typer(
    name="vitrine",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Serve an image classifier and see what it sees. Start with `vitrine up`.",
)

SERVING, MAKING = "Serving", "Making models"
"""Panels of the list of commands."""

app.command(rich_help_panel=SERVING)(up)
app.command(rich_help_panel=SERVING)(serve)
app.command(rich_help_panel=SERVING)(work)
app.command(rich_help_panel=MAKING)(of_part("worker")(train))
app.command(rich_help_panel=MAKING)(of_part("worker")(evaluate))

models_app = typer.Typer(no_args_is_help=True, help="Look at model folders.")
models_app.command()(of_part("worker")(check))
app.add_typer(models_app, name="models", rich_help_panel=MAKING)


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        from importlib.metadata import version

        typer.echo(f"vitrine {version('vitrine')}")
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Take what stands before the command."""


def main() -> None:
    """Run the command that the arguments name; exit code 0, 1 (it failed) or 2 (wrong use)."""
    app()


if __name__ == "__main__":
    main()
