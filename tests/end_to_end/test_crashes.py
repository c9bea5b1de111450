"""Killed workers and restarted servers lose no answer and mix none up."""

import asyncio
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import pytest

from tests.end_to_end.images import encoded, noise
from tests.end_to_end.test_answers import raw_of
from tests.processes import RunningProcess, front, wait_ready, worker
from tests.redis_server import (
    RedisServer,
    debian_program,
    restartable_redis,
    valkey_program,
)

pytestmark = pytest.mark.processes

IMAGES = [encoded(noise(seed, width=20 + seed)) for seed in range(20)]
REQUESTS = 200
ANSWER_SECONDS = 120.0
OPTIONS = {"outputs": "raw", "polarity": "both"}


@dataclass(frozen=True)
class Stack:
    """A service of two workers."""

    url: str
    server: RedisServer
    victim: RunningProcess


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(valkey_program, id="valkey"),
        pytest.param(debian_program, id="redis", marks=pytest.mark.redis),
    ],
)
def stack(request: pytest.FixtureRequest, models_folder: Path) -> Iterator[Stack]:
    with (
        restartable_redis(request.param) as server,
        worker(server.url, models_folder, models="tiny", max_batch_images=8) as victim,
        worker(server.url, models_folder, models="tiny", max_batch_images=8),
        front(server.url, "tiny", max_waiting_requests=1000, deadline_seconds=60.0) as url,
    ):
        wait_ready(url)
        yield Stack(url, server, victim)


async def explain(client: httpx.AsyncClient, position: int) -> httpx.Response:
    files = {"image": IMAGES[position % len(IMAGES)]}
    return await client.post("/explain/gradcam", files=files, data=OPTIONS)


def check_own(answer: httpx.Response, expected: dict) -> None:
    """Hold an answer against what its image was answered alone."""
    assert answer.json()["image"] == expected["image"]
    np.testing.assert_allclose(raw_of(answer.json()), raw_of(expected), rtol=1e-3, atol=1e-6)


async def test_concurrent_requests_get_their_own_answers_though_a_worker_dies(stack):
    limits = httpx.Limits(max_connections=REQUESTS)
    async with httpx.AsyncClient(
        base_url=stack.url, timeout=ANSWER_SECONDS, limits=limits
    ) as client:
        alone = [(await explain(client, position)).json() for position in range(len(IMAGES))]
        # Stopped, it is still given requests; killed, it never answers them.
        stack.victim.signal(signal.SIGSTOP)
        asked = [asyncio.create_task(explain(client, position)) for position in range(REQUESTS)]
        await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        stack.victim.signal(signal.SIGKILL)
        answers = [await task for task in asked]

    assert {answer.status_code for answer in answers} == {200}
    assert len({one["raw"]["b64"] for one in alone}) == len(IMAGES)
    for position, answer in enumerate(answers):
        check_own(answer, alone[position % len(IMAGES)])


async def test_a_restarted_redis_is_used_again_without_a_hand_and_mixes_nothing_up(stack):
    await asyncio.to_thread(wait_ready, stack.url)
    told: list[tuple[int, httpx.Response]] = []

    async def keep_asking(client: httpx.AsyncClient, ended: asyncio.Event) -> None:
        while not ended.is_set():
            position = len(told)
            told.append((position, await explain(client, position)))
            await asyncio.sleep(0.01)

    async with httpx.AsyncClient(base_url=stack.url, timeout=ANSWER_SECONDS) as client:
        alone = [(await explain(client, position)).json() for position in range(len(IMAGES))]
        ended = asyncio.Event()
        askers = [asyncio.create_task(keep_asking(client, ended)) for _ in range(8)]
        async with asyncio.timeout(ANSWER_SECONDS):
            while sum(answer.is_success for _, answer in told) < 20:
                await asyncio.sleep(0.05)
        stack.server.kill()
        await asyncio.sleep(0.5)
        await asyncio.to_thread(stack.server.start)
        await asyncio.to_thread(wait_ready, stack.url)
        answers = await asyncio.gather(*(explain(client, position) for position in range(20)))
        ended.set()
        await asyncio.gather(*askers)

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.status_code for _, answer in told} == {200, 503}
    for position, answer in [*told, *enumerate(answers)]:
        if answer.is_success:
            check_own(answer, alone[position % len(IMAGES)])
        else:
            assert answer.json()["code"] in ("broker_unavailable", "model_not_ready")
            assert "Retry-After" in answer.headers
