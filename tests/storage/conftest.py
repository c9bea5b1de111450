"""Every test of a store is run on a folder and on a real S3 server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store, open_store
from tests.s3_server import S3Server, s3_server


@pytest.fixture(scope="session")
def server() -> Iterator[S3Server]:
    with s3_server() as running, running.environment():
        yield running


@pytest.fixture(params=["folder", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store."""
    if request.param == "folder":
        return str(tmp_path / "store")
    return f"{request.getfixturevalue('server').new_bucket()}/some/prefix"


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url)
