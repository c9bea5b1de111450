"""Programs that stand for Redis, workers and fronts: they start in milliseconds."""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from vitrine.supervision.child_process import ChildPlan
from vitrine.supervision.restart_policy import RestartPolicy
from vitrine.supervision.supervisor import Supervisor

PATIENCE_SECONDS = 60.0
"""A busy machine may take long over what takes milliseconds on an idle one."""

IMPATIENT = RestartPolicy(max_quick_deaths=5, quick_seconds=30.0, first_delay_seconds=0.01)

SLEEP = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
DIE = "import sys; print('cannot go on', flush=True); sys.exit(1)"


def program(name: str, code: str, **plan: object) -> ChildPlan:
    """Plan a Python program."""
    return ChildPlan(name=name, command=[sys.executable, "-S", "-c", code], **plan)


def counting(folder: Path, then: str) -> str:
    """Write code that adds a line with its process ID to a file, and goes on."""
    return (
        f"import os; open({str(folder / 'starts')!r}, 'a').write(f'{{os.getpid()}}\\n'); {then}"
    )


def starts(folder: Path) -> list[int]:
    """List the process IDs of the starts that `counting` has noted."""
    file = folder / "starts"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


class Watched:
    """A supervisor that runs in a thread of a test, and what it said."""

    def __init__(
        self,
        plans: Sequence[ChildPlan],
        *,
        is_ready: Callable[[], bool] = lambda: True,
        policy: RestartPolicy = IMPATIENT,
    ) -> None:
        self.told: list[str] = []
        self.lines: list[tuple[str, str]] = []
        self.times_ready = 0
        self.exit_code: int | None = None
        self.supervisor = Supervisor(
            plans,
            policy=policy,
            is_ready=is_ready,
            when_ready=self._count_ready,
            tell=self.told.append,
            tell_line=lambda name, line: self.lines.append((name, line)),
        )
        self._thread = threading.Thread(target=self._run)

    def _count_ready(self) -> None:
        self.times_ready += 1

    def _run(self) -> None:
        self.exit_code = self.supervisor.run()

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.supervisor.stop()
        self._thread.join(PATIENCE_SECONDS)

    def ended(self, seconds: float = PATIENCE_SECONDS) -> int | None:
        """Wait for the end; the exit code."""
        self._thread.join(seconds)
        return self.exit_code


def eventually(holds: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether something becomes true in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
