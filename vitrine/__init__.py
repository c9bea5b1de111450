"""What a user types and imports: the `vitrine` command, the clients; nothing loads unasked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitrine.client.asynchronous import AsyncClient
    from vitrine.client.blocking import Client
    from vitrine.client.errors import VitrineError

HOMES = {
    "AsyncClient": "vitrine.client.asynchronous",
    "Client": "vitrine.client.blocking",
    "VitrineError": "vitrine.client.errors",
}
"""Where each name is found, once somebody asks for it: the command's help needs none."""

__all__ = ["AsyncClient", "Client", "VitrineError"]


def __getattr__(name: str) -> object:
    """Load what is asked for.

    Raises:
        AttributeError: there is no such name.
    """
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(HOMES[name]), name)
