"""One atlas by one, two and four worker processes: who did what, and whether anything twice."""

import datetime
import io
import json
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.atlas_sizes import BUNDLED, photographs_folder
from benchmarks.errors import BenchmarkFailedError
from benchmarks.free_port import LOCALHOST
from benchmarks.service import READY_SECONDS, running_service

WORKERS = (1, 2, 4)
ATLAS = {
    "projection": "tsne",
    "samples": 2_000,
    "grids": [8, 16],
    "steps": 64,
    "icon_size": 64,
}
"""Parameters: four tasks of collection and about ten of rendering."""
COLLECT, LAYOUT, RENDER = 0, 1, 2
"""Numbers of the stages."""
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class DoneTask:
    """A task that a worker has told the end of."""

    worker: str
    stage: int
    task: int
    at: datetime.datetime


@dataclass(frozen=True)
class Division:
    """How one atlas was divided among workers."""

    workers: int
    started_at: datetime.datetime
    done: Sequence[DoneTask]

    def tasks_by_worker(self, stage: int) -> list[int]:
        """Count the tasks of a stage that each worker did, the most first."""
        counts = Counter(one.worker for one in self.done if one.stage == stage)
        return sorted([*counts.values(), *[0] * (self.workers - len(counts))], reverse=True)

    @property
    def done_twice(self) -> int:
        """Count the ends that were told of tasks that had ended before."""
        return len(self.done) - len({(one.stage, one.task) for one in self.done})

    def seconds_of(self, stage: int) -> float:
        """Tell how long a stage lasted, from the end of the one before it."""
        before = [one.at for one in self.done if one.stage < stage]
        ended_at = max(one.at for one in self.done if one.stage == stage)
        return (ended_at - max(before, default=self.started_at)).total_seconds()


def measure_division() -> list[Division]:
    """Make the same atlas with one, two and four workers.

    Raises:
        SharedFolderMissingError: `../shared` is not there.
        BenchmarkFailedError: the atlas failed.
    """
    archive = packed(photographs_folder())
    with TemporaryDirectory() as scratch:
        models = Path(scratch) / "models"
        shutil.copytree(BUNDLED, models / BUNDLED.name)
        return [
            divided(models, archive, workers, log=Path(scratch) / f"{workers}.log")
            for workers in WORKERS
        ]


def divided(models: Path, archive: bytes, workers: int, *, log: Path) -> Division:
    """Make the atlas with so many workers.

    Raises:
        BenchmarkFailedError: it failed.
    """
    options = "--workers", str(workers), "--verbose"
    with (
        running_service(models, *options, log=log) as port,
        httpx.Client(base_url=f"http://{LOCALHOST}:{port}", timeout=120.0) as client,
    ):
        wait_for_workers(client, workers)
        files = {"archive": ("photographs.zip", archive)}
        dataset = client.post("/datasets", files=files).raise_for_status().json()["id"]
        job = made(client, {**ATLAS, "dataset": dataset})
    started_at = datetime.datetime.fromisoformat(job["started_at"])
    lines = log.read_text(encoding="utf-8").splitlines()
    return Division(workers, started_at, list(done_tasks(lines, job["id"])))


def packed(folder: Path) -> bytes:
    """Pack the photographs of a folder of classes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        for path in sorted(folder.rglob("*.jpg")):
            files.write(path, path.relative_to(folder))
    return archive.getvalue()


def wait_for_workers(client: httpx.Client, workers: int) -> None:
    """Wait until so many workers live: each loads the model first.

    Raises:
        BenchmarkFailedError: they do not get ready.
    """
    until = time.monotonic() + READY_SECONDS
    while f"\nvitrine_live_workers {workers}.0" not in (told := client.get("/metrics").text):
        if time.monotonic() > until:
            raise BenchmarkFailedError(httpx.codes.OK, told)
        time.sleep(LOOK_SECONDS)


def made(client: httpx.Client, params: dict[str, object]) -> dict[str, Any]:
    """Order an atlas and wait for its end; the job.

    Raises:
        BenchmarkFailedError: it failed.
    """
    answer = client.post("/jobs", json={"kind": "atlas", "params": params}).raise_for_status()
    job: dict[str, Any] = answer.json()
    while job["status"] in ("queued", "running"):
        time.sleep(LOOK_SECONDS)
        job = client.get(job["links"]["self"]).raise_for_status().json()
    if job["status"] != "succeeded":
        raise BenchmarkFailedError(httpx.codes.OK, json.dumps(job))
    return job


def done_tasks(lines: Iterable[str], job: str) -> Iterable[DoneTask]:
    """Find the tasks of a job that have ended in the lines that `vitrine up` has written."""
    for line in lines:
        if '"job task done"' not in line or f'"{job}"' not in line:
            continue
        before, _, event = line.partition("{")
        told = json.loads("{" + event)
        stage, _, task = told["task"].partition(":")
        at = datetime.datetime.fromisoformat(told["timestamp"])
        yield DoneTask(before.strip(": "), int(stage), int(task), at)


def division_text(divisions: Sequence[Division]) -> str:
    """Tabulate how the work was divided."""
    rows = "\n".join(
        f"| {division.workers} | {joined(division.tasks_by_worker(COLLECT))} "
        f"| {division.seconds_of(COLLECT):.0f} "
        f"| {joined(division.tasks_by_worker(RENDER))} "
        f"| {division.seconds_of(RENDER):.0f} | {division.done_twice} |"
        for division in divisions
    )
    return f"""The bundled model's atlas of {ATLAS["samples"]:,} photographs, over HTTP. All
workers share the cores, and each compiles for itself: what counts here is that the work
divides, and that nothing is done twice.

| workers | tasks of collection | s | tasks of rendering | s | done twice |
|---|---|---|---|---|---|
{rows}"""


def joined(counts: Iterable[int]) -> str:
    """Write how many tasks each worker did."""
    return " + ".join(map(str, counts))
