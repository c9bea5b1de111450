"""A front that asks for API keys, with a real Redis; and callers who have some."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import redis

from api_schemas.api_keys import KeyLimits, KeyRecord, KeyScope
from messaging.access.rates import RateMeter
from messaging.access.ring import KeyRing
from messaging.access.store import KeyStore
from messaging.connection import connect_async
from service.gate import KeyGate, now_in_utc
from service.known_models import KnownModels
from tests.messaging.jobs.boards import board_of
from tests.service.application import client_of

USUAL: tuple[KeyScope, ...] = ("read", "explain", "jobs")


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def made_key(
    redis_url: str,
    *scopes: KeyScope,
    name: str = "a notebook",
    owner: str | None = None,
    **limits: object,
) -> tuple[KeyRecord, dict[str, str]]:
    """Make a key; its record, and the headers of whoever has it."""
    with redis.Redis.from_url(redis_url) as connection:
        record, secret = KeyStore(connection).create(
            name, scopes or USUAL, KeyLimits(**limits), owner=owner
        )
    return record, bearer(secret)


@asynccontextmanager
async def keyed_front(
    redis_url: str,
    store: Path,
    *,
    now: Callable[[], datetime] = now_in_utc,
    clock_ms: Callable[[], float] | None = None,
    models: KnownModels | None = None,
    **settings: object,
) -> AsyncIterator[httpx.AsyncClient]:
    """Run a front on what keys there are, and on those made later, after a second."""
    async with (
        connect_async(redis_url, reply_seconds=5.0) as keeping,
        board_of(redis_url) as board,
        KeyRing(keeping, is_required=False).watched() as ring,
    ):
        gate = KeyGate(ring, RateMeter(keeping, clock_ms=clock_ms), now=now)
        async with client_of(
            models=models, board=board, store=store, gate=gate, **settings
        ) as client:
            yield client


def moment(text: str) -> datetime:
    """Read a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
