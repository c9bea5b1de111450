"""From a piece of work to what follows from it: the life of a job, a stage at a time."""

import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace

import structlog
from redis.exceptions import RedisError

from api_schemas.jobs import JobError
from messaging.jobs.keys import CPU_QUEUE, model_queue
from messaging.jobs.ledger import JobLedger, Task
from messaging.jobs.message import JobMessage
from messaging.jobs.outcomes import Done, FanOut, HandedBack, NextStage, Outcome
from messaging.jobs.record import JobRecord
from messaging.jobs.sweep import KILLED
from messaging.tracing.spans import note, span
from storage.errors import StoreFullError
from storage.job_files import JobFiles
from storage.store import Store
from workers.device_turns import DeviceTurns
from workers.jobs.errors import JobRefusedError
from workers.jobs.interruptions import HandBackError, JobCancelledError, LeaseLostError
from workers.jobs.lane_job_run import LaneJobRun
from workers.jobs.stages import JobOrder, Stage, stage_weight
from workers.refusal_codes import REFUSAL_CODES

STALLED = "job stalled more than allowable limit"
"""BullMQ's word for a job whose workers all died."""

FAILED = JobError(
    code="job_failed",
    detail="the worker failed at the job, three times; its log names the job",
)

STORE_FULL = JobError(
    code="store_full",
    detail="the store had no room, three times; when there is room again, retry the job: it "
    "goes on from its last checkpoint",
)

