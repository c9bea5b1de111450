"""Keeps children alive until it is told to stop, or until one cannot be kept alive."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from vitrine.supervision.child_process import ChildPlan, ChildProcess, ending
from vitrine.supervision.restart_policy import RestartPolicy
from vitrine.supervision.supervised import Supervised

LOOK_SECONDS = 0.1
"""How soon a death or the wish to stop is noticed."""

Tell = Callable[[str], None]
TellLine = Callable[[str, str], None]


class Supervisor:
    """Starts children in order, restarts those that die, ends them in the opposite order."""

    def __init__(
        self,
        plans: Sequence[ChildPlan],
        *,
        policy: RestartPolicy,
        is_ready: Callable[[], bool],
        when_ready: Callable[[], None],
        tell: Tell,
        tell_line: TellLine,
    ) -> None:
        """Take the plans; nothing is started.

        Args:
            plans: in the order of their start; each may need those before it.
            policy: for children that die.
            is_ready: whether all of it works; asked until it is so.
            when_ready: called once.
            tell: given what a person should know.
            tell_line: given a child's name and a line that it wrote, from another thread.
        """
        self._children = [
            Supervised(ChildProcess(plan, tell_line=_to(tell_line, plan.name)), policy)
            for plan in plans
        ]
        self._is_ready = is_ready
        self._when_ready = when_ready
        self._tell = tell
        self._stopping = threading.Event()
        self._stops = 0

    def stop(self) -> None:
        """Have `run` end; asked twice, it kills. Safe in a signal handler."""
        self._stops += 1
        self._stopping.set()
        if self._stops > 1:
            for supervised in self._children:
                supervised.child.kill()

    def run(self) -> int:
        """Run everything; the exit code: 0 if told to stop, 1 if a child was given up."""
        try:
            is_well = self._start() and self._watch()
        finally:
            self._end()
        return 0 if is_well else 1

    def _start(self) -> bool:
        """Start each child once those before it are ready; false if one was given up."""
        for supervised in self._children:
            supervised.child.start()
            is_ready = supervised.child.plan.is_ready
            while is_ready is not None and not self._stopping.is_set() and not is_ready():
                if not self._keep_all():
                    return False
                self._stopping.wait(LOOK_SECONDS)
            if self._stopping.is_set():
                break
        return True

    def _watch(self) -> bool:
        """Restart what dies until told to stop; false if a child was given up."""
        is_told = False
        while not self._stopping.wait(LOOK_SECONDS):
            if not self._keep_all():
                return False
            if not is_told and self._is_ready():
                is_told = True
                self._when_ready()
        return True

    def _keep_all(self) -> bool:
        """Look after every child that was started; false if one is given up."""
        return all(self._keep(supervised) for supervised in self._children)

    def _keep(self, supervised: Supervised) -> bool:
        """Restart a child if it died and its time has come; false if it is given up."""
        child = supervised.child
        if child.exit_code is None:
            return True
        if not supervised.is_waiting:
            self._tell_death(supervised)
            if supervised.note_death():
                return True
            self._tell(f"{child.plan.name} cannot be kept running: giving up")
            return False
        if supervised.is_due:
            child.start()
            supervised.note_start()
        return True

    def _tell_death(self, supervised: Supervised) -> None:
        """Say how a child ended, and what it wrote last if that was at its start."""
        child = supervised.child
        child.close()
        self._tell(f"{child.plan.name} ended {ending(child.exit_code)}")
        if supervised.died_quickly:
            for line in child.last_lines:
                self._tell(f"  {line}")

    def _end(self) -> None:
        """End every child, the last one first."""
        for supervised in reversed(self._children):
            with suppress(ProcessLookupError):
                supervised.child.end()


def _to(tell_line: TellLine, name: str) -> Tell:
    """Put a child's name before its lines."""
    return lambda line: tell_line(name, line)
