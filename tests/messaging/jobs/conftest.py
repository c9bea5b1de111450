"""A Redis for the job lane, emptied of jobs before each test; workers stay connected to it."""

from collections.abc import Iterator

import pytest
import redis

from tests.processes import valkey


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with valkey() as url:
        yield url


@pytest.fixture
def keeping(redis_url: str) -> Iterator[redis.Redis]:
    """A connection to the Redis of the jobs."""
    with redis.Redis.from_url(redis_url) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _no_jobs_of_other_tests(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as opened:
        for pattern in ("vitrine:job*", "vitrine:idempotency:*"):
            for key in opened.scan_iter(pattern):
                opened.delete(key)
