"""How fast an API key may ask: so many requests a minute, over all fronts.

Source: the generic cell rate algorithm (ITU-T I.371, annex A), as a virtual schedule. What is
kept of a key is when its next request would be due if all came evenly; a request may come a
minute before it is due. So a key that has rested may spend its minute at once, and then
gets one request back at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

import redis.asyncio
from redis.exceptions import RedisError

from messaging.access.keys import RATE_SECONDS, rate_key
from messaging.errors import BrokerUnavailableError

MINUTE_MS = 60_000

TAKE = """
-- KEYS: rate; ARGV: interval in ms, minute in ms, lifetime in seconds, now in ms or ''
local now = tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + time[2] / 1000
end
local interval, minute = tonumber(ARGV[1]), tonumber(ARGV[2])
local due = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
local next_due = due + interval
if next_due - now > minute + 0.001 then return {0, tostring(due - now)} end
redis.call('SET', KEYS[1], string.format('%.3f', next_due), 'EX', ARGV[3])
return {1, tostring(next_due - now)}
"""
"""Times within Redis are its own: the clocks of fronts differ."""


@dataclass(frozen=True)
class Allowance:
    """What a key has left."""

    is_granted: bool
    """Whether this request is within it."""
    limit: int
    """Requests in a minute."""
    remaining: int
    """That may follow at once."""
    retry_seconds: int
    """Until the next one may come; 0 where it may at once."""
    reset_seconds: int
    """Until all of them may."""


class RateMeter:
    """Counts the requests of keys."""

    def __init__(
        self, connection: redis.asyncio.Redis, *, clock_ms: Callable[[], float] | None = None
    ) -> None:
        """Take the connection.

        Args:
            connection: to the Redis of the requests.
            clock_ms: in place of Redis' own.
        """
        self._take = connection.register_script(TAKE)
        self._clock_ms = clock_ms

    async def take(self, key: str, *, per_minute: int) -> Allowance:
        """Count a request.

        Raises:
            BrokerUnavailableError: Redis is away.
        """
        interval = MINUTE_MS / per_minute
        now = self._clock_ms() if self._clock_ms else ""
        try:
            answer: Any = await self._take(
                keys=[rate_key(key)], args=[interval, MINUTE_MS, RATE_SECONDS, now]
            )
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        return allowance(
            bool(answer[0]), ahead_ms=float(answer[1]), interval=interval, limit=per_minute
        )


def allowance(is_granted: bool, *, ahead_ms: float, interval: float, limit: int) -> Allowance:
    """Say what is left to a key whose next request is due so many ms from now."""
    # Redis keeps microseconds: what is a millionth short of a request is one.
    remaining = int((MINUTE_MS - ahead_ms) / interval + 1e-3)
    wait_ms = max(0.0, ahead_ms + interval - MINUTE_MS) if remaining < 1 else 0.0
    return Allowance(
        is_granted=is_granted,
        limit=limit,
        remaining=max(0, remaining),
        retry_seconds=ceil(wait_ms / 1000),
        reset_seconds=ceil(ahead_ms / 1000),
    )
