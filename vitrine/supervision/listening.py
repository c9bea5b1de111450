"""Whether the front will be able to listen, asked before anything is started."""

import os
import socket

from vitrine.supervision.errors import PortTakenError

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
"""Addresses to listen on that are none to connect to, and what to connect to instead."""


def free_port(host: str, port: int) -> int:
    """Try to listen on an address and give it up again.

    Args:
        host: address or name.
        port: 0 for any that is free.

    Returns:
        The port.

    Raises:
        PortTakenError: it cannot be listened on.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as listener:
            # As the front does: a port that only waits for old connections to fade is free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
            bound: int = listener.getsockname()[1]
            return bound
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise PortTakenError(host, port, reason) from error


def base_url(host: str, port: int) -> str:
    """Give the address under which this machine reaches the front."""
    reachable = EVERY_ADDRESS.get(host, host)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
