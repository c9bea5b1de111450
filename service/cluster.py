"""What both Redis servers know of workers and jobs at one moment, for the metrics."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import redis.asyncio
from redis.exceptions import RedisError

from messaging.errors import BrokerUnavailableError
from messaging.jobs.board import JobBoard
from messaging.jobs.census import JobCensus
from messaging.redis_memory import RedisMemory, read_memory
from messaging.registry import Hosting
from messaging.vitals import Vitals, read_vitals
from service.known_models import KnownModels


@dataclass(frozen=True)
class Cluster:
    """Of the parts whose Redis is away it says what was true last."""

    has_requests_redis: bool = False
    has_jobs_redis: bool = False
    hosting: Hosting = field(default_factory=Hosting)
    vitals: Mapping[str, Vitals] = field(default_factory=dict)
    memory: RedisMemory | None = None
    """Of the Redis of the requests."""
    jobs: JobCensus | None = None

    @property
    def model_workers(self) -> dict[str, int]:
        """How many live workers host each model that was ever announced."""
        hosted = [model for models in self.hosting.workers.values() for model in models]
        return {model: hosted.count(model) for model in self.hosting.models}


async def look_at_cluster(
    before: Cluster,
    *,
    connection: redis.asyncio.Redis,
    models: KnownModels,
    board: JobBoard,
) -> Cluster:
    """Look anew, as far as the servers answer.

    Args:
        before: what was seen last.
        connection: to the Redis of the requests.
        models: known to this front.
        board: of the jobs.
    """
    seen = await _look_at_requests(before, connection, models)
    try:
        jobs = await board.count_all(list(seen.hosting.models))
    except (BrokerUnavailableError, RedisError, OSError):
        return replace(seen, has_jobs_redis=False)
    return replace(seen, has_jobs_redis=True, jobs=jobs)


async def _look_at_requests(
    before: Cluster, connection: redis.asyncio.Redis, models: KnownModels
) -> Cluster:
    """Look at what the Redis of the requests knows."""
    try:
        hosting = await models.hosting()
        return replace(
            before,
            has_requests_redis=True,
            hosting=hosting,
            vitals=await read_vitals(connection, list(hosting.workers)),
            memory=await read_memory(connection),
        )
    except (BrokerUnavailableError, RedisError, OSError):
        return replace(before, has_requests_redis=False)
