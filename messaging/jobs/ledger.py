"""A worker's side of job records; what has lost its lease writes nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import redis

from api_schemas.jobs import JobError, JobProgress
from messaging.jobs import keys, scripts
from messaging.jobs.message import JobMessage
from messaging.jobs.record import CANCELLED, JobRecord, read_record
from messaging.jobs.tallies import tally_end, tally_stages

Start = Literal["started", "done", "void"]
"""Whether a task may be done: `void` where its job has ended or was begun again."""

Standing = Literal["mine", "cancelled", "void"]
"""Whether a task is still this worker's: `void` once another has it, or the job has ended."""


@dataclass(frozen=True)
class Task:
    """A task that this worker has begun."""

    message: JobMessage
    fence: int
    """The larger, the later begun; only the latest may write."""


@dataclass(frozen=True)
class StageWeight:
    """Which part of a whole job a stage is."""

    before: float
    """Part of the job that the stages before it are, 0 to 1."""
    weight: float
    """Part that it is itself."""
    tasks: int
    """That it consists of."""


class JobLedger:
    """The records of all jobs, as workers write them. Safe to use from any thread.

    Every method raises redis.exceptions.RedisError where Redis is away.
    """

    def __init__(self, connection: redis.Redis) -> None:
        self._connection = connection
        self._begin = connection.register_script(scripts.BEGIN_STAGE)
        self._start = connection.register_script(scripts.START_TASK)
        self._look = connection.register_script(scripts.LOOK)
        self._report = connection.register_script(scripts.REPORT)
        self._preview = connection.register_script(scripts.PREVIEW)
        self._finish = connection.register_script(scripts.FINISH_TASK)
        self._hand_back = connection.register_script(scripts.HAND_BACK)
        self._end = connection.register_script(scripts.END)
        self._renew_run = connection.register_script(scripts.RENEW_RUN)
        self._delete = connection.register_script(scripts.DELETE)

    def find(self, job: str) -> JobRecord | None:
        """Look a job up; none where it has been deleted."""
        fields: Any = self._connection.hgetall(keys.job_key(job))
        return read_record(fields)

    def begin_stage(self, message: JobMessage) -> Literal["begun", "cancelled", "void"]:
        """Say that a stage begins; `void` where the job has ended or gone on without it."""
        state: Any = self._begin(
            keys=[keys.job_key(message.job), keys.queued_key(message.model)],
            args=[message.job, message.run, message.stage],
        )
        begun: Literal["begun", "cancelled", "void"] = state.decode()
        return begun

    def start_task(self, message: JobMessage) -> tuple[Start, Task]:
        """Take a task; whoever had it before can no longer write."""
        answer: Any = self._start(
            keys=[keys.job_key(message.job), keys.tasks_key(message.job)],
            args=[message.run, message.task_name],
        )
        state: Start = answer[0].decode()
        return state, Task(message, int(answer[1]))

    def done_tasks(self, job: str, stage: int, count: int) -> list[bool]:
        """Say which tasks of a stage are done."""
        fields = [f"{stage}:{index}:done" for index in range(count)]
        values: Any = self._connection.hmget(keys.tasks_key(job), fields) if fields else []
        return [value is not None for value in values]

    def task_result(self, job: str, stage: int) -> dict[str, Any]:
        """Give the result of a stage's first task; empty where it has none."""
        written: Any = self._connection.hget(keys.tasks_key(job), f"{stage}:0:done")
        result: dict[str, Any] = json.loads(written) if written else {}
        return result

    def look(self, task: Task) -> Standing:
        """See whether a task is still this worker's, and still wanted."""
        state: Any = self._look(keys=self._task_keys(task), args=self._fenced(task))
        standing: Standing = state.decode()
        return standing

    def report(self, task: Task, progress: JobProgress, part: StageWeight) -> None:
        """Say how far a task is."""
        self._report(
            keys=[*self._task_keys(task), keys.events_key(task.message.job)],
            args=[
                *self._fenced(task),
                progress.model_dump_json(),
                task.message.stage,
                part.tasks,
                part.before,
                part.weight,
                keys.MOST_EVENTS,
            ],
        )

    def preview(self, task: Task, data: str) -> None:
        """Show something of the result to come; JSON."""
        self._preview(
            keys=[*self._task_keys(task), keys.events_key(task.message.job)],
            args=[*self._fenced(task), data, keys.MOST_EVENTS],
        )

    def finish_task(self, task: Task, result: dict[str, Any]) -> bool:
        """Say that a task is done; false where it was no longer this worker's."""
        written = json.dumps(result)
        return bool(
            self._finish(keys=self._task_keys(task), args=[*self._fenced(task), written])
        )

    def hand_back(self, task: Task) -> None:
        """Say that the job waits again; this beginning does not count."""
        self._hand_back(
            keys=[*self._task_keys(task), keys.queued_key(task.message.model), keys.SEQUENCE],
            args=[task.message.job, *self._fenced(task)],
        )

    def succeed(self, message: JobMessage, result: dict[str, Any]) -> bool:
        """End a job well; false where it had ended already."""
        return self._end_job(message, "succeeded", None, json.dumps(result))

    def fail(self, message: JobMessage, error: JobError) -> bool:
        """End a job that cannot go on; false where it had ended already."""
        return self._end_job(message, "failed", error, "")

    def end_cancelled(self, message: JobMessage) -> bool:
        """End a job that was to be cancelled; false where it had ended already."""
        return self._end_job(message, "cancelled", CANCELLED, "")

    def tally_stages(self, kind: str, seconds: Mapping[str, float]) -> None:
        """Count the stages that a task of a kind went through, and how long each took."""
        tally_stages(self._connection, kind, seconds)

    def renew_run(self, message: JobMessage) -> int:
        """Make what was handed out for a job void; gives the new run, 0 if it has ended."""
        renewed: Any = self._renew_run(keys=[keys.job_key(message.job)], args=[message.run])
        return int(renewed)

    def may_sweep(self) -> bool:
        """Whether it is this worker's turn to look for lost and expired jobs."""
        return bool(self._connection.set(keys.SWEEP, "1", ex=keys.SWEEP_SECONDS, nx=True))

    def open_jobs(self, *, older_than_ms: int) -> list[str]:
        """List the jobs that have not ended and were submitted some time ago.

        Those submitted some time from now are among them: the clock has jumped back.
        """
        now_ms = self.now_ms()
        with self._connection.pipeline(transaction=False) as pipeline:
            pipeline.zrangebyscore(keys.OPEN_JOBS, "-inf", now_ms - older_than_ms)
            pipeline.zrangebyscore(keys.OPEN_JOBS, now_ms + older_than_ms, "+inf")
            past, future = pipeline.execute()
        return [job.decode() for job in (*past, *future)]

    def expired_jobs(self, *, most: int) -> list[str]:
        """List ended jobs whose time is over."""
        found: Any = self._connection.zrangebyscore(
            keys.EXPIRING_JOBS, "-inf", self.now_ms(), 0, most
        )
        return [job.decode() for job in found]

    def delete(self, job: str) -> None:
        """Forget an ended job."""
        self._delete(
            keys=[
                keys.job_key(job),
                keys.JOBS,
                keys.EXPIRING_JOBS,
                keys.events_key(job),
                keys.tasks_key(job),
            ],
            args=[job, keys.TOMBSTONE_SECONDS],
        )

    def now_ms(self) -> int:
        """Give Redis' own time: clocks of machines differ and jump."""
        now: Any = self._connection.time()
        return int(now[0]) * 1000 + int(now[1]) // 1000

    def _end_job(
        self, message: JobMessage, status: str, problem: JobError | None, result: str
    ) -> bool:
        written = problem.model_dump_json() if problem else ""
        has_ended = bool(
            self._end(
                keys=[
                    keys.job_key(message.job),
                    keys.OPEN_JOBS,
                    keys.queued_key(message.model),
                    keys.EXPIRING_JOBS,
                    keys.events_key(message.job),
                ],
                args=[message.job, message.run, status, written, result, keys.MOST_EVENTS],
            )
        )
        if has_ended:
            tally_end(self._connection, status, problem.code if problem else "")
        return has_ended

    @staticmethod
    def _task_keys(task: Task) -> list[str]:
        return [keys.job_key(task.message.job), keys.tasks_key(task.message.job)]

    @staticmethod
    def _fenced(task: Task) -> list[str | int]:
        return [task.message.run, task.message.task_name, task.fence]
