"""Replies kept for whoever asks the same again: bounded, the least recently used leaving first.

Both keys go once nobody has used the cache for CACHE_SECONDS. Every operation is one script,
which Redis runs as a whole, so that the bound is exact with any number of fronts.
"""

from collections.abc import Sequence
from dataclasses import replace

import redis.asyncio

from messaging.keys import CACHE_SECONDS, CACHED_REPLIES, CACHED_USES
from messaging.wire import Reply, Timings, pack_reply, unpack_reply

ENTRY_BYTES = 320
"""That Redis needs for an entry beside the reply: its key twice, and the order of use."""

LARGEST_PART = 16
"""An entry takes at most this part of the cache: a few large ones must not empty it."""

# The fields `bytes` and `uses` of the hash count; every other one is an entry, by its key.
FIND = """
local found = redis.call('HMGET', KEYS[1], unpack(ARGV, 2))
for place = 1, #found do
  if found[place] then
    local use = redis.call('HINCRBY', KEYS[1], 'uses', 1)
    redis.call('ZADD', KEYS[2], use, ARGV[place + 1])
    redis.call('EXPIRE', KEYS[1], ARGV[1])
    redis.call('EXPIRE', KEYS[2], ARGV[1])
  end
end
return found
"""

# A Redis that may evict keys may take one of the two alone: then the other one goes as well.
KEEP = """
local replies, uses, key, reply = KEYS[1], KEYS[2], ARGV[1], ARGV[2]
local most, beside = tonumber(ARGV[3]), tonumber(ARGV[4])
local entries = redis.call('ZCARD', uses)
if entries + 2 ~= redis.call('HLEN', replies) then
  redis.call('DEL', replies, uses)
  redis.call('HSET', replies, 'bytes', 0, 'uses', 0)
end
local function take_out(gone)
  local bytes = redis.call('HSTRLEN', replies, gone) + beside
  redis.call('HDEL', replies, gone)
  redis.call('ZREM', uses, gone)
  return redis.call('HINCRBY', replies, 'bytes', -bytes)
end
local bytes = tonumber(redis.call('HGET', replies, 'bytes'))
if redis.call('HEXISTS', replies, key) == 1 then bytes = take_out(key) end
local room = most - #reply - beside
while bytes > room do bytes = take_out(redis.call('ZRANGE', uses, 0, 0)[1]) end
redis.call('HSET', replies, key, reply)
redis.call('HINCRBY', replies, 'bytes', #reply + beside)
redis.call('ZADD', uses, redis.call('HINCRBY', replies, 'uses', 1), key)
redis.call('EXPIRE', replies, ARGV[5])
redis.call('EXPIRE', uses, ARGV[5])
"""


class ResultCache:
    """Keeps replies in Redis, so many bytes of them."""

    def __init__(self, connection: redis.asyncio.Redis, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._keys = [CACHED_REPLIES, CACHED_USES]
        self._find = connection.register_script(FIND)
        self._keep = connection.register_script(KEEP)

    async def find(self, keys: Sequence[bytes]) -> list[Reply | None]:
        """Look replies up, in one round trip.

        Args:
            keys: at least one; see `service.cache_keys`.

        Returns:
            For each key its reply, which says that it is cached and took no time, or none.

        Raises:
            RedisError, OSError: Redis is away.
        """
        found = await self._find(keys=self._keys, args=[CACHE_SECONDS, *keys])
        return [None if packed is None else _read(packed) for packed in found]

    async def keep(self, key: bytes, reply: Reply) -> bool:
        """Keep a reply, in place of those that were not used for longest.

        Returns:
            Whether it is small enough to be kept.

        Raises:
            RedisError, OSError: Redis is away, or takes no more.
        """
        packed = pack_reply(replace(reply, request_id="", timings=Timings()))
        if len(packed) + ENTRY_BYTES > self._max_bytes // LARGEST_PART:
            return False
        sizes = [self._max_bytes, ENTRY_BYTES, CACHE_SECONDS]
        await self._keep(keys=self._keys, args=[key, packed, *sizes])
        return True


def _read(packed: bytes) -> Reply | None:
    """Read what was kept; what another version of us wrote counts as not there."""
    try:
        return replace(unpack_reply(packed), is_cached=True)
    except ValueError:
        return None
