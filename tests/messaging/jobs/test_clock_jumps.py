"""Clocks that jump by an hour lose no job, hold none up for long, and have none done twice."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from messaging.jobs.ledger import JobLedger
from tests.messaging.jobs.boards import (
    begun_at,
    board_of,
    counting_worker,
    counts,
    ended,
    submit,
    wait_for_step,
)
from tests.processes import wait_until

pytestmark = pytest.mark.processes

HOUR = 3600
SOON_SECONDS = 180.0
"""Ten or so, unless the machine is busy; without help it would be an hour."""
SHORT_LEASE_MS = 3000
STEP_SECONDS = 0.05


class Clock:
    """A worker's clock, beside the true one."""

    def __init__(self, folder: Path, *, ahead_seconds: int) -> None:
        self.file = folder / "clock"
        self.set(ahead_seconds)

    def set(self, ahead_seconds: int) -> None:
        """Have it jump: at one blow, since it may be read at any moment."""
        draft = self.file.with_suffix(".draft")
        draft.write_text(str(ahead_seconds))
        os.replace(draft, self.file)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forward", "back"])
async def test_a_clock_that_jumps_in_the_midst_of_a_job_changes_nothing(
    redis_url, keeping, store, tmp_path, jump
):
    clock = Clock(tmp_path, ahead_seconds=0)
    async with board_of(redis_url) as board:
        with counting_worker(
            redis_url, store, lease_ms=SHORT_LEASE_MS, clock=clock.file
        ) as worker:
            job = await submit(board, "count", steps=100, step_seconds=STEP_SECONDS)
            await asyncio.to_thread(wait_for_step, keeping, job, 10)

            clock.set(jump)

            later = await submit(board, "shards", shards=3, steps=3)
            records = [await ended(board, one) for one in (job, later)]
            assert worker.popen.poll() is None
    assert [record.status for record in records] == ["succeeded", "succeeded"]
    assert counts(keeping, job) == dict.fromkeys(range(100), 1)
    assert keeping.get(f"summed:{later}") == b"1"


async def test_a_job_handed_back_by_a_worker_that_is_an_hour_ahead_goes_on_soon(
    redis_url, keeping, store, tmp_path
):
    clock = Clock(tmp_path, ahead_seconds=HOUR)
    async with board_of(redis_url) as board:
        with counting_worker(redis_url, store, clock=clock.file) as ahead:
            job = await submit(board, "count", steps=100, step_seconds=STEP_SECONDS)
            await asyncio.to_thread(wait_for_step, keeping, job, 2)
            with counting_worker(redis_url, store):
                ahead.signal(signal.SIGTERM)

                record = await ended(board, job, SOON_SECONDS)
    assert record.status == "succeeded"
    assert counts(keeping, job) == dict.fromkeys(range(100), 1)
    assert len(begun_at(keeping, job)) == 2


async def test_a_piece_put_off_by_an_hour_is_tried_again_soon(
    redis_url, keeping, store, tmp_path
):
    clock = Clock(tmp_path, ahead_seconds=HOUR)
    async with board_of(redis_url) as board:
        with counting_worker(redis_url, store, clock=clock.file):
            job = await submit(board, "broken")
            await asyncio.to_thread(
                wait_until, lambda: keeping.get(f"begun:{job}") == b"1", "it fails once"
            )

            clock.set(0)

            record = await ended(board, job, SOON_SECONDS)
    assert (record.status, record.error.code) == ("failed", "job_failed")
    assert keeping.get(f"begun:{job}") == b"3"


async def test_an_open_job_from_the_future_is_looked_after_like_an_old_one(redis_url, keeping):
    async with board_of(redis_url) as board:
        old, fresh, future = [await submit(board, "count", steps=1) for _ in range(3)]
    now_ms = JobLedger(keeping).now_ms()
    for job, ahead_seconds in ((old, -60), (fresh, 0), (future, HOUR)):
        keeping.zadd("vitrine:jobs:open", {job: now_ms + ahead_seconds * 1000})

    found = JobLedger(keeping).open_jobs(older_than_ms=30_000)

    assert found == [old, future]
