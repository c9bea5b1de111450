"""A front with a cache on a real Valkey, before a worker that says what has computed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from api_schemas.explanations import ExplanationOrder
from api_schemas.models import ModelRecord
from messaging.connection import connect_async
from messaging.result_cache import ResultCache
from messaging.wire import Reply
from tests.service.application import FakeLane, FixedModels, client_of, record, reply

MAX_BYTES = 1024 * 1024
FINGERPRINT = "f1" * 32


def computed(fingerprint: str = FINGERPRINT, images: int = 4, row: int = 1) -> dict:
    """Tell what has computed a reply, as workers do."""
    return {
        "fingerprint": fingerprint,
        "versions": {"tensorflow": "2.20.0"},
        "precision": "float32",
        "device": "CPU",
        "place": {"images": images, "row": row},
    }


def known_record(**changes: object) -> ModelRecord:
    """Describe a model whose worker says what it computes with."""
    return record().model_copy(update={"fingerprint": FINGERPRINT, **changes})


def known_reply(order: ExplanationOrder, **changes: object) -> Reply:
    """Answer an order as such a worker does, at the place that it asks for."""
    place = order.place.model_dump() if order.place else {"images": 4, "row": 1}
    return reply(order, **{"computed": computed(**place), **changes})


class Cached:
    """A client, the lane behind the front, and the cache in between."""

    def __init__(self, client: httpx.AsyncClient, lane: FakeLane, cache: ResultCache) -> None:
        self.client, self.lane, self.cache = client, lane, cache

    async def post(self, path: str, file: bytes, **request: object) -> httpx.Response:
        """Send an image, and wait until what comes of it is in the cache."""
        response = await self.client.post(
            path, files={"image": ("image", file, "application/octet-stream")}, **request
        )
        await keeping_over()
        return response


async def keeping_over() -> None:
    """Wait for the tasks that put replies into the cache."""
    while keeping := [
        task
        for task in asyncio.all_tasks()
        if getattr(task.get_coro(), "__qualname__", "") == "Remembering._keep"
    ]:
        await asyncio.wait(keeping)


@asynccontextmanager
async def cached_front(
    redis_url: str,
    *,
    lane: FakeLane | None = None,
    models: FixedModels | None = None,
    max_bytes: int = MAX_BYTES,
) -> AsyncIterator[Cached]:
    """Run a front with a cache."""
    lane = lane or FakeLane(known_reply)
    async with connect_async(redis_url, reply_seconds=5.0) as connection:
        cache = ResultCache(connection, max_bytes=max_bytes)
        async with client_of(
            lane, models or FixedModels(known_record()), cache=cache
        ) as client:
            yield Cached(client, lane, cache)
