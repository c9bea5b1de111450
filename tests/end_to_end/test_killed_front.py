"""A front that is killed takes no job, no dataset and no place in a queue with it."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import httpx
import pytest
import redis

from tests.end_to_end.images import encoded, noise
from tests.messaging.jobs.boards import board_of, counting_worker, ended, submit
from tests.processes import front, front_process, valkey, wait_ready, wait_until
from tests.storage.hostile_archives import zip_of

pytestmark = pytest.mark.processes

ANSWER_SECONDS = 120.0
BOUNDARY = b"border"
IMAGES = 200
ARCHIVE = zip_of(*((f"all/{seed}.png", encoded(noise(seed))) for seed in range(IMAGES)))


@pytest.fixture(scope="module")
def jobs_url() -> Iterator[str]:
    with valkey() as url:
        yield url


def event_ids(stream: httpx.Response) -> Iterator[str]:
    """Read the IDs of a stream's events."""
    for line in stream.iter_lines():
        if line.startswith("id: "):
            yield line.removeprefix("id: ")


def follow(url: str, job: str, *, after: str = "0-0") -> Iterator[str]:
    """Follow a job from an event on; gives the events' IDs."""
    events = f"{url}/jobs/{job}/events"
    headers = {"Last-Event-ID": after}
    with httpx.stream("GET", events, headers=headers, timeout=ANSWER_SECONDS) as stream:
        yield from event_ids(stream)


async def test_who_follows_a_job_goes_on_at_another_front_and_misses_nothing(
    jobs_url, tmp_path
):
    async with board_of(jobs_url) as board:
        with (
            counting_worker(jobs_url, tmp_path) as worker,
            front(jobs_url, "tiny", store=tmp_path) as other,
            front_process(jobs_url, "tiny", store=tmp_path) as (url, process),
        ):
            job = await submit(board, "count", steps=60, step_seconds=0.05)

            def heard_before_and_after() -> list[str]:
                stream = follow(url, job)
                heard = [next(stream) for _ in range(3)]
                # Frozen, so that the job is not over before the front is.
                worker.signal(signal.SIGSTOP)
                process.signal(signal.SIGKILL)
                with pytest.raises(httpx.TransportError):
                    heard.extend(stream)
                worker.signal(signal.SIGCONT)
                return heard + list(follow(other, job, after=heard[-1]))

            heard = await asyncio.to_thread(heard_before_and_after)
            record = await ended(board, job, ANSWER_SECONDS)
            told = await asyncio.to_thread(lambda: list(follow(other, job)))
    assert record.status == "succeeded"
    assert heard == told


def test_a_front_killed_in_the_midst_of_an_upload_has_taken_nothing(jobs_url, tmp_path):
    form = b"--%s\r\nContent-Disposition: form-data; name=archive; filename=a.zip\r\n\r\n"
    with (
        front(jobs_url, "tiny", store=tmp_path) as other,
        front_process(jobs_url, "tiny", store=tmp_path) as (url, process),
    ):
        connection = HTTPConnection(urlsplit(url).netloc, timeout=ANSWER_SECONDS)
        connection.putrequest("POST", "/datasets")
        connection.putheader("Content-Type", "multipart/form-data; boundary=border")
        connection.putheader("Content-Length", str(len(ARCHIVE) + 200))
        connection.endheaders(form % BOUNDARY + ARCHIVE[: len(ARCHIVE) // 2])

        process.signal(signal.SIGKILL)
        process.wait()
        connection.close()

        assert httpx.get(f"{other}/datasets").json()["datasets"] == []
        assert list(tmp_path.rglob("*.png")) == []


def test_a_front_killed_while_it_unpacks_leaves_no_half_dataset(jobs_url, tmp_path):
    def upload(to: str) -> httpx.Response:
        archive = {"archive": ("a.zip", ARCHIVE)}
        return httpx.post(f"{to}/datasets", files=archive, timeout=ANSWER_SECONDS)

    def upload_in_vain() -> None:
        with suppress(httpx.TransportError):
            upload(url)

    def images_listed() -> list[int]:
        listed = httpx.get(f"{other}/datasets", timeout=ANSWER_SECONDS).json()["datasets"]
        return [one["images"] for one in listed]

    with (
        front(jobs_url, "tiny", store=tmp_path) as other,
        front_process(jobs_url, "tiny", store=tmp_path) as (url, process),
    ):
        uploading = threading.Thread(target=upload_in_vain)
        uploading.start()
        wait_until(lambda: any(tmp_path.rglob("*.png")), "it unpacks")
        process.signal(signal.SIGKILL)
        uploading.join()
        left = images_listed()
        taken = upload(other)
        listed = images_listed()

    # Whoever looks late finds it whole, which is as good.
    assert left in ([], [IMAGES])
    assert taken.status_code == 201
    assert listed == [*left, IMAGES]


async def test_requests_of_a_killed_front_keep_no_place_and_no_memory(redis_url, base_url):
    with front_process(redis_url, "tiny") as (url, process):
        await asyncio.to_thread(wait_ready, url)
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as client:
            asked = [
                asyncio.create_task(
                    client.post(f"{url}/predict", files={"image": encoded(noise(seed))})
                )
                for seed in range(50)
            ]
            await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
            process.signal(signal.SIGKILL)
            await asyncio.gather(*asked, return_exceptions=True)
    with redis.Redis.from_url(redis_url) as connection:
        await asyncio.to_thread(
            wait_until,
            lambda: not connection.xlen("vitrine:requests:tiny"),
            "what it has asked is computed",
        )
        lifetimes = [connection.ttl(key) for key in connection.keys("vitrine:replies:*")]

    # None is for good (-1); those that are gone already (-2) are no memory either.
    assert -1 not in lifetimes
