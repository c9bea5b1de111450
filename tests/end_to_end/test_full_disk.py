"""A disk without room ends a job or an upload in plain words, and nothing else.

The kernel itself refuses the writes: files of the process may not grow beyond a limit, which
the tests set and lift while it runs.
"""

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import numpy as np
import pytest
import redis
from PIL import Image

from storage.job_files import JobFiles
from storage.store import open_store
from tests.end_to_end.images import encoded
from tests.messaging.jobs.boards import board_of, counting_worker, counts, ended, submit
from tests.processes import RunningProcess, front_process, valkey
from tests.storage.hostile_archives import zip_of

pytestmark = pytest.mark.processes

ROOM_BYTES = 100_000
"""More than any log of these tests."""
PATIENCE_SECONDS = 180.0


@pytest.fixture(scope="module")
def jobs_url() -> Iterator[str]:
    with valkey() as url:
        yield url


@contextmanager
def no_room(process: RunningProcess) -> Iterator[None]:
    """Have a process' files grow no larger than some bytes."""
    before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (ROOM_BYTES, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)


def photographs(count: int) -> bytes:
    """Pack pictures of noise of about 270 kB each."""
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (count, 300, 300, 3), np.uint8)
    return zip_of(
        *(
            (f"all/{number}.png", encoded(Image.fromarray(one)))
            for number, one in enumerate(pixels)
        )
    )


async def test_a_job_without_room_says_so_and_goes_on_when_there_is_some(jobs_url, tmp_path):
    store = tmp_path / "store"
    async with board_of(jobs_url) as board:
        with (
            counting_worker(jobs_url, store) as worker,
            front_process(jobs_url, "tiny", store=store) as (url, _),
        ):
            with no_room(worker):
                job = await submit(board, "count", steps=5, padding_bytes=10 * ROOM_BYTES)
                failed = await ended(board, job, PATIENCE_SECONDS)
                left = JobFiles(open_store(str(store)), job).list_artifacts()
                small = await ended(
                    board, await submit(board, "count", steps=2), PATIENCE_SECONDS
                )
            told = await asyncio.to_thread(httpx.get, f"{url}/jobs/{job}/result")
            await board.retry(job)
            again = await ended(board, job, PATIENCE_SECONDS)
            written = JobFiles(open_store(str(store)), job).read_artifact("counted/0.txt")
    assert (failed.status, failed.error.code) == ("failed", "store_full")
    assert left == []
    assert small.status == "succeeded"
    assert (told.status_code, told.json()["code"]) == (507, "store_full")
    assert again.status == "succeeded"
    assert len(written) > 10 * ROOM_BYTES
    with redis.Redis.from_url(jobs_url) as keeping:
        # The steps were in a checkpoint: the disk cost the artifact alone.
        assert counts(keeping, job) == dict.fromkeys(range(5), 1)


@pytest.mark.parametrize("count", [2, 8], ids=["in memory", "on the disk already as it comes"])
def test_an_upload_without_room_leaves_nothing_and_the_front_goes_on(jobs_url, tmp_path, count):
    archive = {"archive": ("a.zip", photographs(count))}
    with (
        front_process(jobs_url, "tiny", store=tmp_path) as (url, process),
        httpx.Client(base_url=url, timeout=PATIENCE_SECONDS) as client,
    ):
        with no_room(process):
            refused = client.post("/datasets", files=archive)
            listed, files = client.get("/datasets").json(), list(tmp_path.rglob("*.png"))
        taken = client.post("/datasets", files=archive)

    assert (refused.status_code, refused.json()["code"]) == (507, "store_full")
    assert (listed["datasets"], files) == ([], [])
    assert (taken.status_code, taken.json()["images"]) == (201, count)
