"""Bodies that are read no further than a limit, whatever their length was said to be."""

import time

from fastapi import Request
from starlette.types import Message

from service.errors import BodyTooLargeError


def refuse_declared(request: Request, max_body_bytes: int) -> None:
    """Refuse a body that says itself to be too large, before any of it is read.

    Raises:
        BodyTooLargeError: it does.
    """
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:20]) > max_body_bytes:
        raise BodyTooLargeError(max_body_bytes)


def bounded(request: Request, max_body_bytes: int) -> Request:
    """Give the same request, whose body raises BodyTooLargeError where it grows too large.

    The time that the caller takes to send it is noted as the stage `receive`.
    """
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        waiting_since = time.perf_counter()
        message = await request.receive()
        request.state.timings["receive"] += (time.perf_counter() - waiting_since) * 1e3
        received += len(message.get("body", b""))
        if received > max_body_bytes:
            raise BodyTooLargeError(max_body_bytes)
        return message

    return Request(request.scope, receive_bounded)
