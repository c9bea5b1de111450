"""The front's view of models and workers is fresh, and outlives what Redis forgets."""

import asyncio

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from messaging.connection import connect_async
from messaging.errors import BrokerUnavailableError
from messaging.keys import MODELS, WORKERS
from messaging.registry import announce_end, announce_life, announce_models
from service.errors import ModelNotFoundError, ModelNotReadyError
from service.known_models import KnownModels
from tests.service.application import record


@pytest.fixture
async def models(redis_url, monkeypatch):
    monkeypatch.setattr("service.known_models.MAX_AGE_SECONDS", -1.0)
    async with connect_async(redis_url, reply_seconds=5.0) as connection:
        yield KnownModels(connection, default_model="tiny")


async def test_a_model_is_hosted_while_a_worker_shows_life(models, connection):
    announce_models(connection, [record()])
    with pytest.raises(ModelNotReadyError):
        await models.find_hosted("tiny")

    announce_life(connection, "worker", ["tiny"])
    assert (await models.find_hosted(None)).name == "tiny"

    announce_end(connection, "worker")
    assert (await models.find("tiny")).name == "tiny"
    with pytest.raises(ModelNotReadyError):
        await models.find_hosted("tiny")


async def test_a_name_that_no_worker_ever_announced_is_not_found(models, connection):
    announce_models(connection, [record()])

    with pytest.raises(ModelNotFoundError) as refusal:
        await models.find("lion")

    assert refusal.value.known == ("tiny",)


async def test_the_default_model_is_not_ready_rather_than_unknown(models, connection):
    with pytest.raises(ModelNotReadyError):
        await models.find(None)


async def test_a_model_is_remembered_though_redis_forgets_it(models, connection):
    announce_models(connection, [record()])
    await models.find("tiny")
    connection.flushall()

    assert (await models.find("tiny")).name == "tiny"


async def test_a_record_of_another_version_hides_no_other_model(models, connection):
    announce_models(connection, [record()])
    connection.hset(MODELS, "newer", '{"name": "newer", "colour": "red"}')

    assert list((await models.hosting()).models) == ["tiny"]


async def test_a_worker_without_a_sign_of_life_is_taken_off_the_list(models, connection):
    connection.sadd(WORKERS, "dead")
    announce_life(connection, "alive", ["tiny"])

    assert list((await models.hosting()).workers) == ["alive"]
    assert connection.smembers(WORKERS) == {b"alive"}


async def test_many_requests_that_meet_a_redis_that_is_away_try_it_once():
    class Away:
        tries = 0

        async def hgetall(self, _):
            self.tries += 1
            await asyncio.sleep(0.05)
            raise RedisConnectionError

    away = Away()
    models = KnownModels(away, default_model="tiny")

    asked = [asyncio.create_task(models.find(None)) for _ in range(50)]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)

    assert {type(outcome) for outcome in outcomes} == {BrokerUnavailableError}
    assert away.tries == 1
