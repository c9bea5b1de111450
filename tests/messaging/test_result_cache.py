"""The cache of replies on a real Valkey: what is kept comes back, and the bound holds."""

from collections import OrderedDict

import numpy as np
import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging.connection import connect, connect_async
from messaging.keys import CACHE_SECONDS, CACHED_REPLIES, CACHED_USES
from messaging.result_cache import ENTRY_BYTES, LARGEST_PART, ResultCache
from messaging.wire import Reply, Timings, pack_reply

KIB = 1024
KEYS = [bytes([number]) * 32 for number in range(8)]
COMPUTED = {"fingerprint": "ab" * 32, "place": {"images": 4, "row": 1}}


def reply(size: int = 4, target: int = 1) -> Reply:
    """Make a reply with so many numbers."""
    return Reply(
        "id",
        "done",
        map=np.arange(size, dtype=np.float32).reshape(1, size),
        target=target,
        timings=Timings(queue=1.0, compute=2.0, batch_images=4),
        computed=COMPUTED,
    )


def entry_bytes(size: int) -> int:
    """Count what a reply of so many numbers takes in the cache."""
    kept = Reply("", "done", map=reply(size).map, target=1, computed=COMPUTED)
    return len(pack_reply(kept)) + ENTRY_BYTES


@pytest.fixture
async def opened(redis_url, connection):
    async with connect_async(redis_url, reply_seconds=5.0) as asynchronous:
        yield asynchronous


def memory(connection: redis.Redis) -> int:
    """Ask the server what both keys really take."""
    return sum(
        connection.memory_usage(key, samples=0) or 0 for key in (CACHED_REPLIES, CACHED_USES)
    )


async def test_a_reply_comes_back_marked_and_without_the_times_of_its_making(opened):
    cache = ResultCache(opened, max_bytes=64 * KIB)

    assert await cache.keep(KEYS[0], reply())
    missing, found = await cache.find([KEYS[1], KEYS[0]])

    assert missing is None
    assert found.is_cached
    assert (found.target, found.timings, found.computed) == (1, Timings(), COMPUTED)
    np.testing.assert_array_equal(found.map, reply().map, strict=True)


async def test_a_reply_that_takes_too_large_a_part_is_not_kept(opened, connection):
    max_bytes = LARGEST_PART * entry_bytes(100)

    assert await ResultCache(opened, max_bytes=max_bytes).keep(KEYS[0], reply(100))
    assert not await ResultCache(opened, max_bytes=max_bytes - 1).keep(KEYS[1], reply(100))

    assert connection.hexists(CACHED_REPLIES, KEYS[0])
    assert not connection.hexists(CACHED_REPLIES, KEYS[1])


class Model:
    """The cache as an ordered dictionary: a second implementation."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.sizes: OrderedDict[bytes, int] = OrderedDict()

    def keep(self, key: bytes, size: int) -> None:
        if size > self.max_bytes // LARGEST_PART:
            return
        self.sizes.pop(key, None)
        while sum(self.sizes.values()) + size > self.max_bytes:
            self.sizes.popitem(last=False)
        self.sizes[key] = size

    def find(self, key: bytes) -> bool:
        if key in self.sizes:
            self.sizes.move_to_end(key)
        return key in self.sizes


KEEPING = st.tuples(st.sampled_from(KEYS), st.integers(1, 120))
FINDING = st.tuples(st.sampled_from(KEYS), st.none())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(KEEPING | FINDING, max_size=40), max_entries=st.integers(1, 5).map(float))
async def test_any_use_leaves_what_a_bounded_dictionary_would_hold(
    redis_url, steps, max_entries
):
    # Sixteen entries of the largest size are the smallest cache that takes them at all.
    max_bytes = int(LARGEST_PART * entry_bytes(120) * max_entries / 5)
    model = Model(max_bytes)
    with connect(redis_url, reply_seconds=5.0) as connection:
        connection.flushall()
        async with connect_async(redis_url, reply_seconds=5.0) as asynchronous:
            cache = ResultCache(asynchronous, max_bytes=max_bytes)
            for key, size in steps:
                if size is None:
                    (found,) = await cache.find([key])
                    assert (found is not None) == model.find(key)
                else:
                    await cache.keep(key, reply(size))
                    model.keep(key, entry_bytes(size))
                    assert connection.zrange(CACHED_USES, 0, -1) == list(model.sizes)
                    counted = int(connection.hget(CACHED_REPLIES, "bytes") or 0)
                    assert counted == sum(model.sizes.values()) <= max_bytes
        kept = set(connection.hkeys(CACHED_REPLIES)) - {b"bytes", b"uses"}
        assert kept == set(model.sizes)


async def test_the_server_spends_no_more_memory_than_the_bound(opened, connection):
    max_bytes = 256 * KIB
    cache = ResultCache(opened, max_bytes=max_bytes)

    for number in range(900):
        await cache.keep(number.to_bytes(32, "big"), reply(1))

    entries = connection.zcard(CACHED_USES)
    assert entries == max_bytes // entry_bytes(1)
    assert max_bytes / 2 < memory(connection) <= max_bytes


@pytest.mark.parametrize("taken", [CACHED_REPLIES, CACHED_USES])
async def test_a_server_that_takes_one_of_the_keys_does_not_break_the_bound(
    taken, opened, connection
):
    cache = ResultCache(opened, max_bytes=64 * KIB)
    for key in KEYS[:4]:
        await cache.keep(key, reply())

    connection.delete(taken)
    await cache.find(KEYS[:2])
    await cache.keep(KEYS[5], reply())

    assert connection.zrange(CACHED_USES, 0, -1) == [KEYS[5]]
    assert set(connection.hkeys(CACHED_REPLIES)) == {b"bytes", b"uses", KEYS[5]}


async def test_a_cache_that_nobody_uses_goes_by_itself(opened, connection):
    cache = ResultCache(opened, max_bytes=64 * KIB)
    await cache.keep(KEYS[0], reply())
    for key in (CACHED_REPLIES, CACHED_USES):
        connection.expire(key, 5)

    await cache.find([KEYS[0]])

    for key in (CACHED_REPLIES, CACHED_USES):
        assert CACHE_SECONDS - 60 < connection.ttl(key) <= CACHE_SECONDS


async def test_what_another_version_of_us_has_kept_counts_as_not_there(opened, connection):
    cache = ResultCache(opened, max_bytes=64 * KIB)
    await cache.keep(KEYS[0], reply())
    connection.hset(CACHED_REPLIES, KEYS[0], b"another form")

    assert await cache.find([KEYS[0]]) == [None]


async def test_a_reply_kept_again_takes_the_place_of_the_old_one(opened, connection):
    cache = ResultCache(opened, max_bytes=64 * KIB)
    await cache.keep(KEYS[0], reply(50, target=1))
    await cache.keep(KEYS[0], reply(4, target=0))

    (found,) = await cache.find([KEYS[0]])

    assert (found.target, found.map.size) == (0, 4)
    assert int(connection.hget(CACHED_REPLIES, "bytes")) == entry_bytes(4)