GIVEN_UP = {STALLED: KILLED, str(StoreFullError()): STORE_FULL}
"""Ends of jobs by BullMQ's reason, which is its own or what the last try raised."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Work:
    """A piece of work with the job that it belongs to."""

    message: JobMessage
    kind: str
    order: JobOrder
    stages: Sequence[Stage]

    @property
    def tasks(self) -> int:
        """How many tasks the stage has."""
        return self.stages[self.message.stage].tasks(self.order)

    @property
    def following(self) -> NextStage:
        """The beginning of the next stage; the one behind the last ends the job."""
        after = self.message.stage + 1
        is_end = after == len(self.stages)
        queue = (
            model_queue(self.order.model) if is_end else self.stages[after].queue(self.order)
        )
        return NextStage(replace(self.message, stage=after, task=None), queue)


class JobCarrier:
    """Carries out the pieces of work that a worker takes; safe to use from several threads."""

    def __init__(
        self,
        kinds: Mapping[str, Sequence[Stage]],
        *,
        ledger: JobLedger,
        store: Store,
        turns: DeviceTurns,
        stopping: threading.Event,
    ) -> None:
        self._kinds = kinds
        self._ledger = ledger
        self._store = store
        self._turns = turns
        self._stopping = stopping

    def carry_out(self, message: JobMessage, lost: threading.Event) -> Outcome:
        """Do a piece of work, unless it is void by now.

        Raises:
            Exception: whatever went wrong; the piece is tried again a little later.
        """
        if self._stopping.is_set():
            return HandedBack()
        record = self._ledger.find(message.job)
        if record is None or record.run != message.run:
            return Done()
        try:
            # Every line that is logged meanwhile names the job.
            with (
                structlog.contextvars.bound_contextvars(job=message.job),
                _traced(record, message),
            ):
                return self._carry_out(message, record, lost)
        except JobRefusedError as refusal:
            error = JobError(code=refusal.code, detail=refusal.detail)
            self._ledger.fail(message, error)
            return Done()
        except tuple(REFUSAL_CODES) as refusal:
            code = REFUSAL_CODES[type(refusal)]
            self._ledger.fail(message, JobError(code=code, detail=str(refusal)))
            return Done()
        except Exception:
            log.exception("a piece of a job failed", job=message.job, stage=message.stage)
            raise

    def give_up(self, message: JobMessage, reason: str) -> None:
        """End a job that BullMQ hands out no more."""
        self._ledger.fail(message, GIVEN_UP.get(reason, FAILED))

    def queues_of(self, record: JobRecord) -> Sequence[str]:
        """Name the queues that a job's stages go to."""
        order = JobOrder(record.id, record.model, record.params)
        stages = self._kinds.get(record.kind, ())
        queues = [model_queue(record.model), CPU_QUEUE]
        return tuple(dict.fromkeys(queues + [stage.queue(order) for stage in stages]))

    def _carry_out(
        self, message: JobMessage, record: JobRecord, lost: threading.Event
    ) -> Outcome:
        """Do one task of a stage, or begin the stage."""
        stages = self._kinds.get(record.kind)
        if stages is None:
            detail = f"this version of the worker knows no kind {record.kind!r}"
            self._ledger.fail(message, JobError(code="job_kind_unknown", detail=detail))
            return Done()
        order = JobOrder(record.id, record.model, record.params)
        work = Work(message, record.kind, order, stages)
        if message.task is not None:
            return self._do_task(work, lost) or Done()
        begun = self._ledger.begin_stage(message)
        if begun == "begun":
            return self._begin(work, lost)
        if begun == "cancelled":
            self._ledger.end_cancelled(message)
        return Done()

    def _begin(self, work: Work, lost: threading.Event) -> Outcome:
        """Do a stage of one task; hand out the tasks of a larger one; or end the job."""
        message = work.message
        if message.stage == len(work.stages):
            return self._succeed(work)
        if work.tasks == 1:
            interrupted = self._do_task(work, lost)
            is_last = message.stage == len(work.stages) - 1
            return interrupted or (self._succeed(work) if is_last else work.following)
        done = self._ledger.done_tasks(message.job, message.stage, work.tasks)
        pending = [replace(message, task=i) for i, is_done in enumerate(done) if not is_done]
        following = work.following
        if not pending:
            return following
        queue = work.stages[message.stage].queue(work.order)
        return FanOut(pending, queue, following.message, following.queue)

    def _do_task(self, work: Work, lost: threading.Event) -> Outcome | None:
        """Do one task, unless that was done before; why it is not done, if so."""
        message = work.message
        state, task = self._ledger.start_task(message)
        if state != "started":
            return None if state == "done" else Done()
        try:
            return None if self._finish(task, work, lost) else Done()
        except LeaseLostError:
            return Done()
        except JobCancelledError:
            self._ledger.end_cancelled(message)
            return Done()
        except HandBackError:
            if message.task is None:
                self._ledger.hand_back(task)
            return HandedBack()

    def _finish(self, task: Task, work: Work, lost: threading.Event) -> bool:
        """Do a task to its end; whether it was still ours then."""
        stage = work.stages[task.message.stage]
        run = LaneJobRun(
            task,
            stage_weight(work.stages, task.message.stage, work.tasks),
            ledger=self._ledger,
            files=JobFiles(self._store, task.message.job),
            turns=self._turns,
            lost=lost,
            stopping=self._stopping,
        )
        with closing(run):
            result = stage.carry_out(work.order, task.message.task or 0, run)
        is_ours = self._ledger.finish_task(task, result)
        if is_ours:
            self._tell(work, run.times.seconds())
        return is_ours

    def _tell(self, work: Work, seconds: Mapping[str, float]) -> None:
        """Log and count a task that is done."""
        told = {stage: round(spent, 3) for stage, spent in seconds.items()}
        message = work.message
        note({"vitrine.did": list(told)})
        log.info("job task done", kind=work.kind, task=message.task_name, seconds=told)
        try:
            self._ledger.tally_stages(work.kind, seconds)
        except (RedisError, OSError) as error:
            log.warning("a task is not counted: redis is away", error=str(error))

    def _succeed(self, work: Work) -> Done:
        """End the job with what its last stage gave."""
        result = self._ledger.task_result(work.message.job, len(work.stages) - 1)
        self._ledger.succeed(work.message, result)
        return Done()


def _traced(record: JobRecord, message: JobMessage) -> AbstractContextManager[None]:
    """Record a piece of work, in the trace of the request that submitted the job."""
    about: dict[str, str | int] = {
        "vitrine.job": message.job,
        "vitrine.kind": record.kind,
        "vitrine.model": message.model,
        "vitrine.stage": message.stage,
    }
    if message.task is not None:
        about["vitrine.task"] = message.task
    name = "stage" if message.task is None else "task"
    return span(name, kind="consumer", parent=message.trace, attributes=about)
