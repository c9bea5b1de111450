"""What an atlas costs or came to, and where images fall on one, as tables for a person."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from vitrine.commands.tables import show

if TYPE_CHECKING:
    from api_schemas.atlases import LocatedCell

SHOWN_CELLS = 3
"""Of each grid, those that hold most of the image."""


def cost_table(estimate: Mapping[str, Any]) -> None:
    """Print what an atlas costs at most."""
    table = Table("at most", "")
    for name in ("images", "activations", "cells", "icon_steps"):
        table.add_row(name.replace("_", " "), f"{estimate[name]:,}")
    for name, value in estimate["quality"].items():
        shown = f"{value:,}" if isinstance(value, int) else escape(str(value))
        table.add_row(name.replace("_", " "), shown)
    show(table)


def atlas_table(job: str, result: Mapping[str, Any], *, files: int) -> None:
    """Print what an atlas came to."""
    cells = ", ".join(
        f"{count:,} of {grid} x {grid}" for grid, count in result["cells"].items()
    )
    table = Table("atlas", job)
    for name in ("images", "unread", "points", "silent"):
        table.add_row(name, f"{result[name]:,}")
    table.add_row("cells", cells)
    if files:
        table.add_row("files fetched", f"{files:,}")
    show(table)


def located_table(images: Sequence[Path], found: "Sequence[Sequence[LocatedCell]]") -> None:
    """Print the cells that hold most of each image."""
    table = Table("image", "grid", "row", "column", "weight")
    for image, cells in zip(images, found, strict=True):
        name = escape(str(image))
        for grid in sorted({cell.grid for cell in cells}):
            own = [cell for cell in cells if cell.grid == grid]
            for cell in sorted(own, key=lambda cell: -cell.weight)[:SHOWN_CELLS]:
                where = (cell.grid, cell.row, cell.column)
                table.add_row(name, *map(str, where), f"{cell.weight:.3f}")
                name = ""
    show(table)
