"""Tell how far a run is: bars for a person, lines for a log, nothing for a test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress

Advance = Callable[[int], None]
"""Told how many more images are done."""


class Progress(Protocol):
    """Whoever wants to know how far a run is."""

    def task(self, name: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a piece of work of `total` images; ends with the context."""

    def note(self, message: str) -> None:
        """Hear one line of news."""


class SilentProgress:
    """Tells nobody."""

    def task(self, name: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a piece of work that is not shown."""
        return nullcontext(lambda count: None)

    def note(self, message: str) -> None:
        """Drop the line."""


class ConsoleProgress:
    """Bars on a terminal; in a log file, only the notes."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @contextmanager
    def task(self, name: str, total: int) -> Iterator[Advance]:
        """Show a bar with the images done and the time remaining."""
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with RichProgress(*columns, console=self.console, transient=True) as bars:
            shown = bars.add_task(name, total=total)
            yield lambda count: bars.advance(shown, count)

    def note(self, message: str) -> None:
        """Print the line with the time of day."""
        self.console.log(message, _stack_offset=2)
