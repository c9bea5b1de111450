"""A worker process that is killed in the midst of a stage, as often as a test asks for it.

    python -m tests.workers.jobs.mortal_worker REDIS_URL STORE MODELS

It carries out jobs as a worker does, atlases in small shards and small batches of icons, and
hosts every model of the folder. Where the key `die:<kind>:<stage>` is set, whoever does a task
of that stage deletes it and kills itself with SIGKILL when part of the task is done; at the
latest when the task has been done, but nobody knows of it. Tasks are noted as they begin and
end, in the list `log:<job>`: `begun 0:2`, `done 0:2`.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import redis

from core.models.load import load_classifier
from messaging.jobs.runner import WORKER_OPTIONS
from messaging.json_log import configure_log
from storage.job_files import JobFiles
from storage.store import open_store
from workers.device_turns import DeviceTurns
from workers.jobs.atlas import collecting, rendering
from workers.jobs.job_lane import job_lane
from workers.jobs.job_run import JobRun
from workers.jobs.kinds import job_kinds
from workers.jobs.stages import JobOrder, Stage
from workers.model_pool import HostedModel

LEASE_MS = 4000
LOOK_SECONDS = 0.05
FIRST_STEPS, FIRST_FILES = 2, 2
"""Done of a task before its worker dies."""

Die = Callable[[], None]


class MortalFiles(JobFiles):
    """The files of a job whose worker dies behind the second artifact."""

    def __init__(self, store: Any, job: str, die: Die) -> None:
        super().__init__(store, job)
        self._die, self._written = die, 0

    def write_artifact(self, path: str, content: bytes) -> None:
        """Write an artifact, perhaps the last one."""
        super().write_artifact(path, content)
        self._written += 1
        if self._written == FIRST_FILES:
            self._die()


class MortalRun:
    """A run that ends with its process in the midst of it; otherwise the one it is given."""

    def __init__(self, run: JobRun, files: JobFiles, die: Die) -> None:
        self._run, self._die = run, die
        self.files = files

    def __getattr__(self, name: str) -> Any:
        """Give what does not end."""
        return getattr(self._run, name)

    def slices(self, steps: Sequence[Any], **named: Any) -> Iterator[Any]:
        """Go through the steps; perhaps through the first two alone."""
        return self._perhaps_ending(self._run.slices(steps, **named))

    def off_device(self, steps: Sequence[Any], **named: Any) -> Iterator[Any]:
        """Go through the steps without the device; perhaps through the first two alone."""
        return self._perhaps_ending(self._run.off_device(steps, **named))

    def _perhaps_ending(self, steps: Iterator[Any]) -> Iterator[Any]:
        for place, step in enumerate(steps):
            if place == FIRST_STEPS:
                self._die()
            yield step

    def stop_if_unwanted(self) -> None:
        """Look, while another process computes; perhaps for the last time."""
        self._die()
        self._run.stop_if_unwanted()


def mortal(
    kind: str, stages: Sequence[Stage], connection: redis.Redis, store: Any
) -> list[Stage]:
    """Have the tasks of stages noted, and their workers die where that is asked for."""

    def of_stage(number: int, stage: Stage) -> Stage:
        def die() -> None:
            if connection.delete(f"die:{kind}:{number}"):
                os.kill(os.getpid(), signal.SIGKILL)

        def carry_out(order: JobOrder, task: int, run: JobRun) -> dict[str, Any]:
            connection.rpush(f"log:{order.job}", f"begun {number}:{task}")
            files = MortalFiles(store, order.job, die)
            result = stage.carry_out(order, task, MortalRun(run, files, die))
            die()
            connection.rpush(f"log:{order.job}", f"done {number}:{task}")
            return result

        return replace(stage, carry_out=carry_out)

    return [of_stage(number, stage) for number, stage in enumerate(stages)]


def mortal_kinds(
    connection: redis.Redis, store_url: str, models: Mapping[str, HostedModel]
) -> Mapping[str, Sequence[Stage]]:
    """Tabulate the kinds, whose stages can all be asked to be the last of a worker."""
    store = open_store(store_url)
    kinds = job_kinds(models.__getitem__, store, store_url=store_url)
    return {kind: mortal(kind, stages, connection, store) for kind, stages in kinds.items()}


def hosted(folder: Path) -> dict[str, HostedModel]:
    """Load every model of a folder; by name."""
    return {
        one.name: HostedModel(load_classifier(one), max_compiled_kernels=16)
        for one in sorted(folder.iterdir())
    }


def main(url: str, store: str, models: str) -> int:
    """Take jobs until SIGTERM."""
    configure_log()
    # Stalled for no fault of its own, on a busy machine, no task is to be given up.
    WORKER_OPTIONS.update(
        lockDuration=LEASE_MS, stalledInterval=LEASE_MS // 3, maxStalledCount=20
    )
    collecting.SHARD_IMAGES = 30
    rendering.MOST_ICONS = 8
    stopping = threading.Event()
    loaded = hosted(Path(models))
    lane = job_lane(
        url,
        mortal_kinds(redis.Redis.from_url(url), store, loaded),
        models=list(loaded),
        store=open_store(store),
        turns=DeviceTurns(),
        stopping=stopping,
    )
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    lane.start()
    while lane.is_running and not stopping.wait(LOOK_SECONDS):
        pass
    lane.stop()
    lane.join(10.0)
    return 0 if stopping.is_set() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
