"""A real Valkey and a tiny network, both made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import structlog

from messaging.connection import connect
from tests.processes import valkey
from tests.tiny_model import write_tiny_model


@pytest.fixture(autouse=True)
def logged():
    """Collect what is logged."""
    with structlog.testing.capture_logs() as lines:
        yield lines


@pytest.fixture(scope="session")
def _valkey_url() -> Iterator[str]:
    with valkey() as url:
        yield url


@pytest.fixture
def connection(_valkey_url: str) -> Iterator[redis.Redis]:
    with connect(_valkey_url, reply_seconds=5.0) as opened:
        opened.flushall()
        yield opened


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder)
    return folder
