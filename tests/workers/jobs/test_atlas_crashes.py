"""An atlas whose workers are killed in each of its stages is the atlas of a quiet run."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import redis

from api_schemas.atlas import AtlasParameters
from storage.job_files import JobFiles
from storage.store import open_store
from tests.messaging.jobs.boards import board_of, submit
from tests.processes import RunningProcess, running, valkey
from tests.tiny_model import write_tiny_model
from tests.workers.jobs.staged import registered

pytestmark = pytest.mark.processes

KILLED = -9
PATIENCE_SECONDS = 900
STAGES = range(4)
PARAMS = {
    "projection": "tsne",
    "perplexity": 10,
    "grids": [2, 4],
    "min_density": 1,
    "steps": 4,
    "icon_size": 32,
    "seed": 3,
    "keep_activations": True,
}


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


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def dataset(store, tmp_path):
    """Ninety pictures of three colours with noise."""
    random = np.random.default_rng(0)
    colours = np.array([(230, 40, 40), (40, 200, 60), (50, 60, 220)])
    return registered(
        open_store(str(store)),
        tmp_path / "photographs",
        {
            f"c{number % 3}/{number:02}.png": np.clip(
                colours[number % 3] + random.normal(0, 25, (40, 40, 3)), 0, 255
            ).astype(np.uint8)
            for number in range(90)
        },
    )


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


async def ended_under(workers: Workforce, board, job: str) -> None:
    """Keep the workforce up until a job has ended."""
    record = None
    async with asyncio.timeout(PATIENCE_SECONDS):
        while record is None or not record.has_ended:
            workers.keep_up()
            record = await board.wait(job, 0.5)
    workers.bury()
    assert record.status == "succeeded", record.error


async def test_killed_in_every_stage_the_same_atlas_comes_out_and_nothing_is_done_anew(
    store, dataset, tmp_path
):
    write_tiny_model(tmp_path / "models")
    order = AtlasParameters.model_validate({"dataset": dataset} | PARAMS).model_dump(
        mode="json"
    )
    with valkey() as url, redis.Redis.from_url(url) as keeping:
        async with board_of(url) as board:
            with workforce(url, store, tmp_path / "models", count=len(STAGES) + 1) as workers:
                quiet = await submit(board, "atlas", **order)
                await ended_under(workers, board, quiet)
                for stage in STAGES:
                    keeping.set(f"die:{stage}", "yes")
                shaken = await submit(board, "atlas", **order)
                await ended_under(workers, board, shaken)

        assert not any(keeping.exists(f"die:{stage}") for stage in STAGES)
        assert workers.killed == len(STAGES)
        expected = files_of(store, quiet)
        assert files_of(store, shaken) == expected
        assert {"atlas.json", "preview.png", "cells/4.json", "tiles/4/0_0.webp"} <= set(
            expected
        )
        check_log(log_of(keeping, shaken))


def check_log(log: list[tuple[str, int, int]]) -> None:
    """Hold the order of tasks against what may be done twice: what was under way."""
    begun = [(stage, task) for word, stage, task in log if word == "begun"]
    done = [(stage, task) for word, stage, task in log if word == "done"]
    # No stage begins before all of the one before it is done, and none comes back.
    assert [stage for stage, _ in begun] == sorted(stage for stage, _ in begun)
    for one in set(done):
        first = log.index(("done", *one))
        assert ("begun", *one) not in log[first:]
    for stage in STAGES:
        tasks = [task for of, task in begun if of == stage]
        assert len(tasks) > len(set(tasks))
    # The collection has three shards, of which a kill costs one.
    assert {task for stage, task in begun if stage == 0} == {0, 1, 2}
