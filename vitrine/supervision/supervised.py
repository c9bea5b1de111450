"""A child and the count of its deaths."""

import time

from vitrine.supervision.child_process import ChildProcess
from vitrine.supervision.restart_policy import RestartPolicy


class Supervised:
    """Knows whether a dead child is to be started again, and when."""

    def __init__(self, child: ChildProcess, policy: RestartPolicy) -> None:
        self.child = child
        self._policy = policy
        self._quick_deaths = 0
        self._restart_at: float | None = None

    @property
    def died_quickly(self) -> bool:
        """Whether the last life of the child was a short one."""
        return self.child.lived_seconds < self._policy.quick_seconds

    @property
    def is_waiting(self) -> bool:
        """Whether a death was noted and the restart is still to come."""
        return self._restart_at is not None

    @property
    def is_due(self) -> bool:
        """Whether it is time for the restart."""
        return self._restart_at is not None and time.monotonic() >= self._restart_at

    def note_death(self) -> bool:
        """Count a death and plan the restart; false if the child is given up."""
        if self.child.exit_code in self.child.plan.hopeless_codes:
            return False
        self._quick_deaths = self._quick_deaths + 1 if self.died_quickly else 0
        if self._policy.is_hopeless(self._quick_deaths):
            return False
        delay_seconds = self._policy.delay_seconds(self._quick_deaths)
        self._restart_at = time.monotonic() + delay_seconds
        return True

    def note_start(self) -> None:
        """Forget the restart that was planned."""
        self._restart_at = None
