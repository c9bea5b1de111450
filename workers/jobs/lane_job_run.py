"""A run as the job lane gives it: told in the ledger, kept in the store, in turns."""

import base64
import json
import struct
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from api_schemas.jobs import JobProgress
from core.progress import Step
from messaging.jobs.ledger import JobLedger, StageWeight, Task
from storage.job_files import JobFiles
from workers.device_turns import DeviceTurns
from workers.jobs.interruptions import HandBackError, JobCancelledError, LeaseLostError
from workers.jobs.job_run import Restored
from workers.jobs.stage_times import StageTimes

LOOK_SECONDS = 0.02
"""Between two questions whether the job is still wanted: sooner than most steps take."""

REPORT_SECONDS = 0.25
"""Between two reports of progress."""

PREVIEW_SECONDS = 1.0
"""Between two previews; each is kept in Redis for a while."""

CHECKPOINT_SECONDS = 5.0
"""At most so much is done twice after a worker was killed."""

DONE_STEPS = struct.Struct("<Q")
"""Before the state in a checkpoint: the number of steps done."""


class LaneJobRun:
    """Implements `JobRun`."""

    def __init__(
        self,
        task: Task,
        part: StageWeight,
        *,
        ledger: JobLedger,
        files: JobFiles,
        turns: DeviceTurns,
        lost: threading.Event,
        stopping: threading.Event,
    ) -> None:
        self._task = task
        self._part = part
        self._ledger = ledger
        self._files = files
        self._turns = turns
        self._lost = lost
        self._stopping = stopping
        self._looked_at = self._reported_at = self._previewed_at = float("-inf")
        self._step = 0
        self.times = StageTimes()
        self._save: Callable[[], None] = lambda: None
        self._under_way: Generator[Any, None, None] | None = None

    @property
    def job_id(self) -> str:
        """Of the job."""
        return self._task.message.job

    @property
    def files(self) -> JobFiles:
        """The job's artifacts and checkpoints."""
        return self._files

    def restored(self, stage: str) -> Restored | None:
        """Give the last checkpoint of a stage; none where it has to begin anew."""
        written = self._files.read_checkpoint(self._checkpoint_name(stage))
        if written is None:
            return None
        (done,) = DONE_STEPS.unpack_from(written)
        return Restored(done, written[DONE_STEPS.size :])

    def slices(
        self,
        steps: Sequence[Step],
        *,
        stage: str,
        done: int = 0,
        checkpoint: Callable[[], bytes] | None = None,
    ) -> Iterator[Step]:
        """Go through the steps of a stage that are left; see `JobRun`."""
        turn = self._turns.patient
        self._under_way = self._slices(steps, stage, done, checkpoint, turn=turn)
        return self._under_way

    def off_device(
        self,
        steps: Sequence[Step],
        *,
        stage: str,
        done: int = 0,
        checkpoint: Callable[[], bytes] | None = None,
    ) -> Iterator[Step]:
        """Go through steps that need no device; see `JobRun`."""
        self._under_way = self._slices(steps, stage, done, checkpoint, turn=nullcontext)
        return self._under_way

    def track(self, steps: Sequence[Step], /) -> Iterable[Step]:
        """Go through the passes of a long step; see `JobRun`."""
        for place, step in enumerate(steps):
            if place:
                self._stop_if_unwanted(self._save)
                self._turns.give_way()
            yield step

    def close(self) -> None:
        """Give the device back, wherever the work stopped."""
        if self._under_way is not None:
            self._under_way.close()

    def _slices(
        self,
        steps: Sequence[Step],
        stage: str,
        done: int,
        checkpoint: Callable[[], bytes] | None,
        *,
        turn: Callable[[], AbstractContextManager[None]],
    ) -> Generator[Step, None, None]:
        self.times.begin(stage)
        started_at = saved_at = time.monotonic()
        total = done + len(steps)
        # A run that is interrupted before its first step has nothing new to keep.
        saved = done

        def save() -> None:
            nonlocal saved, saved_at
            if checkpoint is not None and saved != self._step:
                header = DONE_STEPS.pack(self._step)
                name = self._checkpoint_name(stage)
                self._files.write_checkpoint(name, header + checkpoint())
            saved, saved_at = self._step, time.monotonic()

        self._step, self._save = done, save
        for step in steps:
            self._stop_if_unwanted(save)
            with turn():
                yield step
            self._step += 1
            now = time.monotonic()
            left = (now - started_at) / (self._step - done) * (total - self._step)
            self._report(stage, total=total, eta_seconds=left)
            if now - saved_at > CHECKPOINT_SECONDS:
                save()
        save()

    def enter(self, stage: str) -> None:
        """Tell that a stage begins; see `JobRun`."""
        self.times.begin(stage)
        self._ledger.report(self._task, JobProgress(stage=stage, total=1), self._part)

    def stop_if_unwanted(self) -> None:
        """See whether the job is still wanted; see `JobRun`."""
        self._stop_if_unwanted(lambda: None)

    def preview(self, picture: bytes) -> None:
        """Show a PNG of the result so far; see `JobRun`."""
        now = time.monotonic()
        if now - self._previewed_at > PREVIEW_SECONDS:
            self._previewed_at = now
            image = base64.b64encode(picture).decode()
            self._ledger.preview(self._task, json.dumps({"step": self._step, "image": image}))

    def _stop_if_unwanted(self, save: Callable[[], None]) -> None:
        """Keep what is done and leave, where the job is not to go on here.

        Raises:
            JobInterruptedError: it is not.
        """
        if self._lost.is_set():
            raise LeaseLostError
        now = time.monotonic()
        if now - self._looked_at > LOOK_SECONDS:
            self._looked_at = now
            match self._ledger.look(self._task):
                case "void":
                    raise LeaseLostError
                case "cancelled":
                    save()
                    raise JobCancelledError
        if self._stopping.is_set():
            save()
            raise HandBackError

    def _report(self, stage: str, *, total: int, eta_seconds: float) -> None:
        """Tell how far the stage is, now and then and at its end."""
        now = time.monotonic()
        if self._step < total and now - self._reported_at < REPORT_SECONDS:
            return
        self._reported_at = now
        progress = JobProgress(
            fraction=self._step / total,
            stage=stage,
            step=self._step,
            total=total,
            eta_seconds=round(eta_seconds, 1),
        )
        self._ledger.report(self._task, progress, self._part)

    def _checkpoint_name(self, stage: str) -> str:
        """Name a checkpoint after the task and what it does."""
        return f"{self._task.message.task_name.replace(':', '-')}-{stage}"
