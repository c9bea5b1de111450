"""A real Valkey for the front's tests; the log is kept out of the output."""

from collections.abc import Iterator

import pytest
import redis
import structlog

from messaging.connection import connect
from tests.processes import valkey


@pytest.fixture(autouse=True)
def logged():
    """Collect what is logged."""
    with structlog.testing.capture_logs() as lines:
        yield lines


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with valkey() as url:
        yield url


@pytest.fixture
def connection(redis_url: str) -> Iterator[redis.Redis]:
    with connect(redis_url, reply_seconds=5.0) as opened:
        opened.flushall()
        yield opened
