"""Several fronts and workers: some leave, some are frozen, some are killed by a request.

Whatever happens, an answer is that of its own image, or a refusal that the contract has.
"""

import asyncio
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.end_to_end.images import encoded, noise
from tests.end_to_end.test_answers import raw_of
from tests.processes import (
    RunningProcess,
    front,
    several_workers,
    valkey,
    wait_ready,
)
from tests.workers.poisonable_worker import POISON

pytestmark = pytest.mark.processes

POISONABLE = {"module": "tests.workers.poisonable_worker", "models": "tiny"}
IMAGES = [encoded(noise(seed, width=20 + seed)) for seed in range(20)]
POISONED = encoded(Image.new("RGB", (32, 32), POISON))
REQUESTS = 200
FEW_WAITING = 8
MOST_DEATHS = 3
ANSWER_SECONDS = 300.0
DEADLINE_SECONDS = 120.0
OPTIONS = {"outputs": "raw", "polarity": "both"}


@dataclass(frozen=True)
class Stack:
    """A service of two fronts and three workers."""

    redis_url: str
    urls: tuple[str, str]
    """Of the fronts; the second lets few requests wait."""
    workers: list[RunningProcess]
    alone: list[dict]
    """What each image was answered alone."""

    def is_right(self, place: int, answer: httpx.Response) -> bool:
        """Whether an answer is that of its image."""
        expected, told = self.alone[place % len(IMAGES)], answer.json()
        return told["image"] == expected["image"] and np.allclose(
            raw_of(told), raw_of(expected), rtol=1e-3, atol=1e-6
        )


@pytest.fixture(scope="module")
def stack(models_folder: Path) -> Iterator[Stack]:
    settings = {"deadline_seconds": DEADLINE_SECONDS}
    with (
        valkey() as redis_url,
        several_workers(redis_url, models_folder, count=3, **POISONABLE) as workers,
        front(redis_url, "tiny", max_waiting_requests=1000, **settings) as wide,
        front(redis_url, "tiny", max_waiting_requests=FEW_WAITING, **settings) as narrow,
    ):
        for url in (wide, narrow):
            wait_ready(url)
        with httpx.Client(base_url=wide, timeout=ANSWER_SECONDS) as client:
            alone = [
                client.post("/explain/gradcam", files={"image": image}, data=OPTIONS).json()
                for image in IMAGES
            ]
        yield Stack(redis_url, (wide, narrow), workers, alone)


async def explain(client: httpx.AsyncClient, url: str, image: bytes) -> httpx.Response:
    return await client.post(f"{url}/explain/gradcam", files={"image": image}, data=OPTIONS)


def client_of_many() -> httpx.AsyncClient:
    return httpx.AsyncClient(
        timeout=ANSWER_SECONDS, limits=httpx.Limits(max_connections=REQUESTS)
    )


async def test_more_than_can_be_done_is_refused_at_once_and_what_is_taken_is_answered(stack):
    _, narrow = stack.urls
    async with client_of_many() as client:
        # Frozen, the workers do nothing at all: whatever comes is too much.
        for worker in stack.workers:
            worker.signal(signal.SIGSTOP)
        asked = [
            asyncio.create_task(explain(client, narrow, IMAGES[place % len(IMAGES)]))
            for place in range(REQUESTS)
        ]
        await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        for worker in stack.workers:
            worker.signal(signal.SIGCONT)
        answers = await asyncio.gather(*asked)
        await asyncio.to_thread(wait_ready, narrow)
        next_one = await explain(client, narrow, IMAGES[0])

    taken = [place for place, answer in enumerate(answers) if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert len(taken) >= FEW_WAITING
    assert all(stack.is_right(place, answers[place]) for place in taken)
    codes = {(one.status_code, one.json()["code"]) for one in refused}
    # Frozen for five seconds, as they are where all this takes long, they count as gone.
    assert {(429, "queue_full")} <= codes <= {(429, "queue_full"), (503, "model_not_ready")}
    assert all(int(one.headers["Retry-After"]) > 0 for one in refused)
    assert next_one.status_code == 200
    assert stack.is_right(0, next_one)


async def test_a_worker_that_is_removed_is_missed_by_no_request_of_two_fronts(stack):
    wide, _ = stack.urls
    leaving = stack.workers[0]
    with front(stack.redis_url, "tiny", max_waiting_requests=1000) as other:
        await asyncio.to_thread(wait_ready, other)
        async with client_of_many() as client:
            asked = [
                asyncio.create_task(
                    explain(client, (wide, other)[place % 2], IMAGES[place % len(IMAGES)])
                )
                for place in range(REQUESTS)
            ]
            await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
            leaving.signal(signal.SIGTERM)
            answers = await asyncio.gather(*asked)
            code = await asyncio.to_thread(leaving.wait, ANSWER_SECONDS)

    assert code == 0
    assert {answer.status_code for answer in answers} == {200}
    assert all(stack.is_right(place, answer) for place, answer in enumerate(answers))


async def test_a_request_that_kills_workers_is_given_up_and_takes_no_other_with_it(
    stack, models_folder
):
    # After the test before, two workers are left: with two more, one outlives the poison.
    wide, _ = stack.urls
    with several_workers(stack.redis_url, models_folder, count=2, **POISONABLE) as fresh:
        async with client_of_many() as client:
            images = [IMAGES[place % len(IMAGES)] for place in range(REQUESTS)]
            poisoned = asyncio.create_task(explain(client, wide, POISONED))
            answers = await asyncio.gather(*(explain(client, wide, one) for one in images))
            given_up = await poisoned
            after = await explain(client, wide, IMAGES[0])
        deaths = [one.popen.poll() for one in (*stack.workers[1:], *fresh) if one.popen.poll()]

    assert (given_up.status_code, given_up.json()["code"]) == (500, "explanation_failed")
    assert set(deaths) == {-signal.SIGKILL}
    assert len(deaths) <= MOST_DEATHS
    assert {answer.status_code for answer in answers} == {200}
    assert all(stack.is_right(place, answer) for place, answer in enumerate(answers))
    assert after.status_code == 200
