"""A job lane is given the time to begin, and is missed when a part of it breaks."""

import asyncio
import time

import pytest

from messaging.jobs import runner
from messaging.jobs.runner import JobRunner


class FakeWorker:
    """One of BullMQ's workers that has not begun yet."""

    running = False


@pytest.fixture
def lane():
    given = {"carry_out": None, "when_given_up": None, "sweep": None}
    return JobRunner("redis://nowhere", queues=["a", "b"], **given)


@pytest.fixture
def workers():
    return [FakeWorker(), FakeWorker()]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(runner, "LOOK_SECONDS", 0.01)


async def test_workers_that_take_their_time_to_begin_are_not_broken(lane, workers):
    watching = asyncio.create_task(lane._watch(workers))
    await asyncio.sleep(0.1)
    workers[0].running = True
    await asyncio.sleep(0.1)
    workers[1].running = True
    await asyncio.sleep(0.1)

    assert not watching.done()
    lane.stop()
    await asyncio.wait_for(watching, 5.0)


async def test_a_worker_that_ends_is_missed_at_once(lane, workers):
    workers[0].running = True
    watching = asyncio.create_task(lane._watch(workers))
    await asyncio.sleep(0.1)
    workers[0].running = False

    await asyncio.wait_for(watching, 5.0)


async def test_a_worker_that_never_begins_is_missed_in_the_end(lane, workers, monkeypatch):
    monkeypatch.setattr(runner, "BEGIN_SECONDS", 0.2)
    workers[0].running = True
    begun_at = time.monotonic()

    await asyncio.wait_for(lane._watch(workers), 5.0)

    assert time.monotonic() - begun_at >= 0.2
