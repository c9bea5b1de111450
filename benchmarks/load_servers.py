"""Servers under load, each as processes of their own, and what these take of the machine."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from benchmarks.free_port import LOCALHOST, free_port
from benchmarks.service import wait_until_ready

END_SECONDS = 30
LOOK_SECONDS = 2.0
"""Between two looks at what processes take."""
MEBIBYTE = 1 << 20
READY_SECONDS = 180


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    port: int
    pid: int
    """Of its first process; the others are its children."""

    def url(self, route: str) -> str:
        """Give the URL of a route."""
        return f"http://{LOCALHOST}:{self.port}{route}"


@contextmanager
def vitrine_server(
    models: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run `vitrine up` until the block ends, with variables of its settings."""
    port = free_port()
    command = [sys.executable, "-m", "vitrine", "up", "--port", str(port)]
    command += ["--models", str(models), "--default-model", "mobilenet"]
    with running(command, environment or {}) as pid:
        wait_until_ready(port)
        yield Server(port, pid)


@contextmanager
def peer_server(peer: str, model_folder: Path) -> Iterator[Server]:
    """Run another library behind LitServe until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.litserve_peer", peer, str(model_folder)]
    with running([*command, str(port)], {}) as pid:
        server = Server(port, pid)
        transport = httpx.HTTPTransport(retries=READY_SECONDS)
        with httpx.Client(transport=transport, timeout=READY_SECONDS) as client:
            wait_for_health(client, server)
        yield server


def wait_for_health(client: httpx.Client, server: Server) -> None:
    """Wait until LitServe says that its worker is set up.

    Raises:
        httpx.HTTPError: it does not in time.
    """
    ended = threading.Event()
    for _ in range(READY_SECONDS):
        try:
            answer = client.get(server.url("/health"))
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.is_success:
            return
        ended.wait(1.0)
    client.get(server.url("/health")).raise_for_status()


@contextmanager
def running(command: list[str], environment: Mapping[str, str]) -> Iterator[int]:
    """Run a program in a group of its own until the block ends; gives its process ID."""
    process = subprocess.Popen(
        command,
        env=os.environ | dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
        # LitServe leaves processes behind when it is ended; they are all of one group.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@dataclass(frozen=True)
class Taken:
    """What a process takes of the machine at one moment."""

    megabytes: float
    """Resident."""
    cpu_seconds: float
    """Of processors, since its start."""


@dataclass
class Watched:
    """What the processes of a server took as they were first and last seen, by role and ID."""

    first: dict[str, Taken] = field(default_factory=dict)
    last: dict[str, Taken] = field(default_factory=dict)

    @property
    def cpu_seconds(self) -> float:
        """Of all processes together, between the first look and the last."""
        return sum(
            self.last[name].cpu_seconds - first.cpu_seconds
            for name, first in self.first.items()
        )

    def look(self, pid: int) -> None:
        """Look at a process and all that it has begun."""
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            try:
                name = f"{role_of(process.cmdline())} {process.pid}"
                times = process.cpu_times()
                megabytes = process.memory_info().rss / MEBIBYTE
            except psutil.NoSuchProcess:
                continue
            taken = Taken(megabytes, times.user + times.system)
            self.first.setdefault(name, taken)
            self.last[name] = taken


def role_of(command: list[str]) -> str:
    """Say what a process is, by its command."""
    words = " ".join(command)
    for role, mark in ROLES.items():
        if mark in words:
            return role
    return "helper"


ROLES = {
    "front": "-m service",
    "worker": "-m workers",
    "Redis": "valkey",
    "supervisor": "-m vitrine",
    "LitServe": "benchmarks.litserve_peer",
}


@contextmanager
def watched(server: Server) -> Iterator[Watched]:
    """Look at a server's processes now and then until the block ends."""
    seen, ended = Watched(), threading.Event()

    def watch() -> None:
        while True:
            seen.look(server.pid)
            if ended.wait(LOOK_SECONDS):
                seen.look(server.pid)
                return

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield seen
    finally:
        ended.set()
        watching.join()
