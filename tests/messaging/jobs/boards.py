"""A front's side of the job lane for tests, and counting workers as processes."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import redis

from messaging.connection import connect_async
from messaging.jobs.board import JobBoard
from messaging.jobs.dispatch import Dispatch, bull_connection
from messaging.jobs.record import JobRecord
from tests.messaging.jobs.counting_worker import MODEL
from tests.processes import RunningProcess, running, wait_until

TAKE_OVER_SECONDS = 30.0
"""The contract's bound from the death of a worker to the job running on another one."""


@asynccontextmanager
async def board_of(
    url: str, *, most_open: int = 1000, retention_hours: float = 1.0
) -> AsyncIterator[JobBoard]:
    """Open a board until the block ends."""
    async with connect_async(url, reply_seconds=5.0) as keeping, bull_connection(url) as bull:
        yield JobBoard(
            keeping,
            Dispatch(bull),
            most_open=most_open,
            retention_hours=retention_hours,
            is_ending=lambda: False,
        )


async def submit(board: JobBoard, kind: str, word: str | None = None, **params: Any) -> str:
    """Submit a job; its ID."""
    record, _ = await board.submit(kind, MODEL, params, idempotency=word)
    return record.id


async def ended(board: JobBoard, job: str, seconds: float = 60.0) -> JobRecord:
    """Wait for a job's end."""
    record = await board.wait(job, seconds)
    assert record.has_ended, f"{job} is {record.status} after {seconds} s"
    return record


@contextmanager
def counting_worker(
    url: str, store: Path, *, lease_ms: int | None = None, clock: Path | None = None
) -> Iterator[RunningProcess]:
    """Run a counting worker until the block ends.

    Args:
        url: of the Redis of the jobs.
        store: its folder.
        lease_ms: of its leases; the usual one by default.
        clock: file that says by how many seconds its clock is ahead.
    """
    package = "tests.messaging.jobs"
    module = (
        [f"{package}.counting_worker"]
        if clock is None
        else [f"{package}.shifted_worker", clock]
    )
    lease = [] if lease_ms is None else [str(lease_ms)]
    with (
        running([sys.executable, "-m", *map(str, module), url, str(store), *lease]) as process,
        redis.Redis.from_url(url) as connection,
    ):
        wait_until(
            lambda: (
                connection.sismember("counting-workers", process.pid)
                or process.popen.poll() is not None
            ),
            "the worker begins",
        )
        assert process.popen.poll() is None, process.stderr
        yield process


def counts(connection: redis.Redis, job: str, task: int = 0) -> dict[int, int]:
    """How often each step of a task ran."""
    steps: Any = connection.hgetall(f"steps:{job}:{task}")
    return {int(step): int(times) for step, times in steps.items()}


def begun_at(connection: redis.Redis, job: str, task: int = 0) -> list[int]:
    """At which step each run of a task began."""
    begun: Any = connection.lrange(f"begun:{job}:{task}", 0, -1)
    return [int(step) for step in begun]


def wait_for_step(connection: redis.Redis, job: str, step: int, task: int = 0) -> None:
    """Wait until a task has come to a step."""
    wait_until(lambda: step in counts(connection, job, task), f"step {step}", seconds=60.0)
