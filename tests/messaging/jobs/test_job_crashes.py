"""Jobs whose workers die, freeze or are told to end; and a Redis that dies and comes back."""

import asyncio
import signal
import time
from contextlib import ExitStack

import pytest
import redis

from tests.messaging.jobs.boards import (
    TAKE_OVER_SECONDS,
    begun_at,
    board_of,
    counting_worker,
    counts,
    ended,
    submit,
    wait_for_step,
)
from tests.processes import wait_until
from tests.redis_server import debian_program, restartable_redis, valkey_program

pytestmark = pytest.mark.processes

SHORT_LEASE_MS = 3000
"""For tests of what happens after a lease, not of how long it is."""

STEP_SECONDS = 0.05


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


async def in_thread(wait, *arguments, **options):
    return await asyncio.to_thread(wait, *arguments, **options)


async def test_after_a_kill_the_job_runs_on_another_worker_in_time_and_from_its_checkpoint(
    redis_url, keeping, store
):
    async with board_of(redis_url) as board:
        with counting_worker(redis_url, store) as first:
            job = await submit(board, "count", steps=300, step_seconds=STEP_SECONDS)
            # Checkpoints are written every 5 s, which is 100 steps.
            await in_thread(wait_for_step, keeping, job, 150)
            with counting_worker(redis_url, store):
                killed_at = time.monotonic()
                first.signal(signal.SIGKILL)

                await in_thread(
                    wait_until, lambda: len(begun_at(keeping, job)) == 2, "it is begun again"
                )

                assert time.monotonic() - killed_at < TAKE_OVER_SECONDS
                assert begun_at(keeping, job)[1] > 50
                record = await ended(board, job)
        steps = counts(keeping, job)
        assert (record.status, record.attempt) == ("succeeded", 2)
        assert set(steps) == set(range(300))
        assert (
            sum(steps.values()) - 300
            == max(step for step, times in steps.items() if times == 2)
            - begun_at(keeping, job)[1]
            + 1
        )
        assert not keeping.exists(f"overlaps:{job}")


async def test_a_kill_in_the_midst_of_shards_costs_that_shard_alone(redis_url, keeping, store):
    async with board_of(redis_url) as board:
        with ExitStack() as stack:
            workers = [
                stack.enter_context(counting_worker(redis_url, store, lease_ms=SHORT_LEASE_MS))
                for _ in range(2)
            ]
            job = await submit(board, "shards", shards=6, steps=20, step_seconds=STEP_SECONDS)
            await in_thread(wait_for_step, keeping, job, 10, task=0)

            workers[0].signal(signal.SIGKILL)

            record = await ended(board, job)
        times = [max(counts(keeping, job, shard).values()) for shard in range(6)]
        assert (record.status, record.result) == ("succeeded", {"steps": 120})
        assert sorted(times) == [1, 1, 1, 1, 1, 2]
        assert keeping.get(f"summed:{job}") == b"1"
        assert not keeping.exists(f"overlaps:{job}")


async def test_a_job_that_kills_three_workers_is_given_up_with_its_own_code(
    redis_url, keeping, store
):
    async with board_of(redis_url) as board:
        with ExitStack() as stack:
            for _ in range(4):
                stack.enter_context(counting_worker(redis_url, store, lease_ms=SHORT_LEASE_MS))
            job = await submit(board, "killer")

            record = await ended(board, job)

        assert (record.status, record.error.code) == ("failed", "job_killed_its_worker")
        assert keeping.get(f"begun:{job}") == b"3"


async def test_a_worker_told_to_end_hands_its_job_on_with_not_a_step_done_twice(
    redis_url, keeping, store
):
    async with board_of(redis_url) as board:
        with counting_worker(redis_url, store) as first:
            job = await submit(board, "count", steps=100, step_seconds=STEP_SECONDS)
            await in_thread(wait_for_step, keeping, job, 20)
            with counting_worker(redis_url, store):
                first.signal(signal.SIGTERM)

                assert await in_thread(first.wait, 10.0) == 0

                record = await ended(board, job)
        assert (record.status, record.attempt) == ("succeeded", 1)
        assert counts(keeping, job) == dict.fromkeys(range(100), 1)
        assert len(begun_at(keeping, job)) == 2


async def test_a_worker_that_was_frozen_past_its_lease_stops_as_soon_as_it_thaws(
    redis_url, keeping, store
):
    async with board_of(redis_url) as board:
        with counting_worker(redis_url, store, lease_ms=SHORT_LEASE_MS) as first:
            job = await submit(board, "count", steps=150, step_seconds=STEP_SECONDS)
            await in_thread(wait_for_step, keeping, job, 20)
            first.signal(signal.SIGSTOP)
            with counting_worker(redis_url, store, lease_ms=SHORT_LEASE_MS):
                await in_thread(
                    wait_until, lambda: len(begun_at(keeping, job)) == 2, "it is taken over"
                )
                await in_thread(wait_for_step, keeping, job, 40)
                first.signal(signal.SIGCONT)

                record = await ended(board, job)
        # The step in which it was frozen is the one that it may still finish.
        steps = counts(keeping, job)
        assert record.status == "succeeded"
        assert sum(times > 1 for times in steps.values()) <= 22
        assert max(steps.values()) == 2
        assert steps[149] == 1


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(valkey_program, id="valkey"),
        pytest.param(debian_program, id="debian", marks=pytest.mark.redis),
    ],
)
async def test_a_job_outlives_a_killed_redis_that_keeps_its_log(program, tmp_path, store):
    with restartable_redis(program, keeps=True) as server:
        async with board_of(server.url) as board:
            with counting_worker(server.url, store):
                running = await submit(board, "count", steps=120, step_seconds=STEP_SECONDS)
                queued = await submit(board, "count", steps=5)
                with redis.Redis.from_url(server.url) as keeping:
                    await in_thread(wait_for_step, keeping, running, 20)

                server.kill()
                await asyncio.sleep(1.0)
                server.start()

                records = [await ended(board, job) for job in (running, queued)]
                with redis.Redis.from_url(server.url) as keeping:
                    steps = counts(keeping, running)
    assert [record.status for record in records] == ["succeeded", "succeeded"]
    assert set(steps) == set(range(120))
    # An append-only file may miss the last second before a kill.
    assert sum(steps.values()) <= 120 + 25


async def test_many_jobs_over_many_kills_are_all_done_and_none_overlaps(
    redis_url, keeping, store
):
    async with board_of(redis_url) as board:
        jobs = [await submit(board, "count", steps=4, step_seconds=0.02) for _ in range(60)]
        for _ in range(3):
            with counting_worker(redis_url, store, lease_ms=SHORT_LEASE_MS) as worker:
                await asyncio.sleep(1.0)
                worker.signal(signal.SIGKILL)
        with ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(counting_worker(redis_url, store, lease_ms=SHORT_LEASE_MS))
            records = [await ended(board, job) for job in jobs]
        assert {record.status for record in records} == {"succeeded"}
        assert all(set(counts(keeping, job)) == set(range(4)) for job in jobs)
        assert not any(keeping.exists(f"overlaps:{job}") for job in jobs)
