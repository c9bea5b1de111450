"""Listing jobs by age, a piece at a time."""

from collections.abc import Sequence
from typing import Any

import redis.asyncio


async def ids_before(
    connection: redis.asyncio.Redis,
    listed: Sequence[str],
    before: tuple[int, str] | None,
    count: int,
) -> list[str]:
    """List the jobs of sorted sets of theirs, the newest first, each once.

    Args:
        connection: to the Redis of the jobs.
        listed: keys of the sets, in which jobs stand by the ms of their creation.
        before: when a job was created and its ID; the list goes on with older ones.
        count: at most so many.
    """
    found: set[tuple[int, str]] = set()
    for one in listed:
        found.update(await _before(connection, one, before, count))
    return [job for _, job in sorted(found, reverse=True)[:count]]


async def _before(
    connection: redis.asyncio.Redis, listed: str, before: tuple[int, str] | None, count: int
) -> list[tuple[int, str]]:
    """List the jobs of one set with the ms of their creation.

    Args:
        connection: to the Redis of the jobs.
        listed: key of the set, in which jobs stand by the ms of their creation.
        before: when a job was created and its ID; the list goes on with older ones.
        count: at most so many.
    """
    newest = "+inf" if before is None else before[0]
    # Jobs of the same millisecond are ordered by ID; those up to `before` are dropped.
    surplus = 0
    while True:
        found: Any = await connection.zrevrangebyscore(
            listed, newest, "-inf", 0, count + surplus, withscores=True
        )
        jobs = [(int(score), job.decode()) for job, score in found]
        older = [job for job in jobs if before is None or job < before]
        if len(older) >= count or len(jobs) < count + surplus:
            return older[:count]
        surplus = 2 * (len(jobs) - len(older)) + count
