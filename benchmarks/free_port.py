"""A place on this machine where a process can listen."""

import socket

LOCALHOST = "127.0.0.1"


def free_port() -> int:
    """Find a TCP port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((LOCALHOST, 0))
        return int(listener.getsockname()[1])
