"""All jobs at one moment, as numbers: how many wait, run and have ended, where time went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import redis.asyncio

from messaging.jobs import keys
from messaging.jobs.tallies import Tally, read_tally
from messaging.redis_memory import RedisMemory, read_memory


@dataclass(frozen=True)
class JobCensus:
    """What the Redis of the jobs knows."""

    queued: Mapping[str, int]
    """Jobs that wait, by their model."""
    running: int
    ended: Tally
    """Jobs by status and code of their end; the code of a success is empty."""
    stage_tasks: Tally
    """Tasks done by kind of job and stage."""
    stage_seconds: Tally
    """That these tasks took."""
    memory: RedisMemory


async def take_census(connection: redis.asyncio.Redis, models: Sequence[str]) -> JobCensus:
    """Count the jobs.

    Args:
        connection: to the Redis of the jobs.
        models: for which jobs may wait.

    Raises:
        redis.exceptions.RedisError: Redis is away.
    """
    queued = {model: int(await connection.zcard(keys.queued_key(model))) for model in models}
    unended = int(await connection.zcard(keys.OPEN_JOBS))
    return JobCensus(
        queued=queued,
        # A job may begin between the two counts.
        running=max(0, unended - sum(queued.values())),
        ended=await read_tally(connection, keys.ENDED_TALLY),
        stage_tasks=await read_tally(connection, keys.STAGE_TASKS_TALLY),
        stage_seconds=await read_tally(connection, keys.STAGE_SECONDS_TALLY),
        memory=await read_memory(connection),
    )
