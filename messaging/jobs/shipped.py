"""Jobs that were done elsewhere and came with a model: recorded once, and never again."""

import json
from typing import Any

import redis

from api_schemas.packed_jobs import PackedJob
from messaging.jobs import keys, scripts


class ShippedRecords:
    """Their records, as workers write them. Safe to use from any thread.

    Every method raises redis.exceptions.RedisError where Redis is away.
    """

    def __init__(self, connection: redis.Redis) -> None:
        self._connection = connection
        self._bring = connection.register_script(scripts.BRING)

    def is_brought(self, job: str) -> bool:
        """Say whether a job has been recorded before; it may have been deleted since."""
        known: Any = self._connection.sismember(keys.BROUGHT_JOBS, job)
        return bool(known)

    def bring(self, job: str, packed: PackedJob) -> bool:
        """Record a job as one that has succeeded, whose files are in the store already.

        Args:
            job: its ID, always the same of the same packed job.
            packed: what was done.

        Returns:
            Whether it is new.
        """
        times = (packed.created_at, packed.started_at, packed.finished_at)
        brought: Any = self._bring(
            keys=[
                keys.job_key(job),
                keys.JOBS,
                keys.SHIPPED_JOBS,
                keys.BROUGHT_JOBS,
                keys.events_key(job),
            ],
            args=[
                job,
                packed.kind,
                packed.model,
                json.dumps(packed.params, sort_keys=True),
                json.dumps(packed.result),
                *(round(time.timestamp() * 1000) for time in times),
            ],
        )
        return bool(brought)
