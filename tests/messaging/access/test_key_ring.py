"""What a front knows of the keys: soon, never too old, and never an open door by accident."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from api_schemas.api_keys import KeyLimits
from messaging.access import ring as ring_module
from messaging.access.ring import MAX_AGE_SECONDS, KeyRing
from messaging.access.store import KeyStore
from messaging.connection import connect, connect_async
from messaging.errors import BrokerUnavailableError
from tests.processes import free_port
from tests.redis_server import restartable_redis, valkey_program

ANY = KeyLimits()
DEADLINE_SECONDS = 60.0


class Clock:
    """Stands still unless it is moved; seconds."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class NoRedis:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def hgetall(self, _: str) -> dict[bytes, bytes]:
        self.asked += 1
        return {}


@asynccontextmanager
async def watched(url, *, is_required=False, clock=None):
    async with connect_async(url, reply_seconds=2.0) as opened:
        clocks = {"clock": clock} if clock else {}
        async with KeyRing(opened, is_required=is_required, **clocks).watched() as ring:
            yield ring


async def becomes(holds) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not await holds():
            await asyncio.sleep(0.02)


async def test_without_any_key_none_is_asked_for(redis_url, connection):
    async with watched(redis_url) as ring:
        assert not await ring.asks_for_a_key()


async def test_a_service_that_requires_keys_asks_before_there_are_any(redis_url, connection):
    async with watched(redis_url, is_required=True) as ring:
        assert await ring.asks_for_a_key()


async def test_a_front_that_runs_asks_for_keys_soon_after_the_first_is_made(redis_url, keys):
    async with watched(redis_url) as ring:
        assert not await ring.asks_for_a_key()
        record, secret = keys.create("first", ["read"], ANY, owner=None)

        await becomes(ring.asks_for_a_key)

        assert ring.key_of(secret) == record
        assert ring.key_of(secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None
        assert ring.key_of("") is None


async def test_a_front_that_runs_hears_of_a_revoked_key(redis_url, keys):
    record, secret = keys.create("lost", ["read"], ANY, owner=None)
    async with watched(redis_url) as ring:
        keys.revoke(record.id)

        async def is_revoked() -> bool:
            return ring.key_of(secret).revoked_at is not None

        await becomes(is_revoked)
        assert await ring.asks_for_a_key()


async def test_the_last_key_revoked_does_not_open_the_service(redis_url, keys):
    record, _ = keys.create("only", ["read"], ANY, owner=None)
    keys.revoke(record.id)

    async with watched(redis_url) as ring:
        assert await ring.asks_for_a_key()


async def test_a_redis_that_has_lost_its_keys_does_not_open_a_front_that_runs(
    redis_url, keys, connection
):
    _, secret = keys.create("only", ["read"], ANY, owner=None)
    async with watched(redis_url) as ring:
        connection.flushall()

        async def is_unknown() -> bool:
            return ring.key_of(secret) is None

        await becomes(is_unknown)
        assert await ring.asks_for_a_key()


async def test_where_redis_is_away_from_the_start_nobody_is_let_in():
    async with watched(f"redis://127.0.0.1:{free_port()}") as ring:
        with pytest.raises(BrokerUnavailableError):
            await ring.asks_for_a_key()


async def test_known_keys_are_taken_for_seconds_without_redis_and_then_refused():
    clock = Clock()
    with restartable_redis(valkey_program, keeps=True) as server:
        with connect(server.url, reply_seconds=5.0) as opened:
            _, secret = KeyStore(opened).create("a notebook", ["read"], ANY, owner=None)
        async with watched(server.url, clock=clock) as ring:
            server.kill()

            clock.seconds += MAX_AGE_SECONDS
            assert await ring.asks_for_a_key()
            assert ring.key_of(secret) is not None
            clock.seconds += 0.1
            with pytest.raises(BrokerUnavailableError):
                await ring.asks_for_a_key()

            server.start()
            clock.seconds += MAX_AGE_SECONDS
            assert await ring.asks_for_a_key()
            assert ring.key_of(secret) is not None


async def test_a_service_without_keys_stays_open_while_redis_is_away():
    clock = Clock()
    with restartable_redis(valkey_program) as server:
        async with watched(server.url, clock=clock) as ring:
            server.kill()
            clock.seconds += 100 * MAX_AGE_SECONDS

            assert not await ring.asks_for_a_key()


async def test_requests_never_ask_redis_where_there_are_no_keys(monkeypatch):
    monkeypatch.setattr(ring_module, "READ_SECONDS", 1e6)
    connection, clock = NoRedis(), Clock()
    async with KeyRing(connection, is_required=False, clock=clock).watched() as ring:
        for _ in range(100):
            clock.seconds += 10 * MAX_AGE_SECONDS
            assert not await ring.asks_for_a_key()

    assert connection.asked == 1


async def test_requests_ask_redis_once_where_what_is_known_is_too_old(monkeypatch):
    monkeypatch.setattr(ring_module, "READ_SECONDS", 1e6)
    connection, clock = NoRedis(), Clock()
    async with KeyRing(connection, is_required=True, clock=clock).watched() as ring:
        clock.seconds += 2 * MAX_AGE_SECONDS
        await asyncio.gather(*(ring.asks_for_a_key() for _ in range(100)))

    assert connection.asked == 2


async def test_a_front_that_ends_waits_for_no_further_look(redis_url, connection, monkeypatch):
    monkeypatch.setattr(ring_module, "READ_SECONDS", 1e6)
    async with asyncio.timeout(DEADLINE_SECONDS):
        async with watched(redis_url):
            pass


async def test_a_front_that_ends_in_the_midst_of_a_look_ends_after_it(monkeypatch):
    monkeypatch.setattr(ring_module, "READ_SECONDS", 0.001)
    connection, is_asked, may_answer = NoRedis(), asyncio.Event(), asyncio.Event()
    answered = connection.hgetall

    async def slow(key: str) -> dict[bytes, bytes]:
        is_asked.set()
        await may_answer.wait()
        return await answered(key)

    async with asyncio.timeout(DEADLINE_SECONDS):
        async with KeyRing(connection, is_required=False).watched():
            connection.hgetall = slow
            await is_asked.wait()
            asyncio.get_running_loop().call_later(0.01, may_answer.set)

    assert connection.asked == 2
