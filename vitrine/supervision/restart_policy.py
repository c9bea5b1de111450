"""When a child that died is started again, and when it is given up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RestartPolicy:
    """Waits twice as long after each death in a row; a child that lives long starts anew."""

    max_quick_deaths: int
    """After so many in a row, nothing more is tried."""
    quick_seconds: float
    """A child that lived longer did not die of its start."""
    first_delay_seconds: float
    """Before the first restart."""

    def is_hopeless(self, quick_deaths: int) -> bool:
        """Whether a child that died so many times in a row is given up."""
        return quick_deaths >= self.max_quick_deaths

    def delay_seconds(self, quick_deaths: int) -> float:
        """How long to wait before the next start."""
        return self.first_delay_seconds * 2.0 ** max(0, quick_deaths - 1)


PATIENT = RestartPolicy(max_quick_deaths=5, quick_seconds=60.0, first_delay_seconds=0.5)
"""For processes that may take half a minute to start."""
