"""The rate of a key, held against a bucket that fills by the clock of the test."""

import asyncio
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging.access.keys import RATE_SECONDS
from messaging.access.rates import MINUTE_MS, RateMeter
from messaging.connection import connect_async
from messaging.errors import BrokerUnavailableError
from tests.processes import free_port


class Clock:
    """Stands still unless it is moved; ms."""

    def __init__(self) -> None:
        self.ms = 1_700_000_000_000

    def __call__(self) -> float:
        return self.ms


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def meter(redis_url, connection, clock):
    async with connect_async(redis_url, reply_seconds=5.0) as opened:
        yield RateMeter(opened, clock_ms=clock)


async def test_a_rested_key_may_spend_its_minute_at_once_and_no_more(meter):
    taken = [await meter.take("key", per_minute=3) for _ in range(4)]

    assert [one.is_granted for one in taken] == [True, True, True, False]
    assert [one.remaining for one in taken] == [2, 1, 0, 0]
    assert [one.reset_seconds for one in taken] == [20, 40, 60, 60]
    assert [one.retry_seconds for one in taken] == [0, 0, 20, 20]
    assert {one.limit for one in taken} == {3}


async def test_what_is_refused_does_not_count(meter, clock):
    for _ in range(10):
        last = await meter.take("key", per_minute=2)

    assert not last.is_granted
    clock.ms += last.retry_seconds * 1000
    assert (await meter.take("key", per_minute=2)).is_granted
    assert not (await meter.take("key", per_minute=2)).is_granted


async def test_a_key_does_not_count_for_another_one(meter):
    await meter.take("one", per_minute=1)

    assert not (await meter.take("one", per_minute=1)).is_granted
    assert (await meter.take("other", per_minute=1)).is_granted


async def test_all_fronts_count_together(redis_url, connection, clock):
    async with (
        connect_async(redis_url, reply_seconds=5.0) as one,
        connect_async(redis_url, reply_seconds=5.0) as other,
    ):
        meters = [RateMeter(opened, clock_ms=clock) for opened in (one, other)]
        taken = [await meters[turn % 2].take("key", per_minute=4) for turn in range(6)]

    assert [one.is_granted for one in taken] == [True] * 4 + [False] * 2


async def test_redis_own_clock_is_used_where_no_other_is_given(redis_url, connection):
    async with connect_async(redis_url, reply_seconds=5.0) as opened:
        meter = RateMeter(opened)
        first = await meter.take("key", per_minute=1)
        second = await meter.take("key", per_minute=1)

    assert first.is_granted
    assert first.remaining == 0
    assert not second.is_granted
    assert 0 < second.retry_seconds <= 60


async def test_what_is_remembered_of_a_key_is_gone_after_a_while(meter, connection):
    for _ in range(5):
        await meter.take("key", per_minute=2)

    assert MINUTE_MS / 1000 < connection.ttl("vitrine:rate:key") <= RATE_SECONDS


async def test_a_redis_that_is_away_grants_nothing():
    url = f"redis://127.0.0.1:{free_port()}"
    async with connect_async(url, reply_seconds=1.0) as opened:
        with pytest.raises(BrokerUnavailableError):
            await RateMeter(opened).take("key", per_minute=1)


class Bucket:
    """What must be true: it holds a minute's requests, and fills evenly."""

    def __init__(self, per_minute: int) -> None:
        self.most = self.held = Fraction(per_minute)

    def wait(self, ms: int) -> None:
        self.held = min(self.most, self.held + ms * self.most / MINUTE_MS)

    def take(self) -> bool:
        if self.held < 1:
            return False
        self.held -= 1
        return True


@pytest.mark.usefixtures("connection")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    per_minute=st.sampled_from([1, 2, 3, 5, 8, 60, 600, 60_000]),
    gaps=st.lists(st.one_of(st.just(0), st.integers(0, 70_000)), min_size=1, max_size=25),
)
def test_a_key_is_granted_what_a_bucket_that_fills_evenly_would_hold(
    redis_url, per_minute, gaps
):
    async def life() -> None:
        clock, bucket = Clock(), Bucket(per_minute)
        async with connect_async(redis_url, reply_seconds=5.0) as opened:
            await opened.flushall()
            meter = RateMeter(opened, clock_ms=clock)
            for gap in gaps:
                clock.ms += gap
                bucket.wait(gap)
                taken = await meter.take("key", per_minute=per_minute)
                assert taken.is_granted == bucket.take()
                assert taken.remaining == int(bucket.held + Fraction(1, 1000))

    asyncio.run(life())
