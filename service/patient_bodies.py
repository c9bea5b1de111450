"""Bodies that come too slowly are refused: a caller may be slow, but not hold us for ever."""

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import BodyTooSlowError

SLOWEST_BYTES_PER_SECOND = 1024
"""A body that comes faster is waited for however long it is."""


class PatientBodies:
    """ASGI middleware: `receive` raises BodyTooSlowError once its patience is spent.

    Only the time that is spent waiting for the caller counts, not ours. Once the body is
    complete, what is waited for is the end of the connection, which may take as long as it
    likes.
    """

    def __init__(self, app: ASGIApp, *, patience_seconds: float) -> None:
        """Take the application.

        Args:
            app: sees a `receive` that gives up.
            patience_seconds: to begin with; every SLOWEST_BYTES_PER_SECOND add a second.
        """
        self._app = app
        self._patience_seconds = patience_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; other than HTTP goes through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        left_seconds = self._patience_seconds
        is_complete = False

        async def receive_in_time() -> Message:
            nonlocal left_seconds, is_complete
            if is_complete:
                return await receive()
            asked_at = time.monotonic()
            try:
                async with asyncio.timeout(max(0.0, left_seconds)):
                    message = await receive()
            except TimeoutError as error:
                raise BodyTooSlowError(self._patience_seconds) from error
            left_seconds -= time.monotonic() - asked_at
            left_seconds += len(message.get("body", b"")) / SLOWEST_BYTES_PER_SECOND
            is_complete = not message.get("more_body", False)
            return message

        await self._app(scope, receive_in_time, send)
