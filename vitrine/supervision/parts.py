"""The children of `vitrine up`: how workers and fronts are run, and with which settings."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vitrine.supervision.child_process import ChildPlan
from vitrine.supervision.errors import NoModelFolderError

MANIFEST_FILE = "model.toml"

WRONG_SETTINGS = 2
NOTHING_TO_HOST = 3
"""Exit codes of workers and fronts that another start would not change."""


@dataclass(frozen=True)
class Shared:
    """What fronts and workers have to agree on."""

    redis_url: str
    """Of the requests."""
    jobs_redis_url: str
    """Of the jobs."""
    store: str
    """Of artifacts and checkpoints."""

    def environment(self, process: str) -> dict[str, str]:
        """Say it as variables of one of our processes, SERVICE or WORKER."""
        return {f"VITRINE_{process}_{name.upper()}": one for name, one in vars(self).items()}


def worker_plan(number: int, *, shared: Shared, models_folder: Path) -> ChildPlan:
    """Plan the worker of a number, counted from 1."""
    return ChildPlan(
        name=f"worker {number}",
        command=module_command("workers"),
        environment={
            **shared.environment("WORKER"),
            "VITRINE_WORKER_MODELS_FOLDER": str(models_folder),
        },
        # What it holds is still answered; a busy machine takes seconds to end a TensorFlow.
        end_seconds=10.0,
        hopeless_codes=frozenset({WRONG_SETTINGS, NOTHING_TO_HOST}),
    )


def front_plan(*, shared: Shared, default_model: str, host: str, port: int) -> ChildPlan:
    """Plan the front."""
    return ChildPlan(
        name="front",
        command=module_command("service"),
        environment={
            **shared.environment("SERVICE"),
            "VITRINE_SERVICE_DEFAULT_MODEL": default_model,
            "VITRINE_SERVICE_HOST": host,
            "VITRINE_SERVICE_PORT": str(port),
        },
        end_seconds=5.0,
        hopeless_codes=frozenset({WRONG_SETTINGS}),
    )


def module_command(module: str) -> Sequence[str]:
    """Run a module of ours; `-P` keeps a like-named folder where the user stands out of it."""
    return [sys.executable, "-P", "-m", module]


def models_in(folder: Path) -> list[str]:
    """List the models of a folder by name.

    Raises:
        NoModelFolderError: there is none.
    """
    names = sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST_FILE}"))
    if not names:
        raise NoModelFolderError(folder, MANIFEST_FILE)
    return names


def choose_default(folder: Path, names: Sequence[str], wanted: str | None) -> str:
    """Choose the model for requests that name none: the one wanted, or the first.

    Raises:
        NoModelFolderError: there is no such model.
    """
    if wanted is not None and wanted not in names:
        raise NoModelFolderError(folder, MANIFEST_FILE, wanted)
    return wanted or names[0]
