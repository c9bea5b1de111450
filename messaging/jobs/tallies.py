"""Counts over the jobs of all time, kept beside their records for the metrics of the fronts.

They are counted by whoever has changed a record, right behind it: a process that dies in
between leaves an end uncounted, never one counted twice.
"""

from collections.abc import Mapping
from typing import Any

import redis
import redis.asyncio

from messaging.jobs.keys import ENDED_TALLY, STAGE_SECONDS_TALLY, STAGE_TASKS_TALLY

Tally = Mapping[tuple[str, str], float]
"""Counts by the two words that a field is made of."""

SEPARATOR = ":"
"""Between the two words: neither kinds, nor stages, statuses or codes have it in them."""


def field_of(first: str, second: str) -> str:
    """Name the field that counts a pair of words."""
    return f"{first}{SEPARATOR}{second}"


def tally_end(connection: redis.Redis, status: str, code: str) -> None:
    """Count a job that has ended; the code says why, if it has not succeeded."""
    connection.hincrby(ENDED_TALLY, field_of(status, code), 1)


def tally_stages(connection: redis.Redis, kind: str, seconds: Mapping[str, float]) -> None:
    """Count the stages that a task went through, and how long it was at each.

    Args:
        connection: to the Redis of the jobs.
        kind: of the job.
        seconds: by the name of the stage.
    """
    with connection.pipeline(transaction=False) as pipeline:
        for stage, spent in seconds.items():
            pipeline.hincrby(STAGE_TASKS_TALLY, field_of(kind, stage), 1)
            pipeline.hincrbyfloat(STAGE_SECONDS_TALLY, field_of(kind, stage), spent)
        pipeline.execute()


async def read_tally(connection: redis.asyncio.Redis, key: str) -> Tally:
    """Give the counts of one tally."""
    fields: Any = await connection.hgetall(key)
    return {
        (first, second): float(count)
        for field, count in fields.items()
        for first, _, second in [field.decode().partition(SEPARATOR)]
    }
