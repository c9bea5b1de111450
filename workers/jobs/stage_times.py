"""How long a task has been at each of its stages."""

import time


class StageTimes:
    """A clock that one stage after the other is at."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._stage = ""
        self._since = time.monotonic()

    def begin(self, stage: str) -> None:
        """Say that a stage begins, or goes on; the one before it is over."""
        self._add()
        self._stage = stage

    def seconds(self) -> dict[str, float]:
        """Give the time of every stage so far; what came before the first is left out."""
        self._add()
        return dict(self._seconds)

    def _add(self) -> None:
        now = time.monotonic()
        if self._stage:
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._since = now
