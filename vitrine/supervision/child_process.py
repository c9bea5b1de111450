"""One child: a program with its environment, what it writes, and its end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TETHER = Path(__file__).with_name("tether.py")

KEPT_LINES = 30
"""Of what a child wrote last, shown if it dies."""

READ_SECONDS = 1.0
"""For the last lines of a child that has ended."""

TellLine = Callable[[str], None]


@dataclass(frozen=True)
class ChildPlan:
    """What to run."""

    name: str
    """For people, as `worker 2`."""
    command: Sequence[str]
    """Program and arguments."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables beside those of this process."""
    end_seconds: float = 5.0
    """Between being told to end and being killed."""
    hopeless_codes: frozenset[int] = frozenset()
    """Exit codes after which another start would end alike."""
    is_ready: Callable[[], bool] | None = None
    """If given, later children are started once it is true."""


class ChildProcess:
    """Runs a plan, again and again if need be, at most once at a time.

    It has to be started from the main thread, with whose end the kernel ends it. It is in a
    session of its own, so that Ctrl-C reaches it through its parent alone, in order.
    """

    def __init__(self, plan: ChildPlan, *, tell_line: TellLine) -> None:
        self.plan = plan
        self.last_lines: deque[str] = deque(maxlen=KEPT_LINES)
        self._tell_line = tell_line
        self._popen: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._started_at = 0.0

    def start(self) -> None:
        """Start the program and begin to read what it writes."""
        self.last_lines.clear()
        self._started_at = time.monotonic()
        self._popen = subprocess.Popen(
            [sys.executable, "-ES", str(TETHER), str(os.getpid()), *self.plan.command],
            env=os.environ | dict(self.plan.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, args=(self._popen,), daemon=True)
        self._reader.start()

    @property
    def exit_code(self) -> int | None:
        """Of the last run, negative for a signal; none while it runs or before it."""
        return None if self._popen is None else self._popen.poll()

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._popen is not None and self._popen.poll() is None

    @property
    def lived_seconds(self) -> float:
        """Since it was last started."""
        return time.monotonic() - self._started_at

    def end(self) -> None:
        """Have it end in its own way; after `end_seconds`, kill it."""
        if self._popen is None:
            return
        if self.is_running:
            self._popen.terminate()
        try:
            self._popen.wait(self.plan.end_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self.close()

    def kill(self) -> None:
        """End it at once, with whatever it has started itself."""
        if self._popen is not None and self.is_running:
            os.killpg(self._popen.pid, signal.SIGKILL)
            self._popen.wait()

    def close(self) -> None:
        """Read the last that an ended child wrote."""
        if self._reader is not None:
            self._reader.join(READ_SECONDS)

    def _read(self, popen: "subprocess.Popen[bytes]") -> None:
        """Pass every line on as it comes."""
        if popen.stdout is None:
            return
        with popen.stdout as written:
            for line in written:
                text = line.decode(errors="replace").rstrip()
                self.last_lines.append(text)
                self._tell_line(text)


def ending(exit_code: int | None) -> str:
    """Say how a process ended: `with exit code 3`, or `by SIGKILL`."""
    if exit_code is None or exit_code >= 0:
        return f"with exit code {exit_code}"
    try:
        return f"by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"by signal {-exit_code}"
