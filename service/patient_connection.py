"""HTTP connections that give up on a client that neither sends nor reads what is due."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LOOKS = 8
"""At a connection, within the time that its client is waited for."""


class PatientConnection(HttpToolsProtocol):
    """uvicorn's connection, which by itself waits for ever for the three things named here.

    A client is let go that for `patience_seconds` has not sent the whole head of a request
    (since it connected, or since the request began), has not sent the rest of a request that is
    answered already, or has read nothing of what we have for it. Idle connections between two
    requests are uvicorn's own to close, and slow bodies are refused by `patient_bodies.py`.
    """

    patience_seconds = 30.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at the connection now and then."""
        super().connection_made(transport)
        self._unsent_bytes = 0
        self._read_at = self.loop.time()
        # Since when the client owes us a head, or the rest of a request.
        self._owed_since: float | None = self._read_at
        self._look_again()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Wait for the head of a request."""
        super().on_message_begin()
        self._owed_since = self.loop.time()

    def on_headers_complete(self) -> None:
        """Have the head: a body is waited for by whoever reads it."""
        super().on_headers_complete()
        self._owed_since = None

    def on_message_complete(self) -> None:
        """Have the whole request."""
        super().on_message_complete()
        self._owed_since = None

    def on_response_complete(self) -> None:
        """Wait for the rest of a request that was answered before it was complete."""
        if self.cycle.more_body:
            self._owed_since = self.loop.time()
        super().on_response_complete()

    def _look_again(self) -> None:
        pause = self.patience_seconds / LOOKS
        self._next_look = self.loop.call_later(pause, self._look)

    def _look(self) -> None:
        """Let the client go, or look again later."""
        now = self.loop.time()
        unsent_bytes = self.transport.get_write_buffer_size()
        if not unsent_bytes or unsent_bytes < self._unsent_bytes:
            self._read_at = now
        self._unsent_bytes = unsent_bytes
        waited_since = min(self._read_at, now if self._owed_since is None else self._owed_since)
        if now - waited_since > self.patience_seconds:
            self.transport.abort()
        else:
            self._look_again()


def connections_with(patience_seconds: float) -> type[PatientConnection]:
    """Make the class of connections that wait for so long: uvicorn wants a class."""
    chosen = {"patience_seconds": patience_seconds}
    return type("PatientConnection", (PatientConnection,), chosen)
