"""What callers are told when the service cannot answer: too many, too late, nobody there."""

import asyncio
import signal

import httpx
import pytest

from tests.end_to_end.images import encoded, noise
from tests.processes import answers, front, wait_ready, wait_until, worker
from tests.redis_server import restartable_redis, valkey_program

pytestmark = pytest.mark.processes

FILES = {"image": encoded(noise(0))}
MAX_WAITING = 3
ANSWER_SECONDS = 60.0
"""For a caller on a busy machine; the service itself gives up after its deadline."""


@pytest.fixture(scope="module")
def stack(models_folder):
    """A service that lets few requests wait, and not for long."""
    with (
        restartable_redis(valkey_program) as server,
        worker(server.url, models_folder, models="tiny") as process,
        front(
            server.url, "tiny", max_waiting_requests=MAX_WAITING, deadline_seconds=2.0
        ) as url,
    ):
        yield url, server, process


def predict(url: str, **options: str) -> httpx.Response:
    return httpx.post(f"{url}/predict", files=FILES, params=options, timeout=ANSWER_SECONDS)


def answered_by(url: str, model: str) -> str | None:
    """Ask a model; gives the name that answered, none if it was too late."""
    return predict(url, model=model).json().get("model")


def get(url: str) -> httpx.Response:
    return httpx.get(url, timeout=ANSWER_SECONDS)


def problem(response: httpx.Response) -> tuple[int, str, bool]:
    return response.status_code, response.json()["code"], "Retry-After" in response.headers


async def predict_at_once(url: str, count: int) -> list[tuple[int, str, bool]]:
    async with httpx.AsyncClient(base_url=url, timeout=ANSWER_SECONDS) as client:
        return [
            problem(response)
            for response in await asyncio.gather(
                *(client.post("/predict", files=FILES) for _ in range(count))
            )
        ]


async def test_a_busy_service_refuses_the_rest_at_once_and_tells_the_others_when_late(stack):
    url, _, process = stack
    wait_ready(url)
    process.signal(signal.SIGSTOP)
    try:
        told = await predict_at_once(url, 8)
    finally:
        process.signal(signal.SIGCONT)

    assert told.count((504, "deadline_exceeded", True)) == MAX_WAITING
    assert told.count((429, "queue_full", True)) == 8 - MAX_WAITING
    wait_until(lambda: predict(url).is_success, "it answers")


def test_a_redis_that_is_away_is_told_and_found_again_without_a_hand(stack):
    url, server, _ = stack
    wait_ready(url)
    server.kill()
    try:
        wait_until(lambda: not answers(f"{url}/healthz/ready"), "it notices")
        ready, listed = get(f"{url}/healthz/ready"), get(f"{url}/models")
        live, predicted = get(f"{url}/healthz/live"), predict(url)
    finally:
        server.start()

    assert (ready.status_code, ready.json()["checks"]["redis"]) == (503, "does not answer")
    assert problem(predicted) == problem(listed) == (503, "broker_unavailable", True)
    assert live.status_code == 200
    wait_ready(url)
    wait_until(lambda: predict(url).is_success, "it answers")


def test_a_service_without_a_worker_says_that_the_model_is_not_ready(stack, models_folder):
    _, server, _ = stack
    with front(server.url, "lion") as lonely:
        ready = get(f"{lonely}/healthz/ready")
        refused, unknown = predict(lonely), predict(lonely, model="wolf")

    assert ready.status_code == 503
    assert problem(refused) == (503, "model_not_ready", True)
    assert problem(unknown) == (404, "model_not_found", False)


def test_each_worker_answers_for_the_models_that_it_hosts(stack, models_folder):
    url, server, _ = stack
    wait_ready(url)
    with worker(server.url, models_folder, models="zoo"):
        for name in ("tiny", "zoo"):
            wait_until(lambda name=name: answered_by(url, name) == name, "it answers")
    wait_until(lambda: not predict(url, model="zoo").is_success, "its end is noticed")
    refused = predict(url, model="zoo")
    listed = {one["name"]: one["ready"] for one in get(f"{url}/models").json()["models"]}

    assert problem(refused) == (503, "model_not_ready", True)
    assert listed == {"tiny": True, "zoo": False}
    wait_until(lambda: answered_by(url, "tiny") == "tiny", "the other still answers")


def test_a_worker_told_to_end_answers_what_it_holds_and_leaves(stack, models_folder):
    # The last test of this service: its worker is gone after it.
    url, _, process = stack
    wait_ready(url)
    process.signal(signal.SIGTERM)

    assert process.wait(ANSWER_SECONDS) == 0
    assert '"event": "worker has ended"' in process.stderr
    wait_until(lambda: not answers(f"{url}/healthz/ready"), "it is missed")
    assert problem(predict(url)) == (503, "model_not_ready", True)
