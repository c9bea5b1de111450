"""How a kernel of many steps lets its caller watch it, pause it and stop it."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

Step = TypeVar("Step")


@runtime_checkable
class Track(Protocol):
    """Goes through the steps of a kernel one by one.

    The caller decides what happens between two steps: report progress, let more urgent work go
    first, or raise because the deadline has passed or the job is cancelled. The result of a
    kernel does not depend on it.
    """

    def __call__(self, steps: Sequence[Step], /) -> Iterable[Step]:
        """Yield every step in order."""


def untracked(steps: Sequence[Step], /) -> Iterable[Step]:
    """Go through the steps and do nothing in between."""
    return steps
