"""Who gets in: every request but those for health and the page's files comes by here."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

import redis.asyncio
from fastapi import Request
from starlette.datastructures import Headers

from api_schemas.api_keys import KeyRecord
from messaging.access.rates import Allowance, RateMeter
from messaging.access.ring import KeyRing
from service.access_errors import ForbiddenError, RateLimitedError, UnauthenticatedError
from service.caller import ANYBODY, Caller
from service.scopes import needed_scope


def now_in_utc() -> datetime:
    """Give the time of this machine."""
    return datetime.now(UTC)


class Gate(Protocol):
    """Lets a request in, or refuses it."""

    async def admit(self, request: Request) -> Caller:
        """Say whom a request comes from."""


class OpenGate:
    """Lets everybody in."""

    async def admit(self, request: Request) -> Caller:
        """Let a request in."""
        return ANYBODY


class KeyGate:
    """Asks for an API key, once there are any."""

    def __init__(
        self, ring: KeyRing, meter: RateMeter, *, now: Callable[[], datetime] = now_in_utc
    ) -> None:
        self._ring = ring
        self._meter = meter
        self._now = now

    async def admit(self, request: Request) -> Caller:
        """Say whom a request comes from.

        Raises:
            UnauthenticatedError: it has no key, or none that is taken.
            RateLimitedError: its key asks too fast.
            ForbiddenError: its key may not do this.
            BrokerUnavailableError: nothing certain is known of the keys, or of their rates.
        """
        scope = needed_scope(request)
        if scope is None or not await self._ring.asks_for_a_key():
            return ANYBODY
        key = self._key_in(request.headers)
        request.state.key = key.id
        await self._count(key, request)
        caller = Caller(key)
        if not caller.may(scope):
            raise ForbiddenError(scope, key.scopes)
        return caller

    def _key_in(self, headers: Headers) -> KeyRecord:
        """Find the key that a request comes with.

        Raises:
            UnauthenticatedError: it has none, or none that is taken.
        """
        secret = secret_in(headers)
        if secret is None:
            raise UnauthenticatedError(is_sent=False)
        key = self._ring.key_of(secret)
        if key is None or self._is_over(key):
            raise UnauthenticatedError(is_sent=True)
        return key

    def _is_over(self, key: KeyRecord) -> bool:
        """Whether a key was taken once, and is no more."""
        is_expired = key.expires_at is not None and key.expires_at <= self._now()
        return is_expired or key.revoked_at is not None

    async def _count(self, key: KeyRecord, request: Request) -> None:
        """Count a request of a key that may not have any number.

        Raises:
            RateLimitedError: it is one too many.
        """
        if key.requests_per_minute is None:
            return
        allowance = await self._meter.take(key.id, per_minute=key.requests_per_minute)
        request.state.answer_headers.update(rate_headers(allowance))
        if not allowance.is_granted:
            raise RateLimitedError(allowance)


@asynccontextmanager
async def open_gate(
    authentication: str, keeping: redis.asyncio.Redis, counting: redis.asyncio.Redis
) -> AsyncIterator[Gate]:
    """Make the gate that the settings ask for, and keep it told of keys in the block.

    Args:
        authentication: `auto`, `required` or `off`.
        keeping: to the Redis of the jobs, which has the keys.
        counting: to the Redis of the requests.
    """
    if authentication == "off":
        yield OpenGate()
        return
    ring = KeyRing(keeping, is_required=authentication == "required")
    async with ring.watched():
        yield KeyGate(ring, RateMeter(counting))


def secret_in(headers: Headers) -> str | None:
    """Read the key of a request: `Authorization: Bearer`, or `X-API-Key`; none if it has none.

    Never from the address, which is written into logs and histories.
    """
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return secret.strip()
    return headers.get("x-api-key")


def rate_headers(allowance: Allowance) -> dict[str, str]:
    """Write what a key has left.

    Source: draft-ietf-httpapi-ratelimit-headers-07, which has a header for each number; the
    drafts after it pack them into one that few clients read yet.
    """
    return {
        "RateLimit-Limit": str(allowance.limit),
        "RateLimit-Remaining": str(allowance.remaining),
        "RateLimit-Reset": str(allowance.reset_seconds),
    }
