"""Following a job: its events as they happen."""

import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import redis.asyncio
from redis.exceptions import RedisError

from messaging.errors import BrokerUnavailableError, JobNotFoundError
from messaging.jobs import keys
from messaging.jobs.record import JobRecord

FOLLOW_MS = 1000
"""How long one read of a job's events waits."""


@dataclass(frozen=True)
class JobEvent:
    """Something that happened to a job."""

    id: str
    """Of the entry in the job's stream; later ones are larger."""
    event: str
    """progress, preview, done or error."""
    data: str
    """JSON."""


async def follow_job(
    connection: redis.asyncio.Redis,
    job: str,
    *,
    after: str,
    find: Callable[[str], Awaitable[JobRecord]],
    is_ending: Callable[[], bool],
    until: float = math.inf,
) -> AsyncIterator[JobEvent]:
    """Give a job's events as they happen, until it has ended or is deleted.

    Time limits are kept by looking at the clock: the client library may swallow a cancellation
    that comes while it reads, and a timeout from outside would then never end.

    Args:
        connection: to the Redis of the jobs.
        job: its ID.
        after: of the last event known, `0-0` for all that are kept.
        find: looks a job up.
        is_ending: asked every second: the process is to end.
        until: `time.monotonic()` at which it is enough.

    Raises:
        JobNotFoundError: there is no such job.
        BrokerUnavailableError: Redis is away.
    """
    await find(job)
    while not is_ending() and (left := until - time.monotonic()) > 0:
        block_ms = max(1, round(min(FOLLOW_MS, left * 1000)))
        try:
            # Looked up first: what the record says has happened is in the stream by then.
            is_over = await _is_over(job, find)
            answer: Any = await connection.xread(
                {keys.events_key(job): after}, block=None if is_over else block_ms
            )
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        for _, entries in answer or []:
            for entry, fields in entries:
                after = entry.decode()
                yield JobEvent(after, fields[b"event"].decode(), fields[b"data"].decode())
        if is_over:
            return


async def _is_over(job: str, find: Callable[[str], Awaitable[JobRecord]]) -> bool:
    """Whether nothing more happens to a job."""
    try:
        return (await find(job)).has_ended
    except JobNotFoundError:
        return True
