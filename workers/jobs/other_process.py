"""Pure computation in a process of its own, so that this one keeps its leases meanwhile."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from storage.errors import StoreFullError
from workers.jobs.errors import JobRefusedError

LOOK_SECONDS = 0.1
"""Between two questions whether the job is still wanted."""

REFUSED = 3
"""Exit code of a process that has written its refusal to standard output."""

NO_ROOM = 5
"""Exit code of a process that found the store full."""


class OtherProcessError(Exception):
    """The process failed; its log is in ours."""

    def __init__(self, module: str, exit_code: int) -> None:
        self.module, self.exit_code = module, exit_code
        super().__init__(f"{module} ended with exit code {exit_code}")


def run_elsewhere(
    module: str, order: Mapping[str, Any], *, stop_if_unwanted: Callable[[], None]
) -> None:
    """Run a module of ours with an order on its standard input, and wait for its end.

    Args:
        module: to be run as a program.
        order: JSON.
        stop_if_unwanted: called now and then; if it raises, the process is killed.

    Raises:
        JobRefusedError: the process says why it cannot be done.
        StoreFullError: the process says so.
        OtherProcessError: it failed.
    """
    with subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _send(process, json.dumps(dict(order)))
            while process.poll() is None:
                stop_if_unwanted()
                _wait(process)
        except BaseException:
            process.kill()
            raise
        written = process.stdout.read() if process.stdout else ""
    if process.returncode == REFUSED:
        raise JobRefusedError(**json.loads(written))
    if process.returncode == NO_ROOM:
        raise StoreFullError
    if process.returncode:
        raise OtherProcessError(module, process.returncode)


def _send(process: "subprocess.Popen[str]", order: str) -> None:
    """Write the order; the pipe stays open, since its end would end the process."""
    if process.stdin is not None:
        process.stdin.write(f"{order}\n")
        process.stdin.flush()


def _wait(process: "subprocess.Popen[str]") -> None:
    try:
        process.wait(LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        return
