"""Job handles on the real lane: a front, a Redis, and a worker whose jobs count steps."""

import sys

import pytest
import redis

from messaging.registry import announce_models
from tests.messaging.jobs.boards import counting_worker, wait_for_step
from tests.processes import answers, free_port, running, valkey, wait_until
from tests.service.application import record
from tests.vitrine.clients import CLIENTS
from vitrine.client.errors import JobFailedError, NotFoundError, RequestInvalidError

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def redis_url():
    with valkey() as url:
        yield url


@pytest.fixture(scope="module")
def base_url(redis_url, tmp_path_factory):
    """The URL of a front whose jobs a counting worker takes."""
    store, port = tmp_path_factory.mktemp("store"), free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "VITRINE_SERVICE_REDIS_URL": redis_url,
        "VITRINE_SERVICE_DEFAULT_MODEL": "tiny",
        "VITRINE_SERVICE_PORT": str(port),
        "VITRINE_SERVICE_STORE": str(store),
    }
    with redis.Redis.from_url(redis_url) as connection:
        announce_models(connection, [record()])
    module = "tests.vitrine.counting_front"
    with (
        counting_worker(redis_url, store),
        running([sys.executable, "-m", module], settings) as process,
    ):
        wait_until(
            lambda: answers(f"{url}/healthz/live") or process.popen.poll() is not None,
            "the front answers",
        )
        assert process.popen.poll() is None, process.stderr
        yield url


@pytest.fixture(params=CLIENTS.values(), ids=CLIENTS)
def client(request, base_url):
    with request.param(base_url) as opened:
        yield opened


def test_a_job_is_followed_to_its_result_and_its_files(client, tmp_path):
    job = client.submit("count", {"steps": 30, "step_seconds": 0.02})
    seen = []

    result = job.wait(progress=seen.append, timeout_seconds=60)

    assert result == {"steps": 30}
    assert seen
    fractions = [progress.fraction for progress in seen]
    assert fractions == sorted(fractions)
    assert job.refresh().status == "succeeded"
    assert [artifact.path for artifact in job.artifacts()] == ["counted/0.txt"]
    [file] = job.save(tmp_path)
    assert file.read_bytes() == job.artifact("counted/0.txt") == b"30 steps"


def test_events_end_with_the_job_and_can_be_read_again(client):
    job = client.submit("count", {"steps": 2})

    first = list(job.events())
    again = list(job.events())
    behind = list(job.events(after=first[-2].id))

    assert first[-1].kind == "done"
    assert first[-1].data["id"] == job.id
    assert [event.id for event in again] == [event.id for event in first]
    assert [event.kind for event in behind] == ["done"]


def test_a_running_job_is_cancelled_and_begun_again(client, redis_url):
    job = client.submit("count", {"steps": 60, "step_seconds": 0.05})
    with redis.Redis.from_url(redis_url) as connection:
        wait_for_step(connection, job.id, 2)

    job.cancel()
    with pytest.raises(JobFailedError) as raised:
        job.wait(timeout_seconds=60)

    assert raised.value.code == "job_cancelled"
    assert job.status == "cancelled"
    assert job.retry().status in ("queued", "running")
    assert job.wait(timeout_seconds=60) == {"steps": 60}


def test_a_job_that_breaks_down_says_so_without_the_workers_secrets(client):
    job = client.submit("broken")

    with pytest.raises(JobFailedError) as raised:
        job.wait(timeout_seconds=60)

    assert raised.value.job.status == "failed"
    assert "secret" not in str(raised.value)


def test_the_same_submission_with_the_same_key_is_the_same_job(client):
    key = f"key-{free_port()}-{client.submit('count').id}"

    first = client.submit("count", {"steps": 1}, idempotency_key=key)
    second = client.submit("count", {"steps": 1}, idempotency_key=key)
    with pytest.raises(RequestInvalidError) as raised:
        client.submit("count", {"steps": 2}, idempotency_key=key)

    assert first.id == second.id
    assert raised.value.code == "idempotency_mismatch"


def test_jobs_are_gone_through_over_pages_and_deleted(client):
    ids = [client.submit("count", {"steps": 1}).id for _ in range(3)]
    for job in ids:
        client.job(job).wait(timeout_seconds=60)

    listed = [job.id for job in client.jobs(kind="count", status="succeeded", limit=2)]
    client.job(ids[0]).delete()

    assert [job for job in listed if job in ids] == ids[::-1]
    with pytest.raises(NotFoundError):
        client.job(ids[0])


def test_wrong_parameters_of_a_kind_are_pointed_at(client):
    with pytest.raises(RequestInvalidError) as raised:
        client.submit("count", {"steps": "many"})

    assert raised.value.errors[0].pointer == "/params/steps"
