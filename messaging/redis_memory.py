"""How much memory a Redis has taken, and how much it may."""

from dataclasses import dataclass
from typing import Any

import redis.asyncio


@dataclass(frozen=True)
class RedisMemory:
    """Of one server, in bytes."""

    used: int
    limit: int
    """0 where it has none but the machine's."""


async def read_memory(connection: redis.asyncio.Redis) -> RedisMemory:
    """Ask a server.

    Raises:
        redis.exceptions.RedisError: it is away, or does not let this user ask.
    """
    told: Any = await connection.info("memory")
    return RedisMemory(int(told.get("used_memory", 0)), int(told.get("maxmemory", 0)))
