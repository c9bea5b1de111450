"""What a worker tells of itself arrives, expires with it, and hides nothing of the others."""

import pytest

from messaging.connection import connect_async
from messaging.keys import WORKER_SECONDS, vitals_key
from messaging.vitals import Vitals, read_vitals, tell_vitals

VITALS = Vitals(
    resident_bytes=1000,
    device_bytes=0,
    held_requests=3,
    batches=5,
    images=12,
    request_seconds=1.5,
    job_seconds=0.25,
)


async def read(url, *workers):
    async with connect_async(url, reply_seconds=5.0) as connection:
        return await read_vitals(connection, workers)


async def test_what_a_worker_tells_arrives_under_its_own_name(redis_url, connection):
    tell_vitals(connection, "one", VITALS)
    tell_vitals(connection, "two", VITALS.model_copy(update={"images": 13}))

    told = await read(redis_url, "two", "one", "three")

    assert {worker: one.images for worker, one in told.items()} == {"one": 12, "two": 13}
    assert told["one"] == VITALS


async def test_it_is_forgotten_as_soon_as_the_worker_counts_as_dead(connection):
    tell_vitals(connection, "one", VITALS)

    assert 0 < connection.ttl(vitals_key("one")) <= WORKER_SECONDS


@pytest.mark.parametrize("written", ["{}", "no json", '{"moon": 1}'])
async def test_a_worker_of_another_version_hides_none_of_the_others(
    redis_url, connection, written
):
    tell_vitals(connection, "one", VITALS)
    connection.set(vitals_key("other"), written)

    assert await read(redis_url, "other", "one") == {"one": VITALS}


async def test_nobody_is_asked_for_where_no_worker_lives(redis_url):
    assert await read(redis_url) == {}
