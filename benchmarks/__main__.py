"""`python -m benchmarks`: measure, and write what was measured into the pages of `docs/`."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from typing import Annotated

import typer

from benchmarks.report import write_section
from benchmarks.sections import SECTIONS

LISTED = "; ".join(f"{name}: {section.summary}" for name, section in SECTIONS.items())


def known_section(name: str) -> str:
    """Check the name of a section.

    Raises:
        typer.BadParameter: there is none of that name.
    """
    if name not in SECTIONS:
        raise typer.BadParameter(f"no section {name!r}; there are {', '.join(SECTIONS)}")
    return name


def bench(
    only: Annotated[
        list[str],
        typer.Option(
            help=f"Measure this section alone; may be given several times. {LISTED}.",
            parser=known_section,
        ),
    ] = [],  # noqa: B006 - typer reads it, nobody writes to it
) -> None:
    """Measure section by section; those that are not measured keep their text."""
    for name in only or SECTIONS:
        write_section(name, SECTIONS[name])


if __name__ == "__main__":
    typer.run(bench)
