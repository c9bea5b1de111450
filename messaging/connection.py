"""Opening connections to Redis (6.2 or later) or Valkey, by URL, with password or TLS."""

from typing import Any

import redis
import redis.asyncio

CONNECT_SECONDS = 2.0
"""A server that is there answers sooner; one that is away must not hold a request up."""

MAX_CONNECTIONS = 512
"""Of one event loop; readers that block hold one each. Commands beyond wait for a connection to
be free: the pool that redis-py makes by itself refuses the hundredth as if Redis were away."""

OPTIONS: dict[str, Any] = {
    # Redis' third protocol would return stream entries as dictionaries of another form.
    "protocol": 2,
    "socket_connect_timeout": CONNECT_SECONDS,
    "health_check_interval": 15,
}


def connect(url: str, *, reply_seconds: float) -> redis.Redis:
    """Open a blocking connection pool.

    Args:
        url: redis://, rediss:// (TLS) or unix://, with user, password and database.
        reply_seconds: a command unanswered for so long counts as a broken connection.
    """
    return redis.Redis.from_url(url, socket_timeout=reply_seconds, **OPTIONS)


def connect_async(url: str, *, reply_seconds: float) -> redis.asyncio.Redis:
    """Open a connection pool for an event loop; arguments as for `connect`."""
    pool = redis.asyncio.BlockingConnectionPool.from_url(
        url,
        max_connections=MAX_CONNECTIONS,
        timeout=reply_seconds,
        socket_timeout=reply_seconds,
        **OPTIONS,
    )
    return redis.asyncio.Redis.from_pool(pool)
