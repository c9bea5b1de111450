"""A worker's side of the interactive lane: take requests, keep them, answer them, take over."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import redis
from redis.client import Pipeline
from redis.exceptions import ResponseError

from messaging.keys import GROUP, REPLIES_SECONDS, replies_key, requests_key
from messaging.wire import Reply, Request, pack_reply, unpack_request

TAKE_OVER_MS = 3000
"""A request whose worker has not renewed its hold for so long belongs to nobody."""

MAX_DELIVERIES = 3
"""A request that was delivered so often and never answered has killed its workers."""

BLOCK_MS = 500
"""How long a read waits. Never a few ms: Redis ends a block on its clock's next tick."""

IDLE_CONSUMER_MS = 600_000
"""A consumer that has done nothing for so long, and holds nothing, is forgotten."""


@dataclass(frozen=True)
class Delivery:
    """A request in this worker's hands."""

    stream: str
    entry: str
    """ID in the stream: ms of Redis' clock when it was added, and a serial number."""
    request: Request
    taken_at: float
    """`time.monotonic()` when this worker took it."""
    queued_ms: float
    """From added until taken."""
    is_recovered: bool
    """Whether it was taken over from a worker that died; it may have died of it."""

    @property
    def expires_at(self) -> float:
        """`time.monotonic()` when nobody waits for the answer any longer."""
        return self.taken_at + (self.request.patience_ms - self.queued_ms) / 1000


class Inbox:
    """The requests for the models that one worker hosts."""

    def __init__(
        self,
        connection: redis.Redis,
        *,
        worker: str,
        models: Sequence[str],
        is_long: bool = False,
    ) -> None:
        self._connection = connection
        self._worker = worker
        self._streams = [requests_key(model, is_long=is_long) for model in models]
        self._redis_ms_at_zero = 0.0

    def open(self) -> None:
        """Make the consumer groups, where Redis has none (or was restarted without memory)."""
        for stream in self._streams:
            try:
                self._connection.xgroup_create(stream, GROUP, id="0", mkstream=True)
            except ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise

    def synchronize_clock(self) -> None:
        """Learn Redis' clock, by which requests are dated; ours may jump, or differ."""
        seconds, microseconds = self._connection.time()
        self._redis_ms_at_zero = seconds * 1e3 + microseconds / 1e3 - time.monotonic() * 1e3

    def take(self, count: int, *, is_patient: bool = True) -> list[Delivery]:
        """Take requests, at most so many of each model.

        Args:
            count: of each model.
            is_patient: whether to wait a moment for requests where there are none.

        Raises:
            redis.exceptions.RedisError: Redis is away, or has forgotten the groups.
        """
        answer: Any = self._connection.xreadgroup(
            GROUP,
            self._worker,
            dict.fromkeys(self._streams, ">"),
            count=count,
            block=BLOCK_MS if is_patient else None,
        )
        return [
            delivery
            for stream, entries in answer or []
            for entry, fields in entries
            if (delivery := self._received(stream.decode(), entry, fields, is_recovered=False))
        ]

    def take_over(self) -> Delivery | None:
        """Take one request whose worker died; one, since it may be the one that killed it.

        A request that has been delivered too often is answered as failed and not returned.
        """
        for stream in self._streams:
            orphans: Any = self._connection.xpending_range(
                stream, GROUP, min="-", max="+", count=1, idle=TAKE_OVER_MS
            )
            for orphan in orphans:
                claimed: Any = self._connection.xclaim(
                    stream, GROUP, self._worker, TAKE_OVER_MS, [orphan["message_id"]]
                )
                for entry, fields in claimed:
                    if entry is None:
                        # Somebody has deleted it; Redis before 7 keeps it pending.
                        self._connection.xack(stream, GROUP, orphan["message_id"])
                        continue
                    delivery = self._received(stream, entry, fields, is_recovered=True)
                    if delivery and orphan["times_delivered"] >= MAX_DELIVERIES:
                        self.answer([(delivery, _killer_reply(delivery.request))])
                    elif delivery:
                        return delivery
        return None

    def renew(self, deliveries: Sequence[Delivery]) -> None:
        """Show that this worker is still at these requests; to be repeated every second."""
        with self._connection.pipeline(transaction=False) as pipeline:
            for stream in {delivery.stream for delivery in deliveries}:
                entries: list[Any] = [
                    held.entry for held in deliveries if held.stream == stream
                ]
                pipeline.xclaim(stream, GROUP, self._worker, 0, entries, justid=True)
            pipeline.execute(raise_on_error=False)

    def answer(self, answers: Sequence[tuple[Delivery, Reply]]) -> None:
        """Send replies and strike their requests off, all or nothing."""
        with self._connection.pipeline(transaction=True) as pipeline:
            for delivery, reply in answers:
                replies = replies_key(delivery.request.front)
                pipeline.rpush(replies, pack_reply(reply))
                pipeline.expire(replies, REPLIES_SECONDS)
            self._strike_off(pipeline, [delivery for delivery, _ in answers])
            pipeline.execute()

    def drop(self, deliveries: Sequence[Delivery]) -> None:
        """Strike off requests that nobody waits for any longer."""
        with self._connection.pipeline(transaction=True) as pipeline:
            self._strike_off(pipeline, deliveries)
            pipeline.execute()

    def forget_idle_consumers(self) -> None:
        """Remove the names of workers that are long gone and hold nothing."""
        for stream in self._streams:
            consumers: Any = self._connection.xinfo_consumers(stream, GROUP)
            for consumer in consumers:
                if consumer["pending"] == 0 and consumer["idle"] > IDLE_CONSUMER_MS:
                    self._connection.xgroup_delconsumer(stream, GROUP, consumer["name"])

    def close(self) -> None:
        """Leave the groups that owe this worker nothing.

        Requests that Redis gave and that never arrived, or whose answers did not, would be lost
        with the name: it stays for another worker to take them over.
        """
        for stream in self._streams:
            owed = self._connection.xpending_range(
                stream, GROUP, min="-", max="+", count=1, consumername=self._worker
            )
            if not owed:
                self._connection.xgroup_delconsumer(stream, GROUP, self._worker)

    def _received(
        self, stream: str, entry: bytes, fields: dict[bytes, bytes], *, is_recovered: bool
    ) -> Delivery | None:
        """Read an entry; one that is no request at all is struck off."""
        now = time.monotonic()
        added_ms = int(entry.split(b"-")[0])
        try:
            return Delivery(
                stream=stream,
                entry=entry.decode(),
                request=unpack_request(fields[b"order"]),
                taken_at=now,
                queued_ms=max(0.0, self._redis_ms_at_zero + now * 1e3 - added_ms),
                is_recovered=is_recovered,
            )
        except (ValueError, KeyError):
            self._connection.xack(stream, GROUP, entry)
            self._connection.xdel(stream, entry)
            return None

    @staticmethod
    def _strike_off(pipeline: Pipeline, deliveries: Sequence[Delivery]) -> None:
        """Acknowledge and delete: acknowledging alone would leave the pixels in memory.

        To be done in a transaction: a connection that breaks between the two would leave an
        entry that nobody is given any longer, and that counts as waiting for good.
        """
        for delivery in deliveries:
            pipeline.xack(delivery.stream, GROUP, delivery.entry)
            pipeline.xdel(delivery.stream, delivery.entry)


def _killer_reply(request: Request) -> Reply:
    """Answer a request that has outlived its workers."""
    return Reply(
        request_id=request.request_id,
        status="failed",
        detail=f"the request ended {MAX_DELIVERIES} workers and was given up",
    )
