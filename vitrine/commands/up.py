"""`vitrine up`: everything on this machine, in one process tree, until Ctrl-C."""

import signal
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from vitrine.commands.optional_parts import advice_for, require_part
from vitrine.supervision.child_process import ChildPlan
from vitrine.supervision.data_folder import own_folder
from vitrine.supervision.embedded_redis import jobs_redis, requests_redis
from vitrine.supervision.embedded_redis import redis_url as embedded_redis_url
from vitrine.supervision.errors import NoBundledModelsError, SupervisionError
from vitrine.supervision.listening import base_url, free_port
from vitrine.supervision.log_lines import shown_line
from vitrine.supervision.parts import (
    Shared,
    choose_default,
    front_plan,
    models_in,
    worker_plan,
)
from vitrine.supervision.readiness import answers_ready
from vitrine.supervision.restart_policy import PATIENT
from vitrine.supervision.supervisor import Supervisor

STORE_FOLDER = "store"
"""Within the data folder: artifacts and checkpoints."""

LASTING_STORE = Path(".vitrine/store")
"""For artifacts of jobs that a Redis of the user's remembers, where nothing else is said."""

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def up(  # noqa: PLR0913 - each parameter is an option of the command
    *,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 for every network.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="TCP port; 0 for any that is free.")
    ] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Worker processes.")] = 1,
    models: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder with one folder a model.",
            show_default="the bundled model",
        ),
    ] = None,
    default_model: Annotated[
        str | None,
        typer.Option(help="For requests that name no model.", show_default="the first"),
    ] = None,
    redis_url: Annotated[
        str | None,
        typer.Option(
            help="A Redis or Valkey of yours: redis://, rediss:// or unix://.",
            show_default="its own",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Private folder for jobs and what they make; kept at the end.",
            show_default="a temporary one, gone at the end",
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            help="For artifacts and checkpoints: a folder, or s3://bucket/prefix.",
            show_default="in the data folder",
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show every log line.")] = False,
) -> None:
    """Run everything on this machine: Redis, workers and front.

    It says when it is ready and where. What dies is started again. Ctrl-C ends all of it and
    leaves nothing behind but the folder given as --data, with which jobs and what they made are
    there again at the next start. Variables VITRINE_SERVICE_<NAME> and VITRINE_WORKER_<NAME>
    reach the front and the workers as they are.
    """
    for part in ("front", "worker"):
        require_part(part)
    try:
        with advice_for("front"), own_folder(data) as folder:
            models_folder = (models or bundled_models()).resolve()
            names = models_in(models_folder)
            port = free_port(host, port)
            shared, plans = _servers(folder, redis_url, store, is_kept=data is not None)
            plans += [
                worker_plan(number, shared=shared, models_folder=models_folder)
                for number in range(1, workers + 1)
            ]
            chosen = choose_default(models_folder, names, default_model)
            plans.append(front_plan(shared=shared, default_model=chosen, host=host, port=port))
            tell(f"starting {', '.join(plan.name for plan in plans)}; {_hosting(names)}")
            exit_code = supervise(plans, address=base_url(host, port), verbose=verbose)
    except (SupervisionError, OSError) as error:
        tell(str(error))
        raise typer.Exit(code=1) from error
    raise typer.Exit(code=exit_code)


def supervise(plans: list[ChildPlan], *, address: str, verbose: bool) -> int:
    """Run the children until a signal ends it; the exit code."""
    started_at = time.monotonic()

    def tell_ready() -> None:
        seconds = time.monotonic() - started_at
        typer.secho(f"ready after {seconds:.1f} s: open {address}", bold=True)
        tell("Ctrl-C ends it")

    def tell_line(name: str, line: str) -> None:
        shown = shown_line(line, verbose=verbose)
        if shown is not None:
            tell(f"{name}: {shown}")

    supervisor = Supervisor(
        plans,
        policy=PATIENT,
        is_ready=lambda: answers_ready(address),
        when_ready=tell_ready,
        tell=tell,
        tell_line=tell_line,
    )

    def end(number: int, _: object) -> None:
        tell(f"ending on {signal.Signals(number).name}")
        supervisor.stop()

    for number in ENDING_SIGNALS:
        signal.signal(number, end)
    return supervisor.run()


def _servers(
    folder: Path, redis_url: str | None, store: str | None, *, is_kept: bool
) -> tuple[Shared, list[ChildPlan]]:
    """Say where requests, jobs and files are kept, and plan the servers that that takes."""
    kept = store or str(folder / STORE_FOLDER)
    if redis_url:
        # What a Redis of the user's remembers must not point to files that are gone.
        is_lasting = bool(store) or is_kept
        lasting = kept if is_lasting else str(LASTING_STORE.resolve())
        return Shared(redis_url, redis_url, lasting), []
    plans = [requests_redis(folder), jobs_redis(folder)]
    urls = [embedded_redis_url(folder, plan.name) for plan in plans]
    return Shared(urls[0], urls[1], kept), plans


def bundled_models() -> Path:
    """Find the folder of models that comes with the package.

    Raises:
        NoBundledModelsError: this installation came without.
    """
    spec = find_spec("models")
    for location in (spec and spec.submodule_search_locations) or ():
        if Path(location).is_dir():
            return Path(location)
    raise NoBundledModelsError


def tell(line: str) -> None:
    """Say something to the person at the terminal."""
    typer.echo(f"vitrine: {line}", err=True)


def _hosting(names: list[str]) -> str:
    """Name the models, not all of many."""
    shown = ", ".join(names[:5])
    return f"models: {shown}" + (f" and {len(names) - 5} more" if names[5:] else "")
