"""Mortal workers that are replaced when they are killed, and what has come of the jobs."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis

from messaging.jobs.board import JobBoard
from messaging.jobs.record import JobRecord
from storage.job_files import JobFiles
from storage.store import open_store
from tests.processes import RunningProcess, running

KILLED = -9
PATIENCE_SECONDS = 900


@dataclass
class Workforce:
    """Two mortal workers at a time: one is at it, one stands by; the last is alone."""

    command: list[str]
    stack: ExitStack
    left: int
    """Workers that may still be started: each takes seconds to import TensorFlow."""
    killed: int = 0
    workers: list[RunningProcess] = field(default_factory=list)

    def keep_up(self) -> None:
        """Replace whoever was killed."""
        self.bury()
        while len(self.workers) < 2 and self.left:
            self.left -= 1
            self.workers.append(self.stack.enter_context(running(self.command)))

    def bury(self) -> None:
        """Count whoever was killed."""
        for worker in list(self.workers):
            code = worker.popen.poll()
            if code is not None:
                assert code == KILLED, worker.stderr
                self.workers.remove(worker)
                self.killed += 1


@contextmanager
def workforce(url: str, store: Path, models: Path, *, count: int) -> Iterator[Workforce]:
    """Run so many workers, one after another, until the block ends."""
    module = "tests.workers.jobs.mortal_worker"
    command = [sys.executable, "-m", module, url, str(store), str(models)]
    with ExitStack() as stack:
        yield Workforce(command, stack, left=count)


def files_of(store: Path, job: str) -> dict[str, bytes]:
    """Read all artifacts of a job."""
    files = JobFiles(open_store(str(store)), job)
    return {one.path: files.read_artifact(one.path) for one in files.list_artifacts()}


def log_of(keeping: redis.Redis, job: str) -> list[tuple[str, int, int]]:
    """Read which tasks began and ended, in order."""
    entries = []
    for line in keeping.lrange(f"log:{job}", 0, -1):
        word, _, number = line.decode().partition(" ")
        stage, task = map(int, number.split(":"))
        entries.append((word, stage, task))
    return entries


async def ended_under(workers: Workforce, board: JobBoard, job: str) -> JobRecord:
    """Keep the workforce up until a job has succeeded."""
    record = None
    async with asyncio.timeout(PATIENCE_SECONDS):
        while record is None or not record.has_ended:
            workers.keep_up()
            record = await board.wait(job, 0.5)
    workers.bury()
    assert record.status == "succeeded", record.error
    return record
