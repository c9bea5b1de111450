"""What a worker tells of itself with every sign of life: its memory, and how its time goes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import redis
import redis.asyncio
from pydantic import ValidationError

from api_schemas.schema import Schema
from messaging.keys import WORKER_SECONDS, vitals_key


class Vitals(Schema):
    """One worker at one moment; what is counted is counted since its start."""

    resident_bytes: int
    """Memory of the process."""
    device_bytes: int
    """Memory of the GPU that tensors take; 0 on a CPU, where they are part of the other."""
    held_requests: int
    """Taken and not yet answered."""
    batches: int
    """Computed for requests."""
    images: int
    """In these batches, without their padding."""
    request_seconds: float
    """That requests had the device."""
    job_seconds: float
    """That jobs had the device."""


def tell_vitals(connection: redis.Redis, worker: str, vitals: Vitals) -> None:
    """Tell how a worker is; to be repeated every second."""
    connection.set(vitals_key(worker), vitals.model_dump_json(), ex=WORKER_SECONDS)


async def read_vitals(
    connection: redis.asyncio.Redis, workers: Sequence[str]
) -> Mapping[str, Vitals]:
    """Look up how workers are, by their IDs; those that have told nothing are left out."""
    if not workers:
        return {}
    told: Any = await connection.mget([vitals_key(worker) for worker in workers])
    return dict(_readable(workers, told))


def _readable(
    workers: Sequence[str], told: Sequence[bytes | None]
) -> Iterator[tuple[str, Vitals]]:
    """Read what can be read; a worker of another version may tell other things."""
    for worker, written in zip(workers, told, strict=True):
        try:
            if written is not None:
                yield worker, Vitals.model_validate_json(written)
        except ValidationError:
            continue
