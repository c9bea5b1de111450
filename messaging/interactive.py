"""The front's side of the interactive lane: queue a request, await its reply."""

import asyncio
import contextlib
import uuid
from typing import Any

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from api_schemas.explanations import ExplanationOrder
from messaging.errors import (
    BrokerUnavailableError,
    DeadlineExceededError,
    ExplanationFailedError,
    ExplanationRefusedError,
    QueueFullError,
)
from messaging.json_log import asked_by
from messaging.keys import order_key, replies_key, requests_key
from messaging.tracing.spans import carried, span
from messaging.wire import Reply, Request, Uint8Array, pack_request, unpack_reply

REPLIES_AT_ONCE = 64
"""Fetched beside the one that a blocking read was woken by."""

LISTEN_SECONDS = 1
"""How long a blocking read waits; ends within a tick of Redis' clock, so never for a few ms."""

RECONNECT_SECONDS = 0.2
"""Between attempts to reach a Redis that is away."""

# Counting and adding in one step keeps the queue's bound exact with any number of fronts.
ADD_IF_ROOM = """
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end
return redis.call('XADD', KEYS[1], '*', 'order', ARGV[2])
"""

log = structlog.get_logger()


class InteractiveLane:
    """Sends requests to whichever worker is free and hands each its own reply.

    Use it as an asynchronous context manager: a task listens for replies meanwhile.
    """

    def __init__(self, connection: redis.asyncio.Redis, *, max_waiting: int) -> None:
        self._connection = connection
        self.max_waiting = max_waiting
        self._front = uuid.uuid4().hex
        self._waiting: dict[str, asyncio.Future[Reply | None]] = {}
        self._add_if_room = connection.register_script(ADD_IF_ROOM)
        self._listener: asyncio.Task[None] | None = None
        self._is_closing = False

    async def __aenter__(self) -> "InteractiveLane":
        self._listener = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        # The client library may swallow a cancellation that comes while it cleans up.
        self._is_closing = True
        if self._listener is not None:
            self._listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listener

    async def ask(
        self, order: ExplanationOrder, pixels: Uint8Array, *, patience_seconds: float
    ) -> Reply:
        """Have a worker carry out an order.

        Args:
            order: what to compute.
            pixels: [H, W, 3] uint8 RGB, in the size of the model's input.
            patience_seconds: how long the answer is worth waiting for.

        Raises:
            QueueFullError: too many requests wait for the model.
            DeadlineExceededError: no answer in time.
            BrokerUnavailableError: Redis is away.
            ExplanationRefusedError: the worker refused the order.
            ExplanationFailedError: the worker failed at it.
        """
        about = {"vitrine.model": order.model, "vitrine.method": order.method or "predict"}
        with span("ask", kind="producer", attributes=about):
            request = Request(
                request_id=uuid.uuid4().hex,
                front=self._front,
                patience_ms=round(patience_seconds * 1000),
                order=order,
                pixels=pixels,
                asked_by=asked_by(),
                trace=carried(),
            )
            return await self._answer_to(request, patience_seconds=patience_seconds)

    async def waiting(self, model: str) -> int:
        """Count the requests that wait for a model or are being computed."""
        quick = await self._connection.xlen(requests_key(model))
        long = await self._connection.xlen(requests_key(model, is_long=True))
        return int(quick + long)

    async def _answer_to(self, request: Request, *, patience_seconds: float) -> Reply:
        """Queue a request and wait for its reply; raises as `ask` does."""
        answer: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()
        self._waiting[request.request_id] = answer
        try:
            await self._enqueue(request)
            async with asyncio.timeout(patience_seconds):
                return _check(await answer)
        except TimeoutError as error:
            raise DeadlineExceededError(patience_seconds) from error
        finally:
            self._waiting.pop(request.request_id, None)

    async def _enqueue(self, request: Request) -> None:
        """Add a request to its model's stream, unless that is full."""
        model = request.order.model
        try:
            added = await self._add_if_room(
                keys=[order_key(request.order)], args=[self.max_waiting, pack_request(request)]
            )
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        if not added:
            raise QueueFullError(model, self.max_waiting)

    async def _listen(self) -> None:
        """Hand replies out as they come; on a lost connection, let go of all who wait."""
        key = replies_key(self._front)
        while not self._is_closing:
            try:
                woken: Any = await self._connection.blpop([key], timeout=LISTEN_SECONDS)
                if woken is None:
                    continue
                # At once, not behind a second round trip: most often it is the only one.
                self._hand_out(woken[1])
                more: Any = await self._connection.lpop(key, REPLIES_AT_ONCE)
                for packed in more or []:
                    self._hand_out(packed)
            except (RedisError, OSError) as error:
                log.warning("redis is away", error=str(error))
                self._release_all()
                await asyncio.sleep(RECONNECT_SECONDS)

    def _hand_out(self, packed: bytes) -> None:
        """Give a reply to the one who waits; a second reply to the same request is dropped."""
        try:
            reply = unpack_reply(packed)
        except ValueError as error:
            log.warning("a reply cannot be read", error=str(error))
            return
        answer = self._waiting.get(reply.request_id)
        if answer is not None and not answer.done():
            answer.set_result(reply)

    def _release_all(self) -> None:
        """Tell all who wait that their requests are lost with the connection."""
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_result(None)


def _check(reply: Reply | None) -> Reply:
    """Give a reply that holds an answer; raise for every other.

    Raises:
        BrokerUnavailableError: there is none; the request was lost with the connection.
        ExplanationRefusedError: the worker refused the order.
        ExplanationFailedError: the worker failed at it.
    """
    if reply is None:
        raise BrokerUnavailableError
    match reply.status:
        case "refused":
            raise ExplanationRefusedError(reply.code, reply.detail)
        case "failed":
            raise ExplanationFailedError(reply.detail)
    return reply
