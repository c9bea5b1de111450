"""A real Valkey for the tests of API keys, emptied before each of them."""

from collections.abc import Iterator

import pytest
import redis

from messaging.access.store import KeyStore
from messaging.connection import connect
from tests.processes import valkey


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with valkey() as url:
        yield url


@pytest.fixture
def connection(redis_url: str) -> Iterator[redis.Redis]:
    with connect(redis_url, reply_seconds=5.0) as opened:
        opened.flushall()
        yield opened


@pytest.fixture
def keys(connection: redis.Redis) -> KeyStore:
    return KeyStore(connection)
