"""One service of real processes for all tests that break nothing in it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.end_to_end.atlas_jobs import families_archive
from tests.processes import front, valkey, wait_ready, worker
from tests.tiny_model import write_tiny_model

ANSWER_SECONDS = 60.0
"""A first request to a method compiles it."""


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two models: `tiny`, and `zoo` with two classes of one name."""
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder)
    write_tiny_model(folder, name="zoo", classes=("crane", "lion", "crane"), size=24, seed=3)
    return folder


@pytest.fixture(scope="session")
def base_url(models_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a service of one Valkey, one worker and one front."""
    store = tmp_path_factory.mktemp("store")
    limits = {"max_image_pixels": 20_000_000, "deadline_seconds": 60.0}
    with (
        valkey() as redis_url,
        worker(redis_url, models_folder, store=store),
        front(redis_url, "tiny", store=store, **limits) as url,
    ):
        wait_ready(url)
        yield url


@pytest.fixture(scope="session")
def client(base_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base_url, timeout=ANSWER_SECONDS) as opened:
        yield opened


@pytest.fixture(scope="session")
def dataset(client: httpx.Client) -> str:
    """Three families of pictures, and a file that is none, in two classes."""
    answer = client.post("/datasets", files={"archive": ("a.zip", families_archive())})
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found
