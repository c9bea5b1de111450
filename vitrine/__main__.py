"""The `vitrine` command, put together from one file a command."""

from typing import Annotated

import typer

from vitrine.commands import (
    datasets_add,
    datasets_delete,
    datasets_list,
    datasets_register,
    datasets_show,
    jobs_artifacts,
    jobs_cancel,
    jobs_delete,
    jobs_fetch,
    jobs_list,
    jobs_pack,
    jobs_retry,
    jobs_show,
    jobs_submit,
    jobs_wait,
    keys_create,
    keys_list,
    keys_revoke,
)
from vitrine.commands.atlas import atlas
from vitrine.commands.evaluate import evaluate
from vitrine.commands.explain import explain
from vitrine.commands.localize import localize
from vitrine.commands.locate import locate
from vitrine.commands.models_check import check
from vitrine.commands.models_list import list_models
from vitrine.commands.optional_parts import of_part
from vitrine.commands.predict import predict
from vitrine.commands.replay import replay
from vitrine.commands.serve import serve
from vitrine.commands.train import train
from vitrine.commands.up import up
from vitrine.commands.visualize import visualize
from vitrine.commands.work import work

app = typer.Typer(
    name="vitrine",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Serve an image classifier and see what it sees. Start with `vitrine up`.",
)

ASKING, SERVING, MAKING = "Asking a service", "Serving", "Making models"
"""Panels of the list of commands."""

app.command(rich_help_panel=SERVING)(up)
app.command(rich_help_panel=SERVING)(serve)
app.command(rich_help_panel=SERVING)(work)
app.command(rich_help_panel=MAKING)(of_part("worker")(train))
app.command(rich_help_panel=MAKING)(of_part("worker")(evaluate))

for command in (predict, explain, localize, visualize, atlas, locate, replay):
    app.command(rich_help_panel=ASKING)(command)

jobs_app = typer.Typer(no_args_is_help=True, help="Long work: submit, follow, fetch, cancel.")
for jobs_command in (
    jobs_submit.submit,
    jobs_show.show,
    jobs_wait.wait,
    jobs_artifacts.artifacts,
    jobs_fetch.fetch,
    jobs_pack.pack,
    jobs_cancel.cancel,
    jobs_retry.retry,
    jobs_delete.delete,
):
    jobs_app.command()(jobs_command)
jobs_app.command("list")(jobs_list.list_jobs)
app.add_typer(jobs_app, name="jobs", rich_help_panel=ASKING)

datasets_app = typer.Typer(no_args_is_help=True, help="Images that jobs work on.")
datasets_app.command("list")(datasets_list.list_datasets)
datasets_app.command()(datasets_add.add)
datasets_app.command()(datasets_register.register)
datasets_app.command()(datasets_show.show)
datasets_app.command()(datasets_delete.delete)
app.add_typer(datasets_app, name="datasets", rich_help_panel=ASKING)

keys_app = typer.Typer(no_args_is_help=True, help="API keys: who may ask a service what.")
keys_app.command()(keys_create.create)
keys_app.command("list")(keys_list.list_keys)
keys_app.command()(keys_revoke.revoke)
app.add_typer(keys_app, name="keys", rich_help_panel=SERVING)

models_app = typer.Typer(no_args_is_help=True, help="A service's models, and model folders.")
models_app.command("list")(list_models)
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
