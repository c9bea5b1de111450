"""Which models there are and which live workers host them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import redis
import redis.asyncio
import structlog
from pydantic import ValidationError

from api_schemas.models import ModelRecord
from messaging.keys import MODELS, WORKER_SECONDS, WORKERS, worker_key

log = structlog.get_logger()


@dataclass(frozen=True)
class Hosting:
    """The models known at one moment, and who hosts them."""

    models: dict[str, ModelRecord] = field(default_factory=dict)
    """Every model ever announced, by name."""
    workers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Live workers by ID, with the names of the models that each hosts."""

    def is_hosted(self, model: str) -> bool:
        """Whether a live worker hosts the model."""
        return any(model in hosted for hosted in self.workers.values())


def announce_models(connection: redis.Redis, records: Sequence[ModelRecord]) -> None:
    """Tell every front what a worker's models are."""
    if records:
        connection.hset(MODELS, mapping={r.name: r.model_dump_json() for r in records})


def announce_life(connection: redis.Redis, worker: str, models: Sequence[str]) -> None:
    """Say that a worker is alive and what it hosts; to be repeated every second."""
    with connection.pipeline(transaction=True) as pipeline:
        pipeline.set(worker_key(worker), json.dumps(list(models)), ex=WORKER_SECONDS)
        pipeline.sadd(WORKERS, worker)
        pipeline.execute()


def announce_end(connection: redis.Redis, worker: str) -> None:
    """Say that a worker takes nothing more."""
    with connection.pipeline(transaction=True) as pipeline:
        pipeline.delete(worker_key(worker))
        pipeline.srem(WORKERS, worker)
        pipeline.execute()


def live_workers(connection: redis.Redis) -> list[str]:
    """List the IDs of workers that have shown a sign of life in the last seconds."""
    members: Any = connection.smembers(WORKERS)
    worker_ids = sorted(worker.decode() for worker in members)
    signs: Any = connection.mget([worker_key(worker) for worker in worker_ids] or ["-"])
    return [worker for worker, sign in zip(worker_ids, signs, strict=False) if sign is not None]


async def read_hosting(
    connection: redis.asyncio.Redis, known: dict[str, ModelRecord]
) -> Hosting:
    """Look up the models and the live workers.

    Args:
        connection: to Redis.
        known: models seen before, kept even where a restarted Redis has forgotten them.
    """
    records: Any = await connection.hgetall(MODELS)
    members: Any = await connection.smembers(WORKERS)
    worker_ids = [worker.decode() for worker in members]
    signs = await connection.mget([worker_key(worker) for worker in worker_ids] or ["-"])
    dead = [worker for worker, sign in zip(worker_ids, signs, strict=False) if sign is None]
    if dead:
        await connection.srem(WORKERS, *dead)
    return Hosting(
        models=known | dict(_read_records(records)),
        workers={
            worker: tuple(json.loads(sign))
            for worker, sign in zip(worker_ids, signs, strict=False)
            if sign is not None
        },
    )


def _read_records(records: Mapping[bytes, bytes]) -> Iterator[tuple[str, ModelRecord]]:
    """Read announced models; one that another version of us wrote must not hide the rest."""
    for name, record in sorted(records.items()):
        try:
            yield name.decode(), ModelRecord.model_validate_json(record)
        except ValidationError as error:
            faults = error.error_count()
            log.warning("a model's record cannot be read", model=name, faults=faults)
