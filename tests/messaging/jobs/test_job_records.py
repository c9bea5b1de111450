"""Random lives of a job's record, held against a model of what must be true.

The scripts run in a real Redis; the steps of the worker, of the front and of workers that have
lost their lease are drawn at random. The model is a few lines of Python that know nothing of
how the scripts do it.
"""

import asyncio
import itertools

import pytest
import redis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from api_schemas.jobs import JobError, JobProgress
from messaging.connection import connect_async
from messaging.errors import JobNotFoundError, JobNotRetryableError
from messaging.jobs.board import JobBoard
from messaging.jobs.ledger import JobLedger, StageWeight, Task
from messaging.jobs.message import JobMessage
from tests.processes import valkey

MODEL = "tiny"
WHOLE = StageWeight(before=0.0, weight=1.0, tasks=1)
ERROR = JobError(code="job_failed", detail="…")


class NoDispatch:
    """Hands nothing out: the machine itself plays the workers."""

    async def begin_job(self, job: str, model: str, *, run: int) -> None:
        """Do nothing."""


class LifeOfAJob(RuleBasedStateMachine):
    """One job at a time, a front, and any number of workers of which one is the latest."""

    url = ""

    @initialize()
    def open(self) -> None:
        self.runner = asyncio.Runner()
        self.connection = redis.Redis.from_url(self.url)
        self.connection.flushall()
        self.keeping = connect_async(self.url, reply_seconds=5.0)
        self.board = JobBoard(
            self.keeping,
            NoDispatch(),
            most_open=10,
            retention_hours=1.0,
            is_ending=lambda: False,
        )
        self.ledger = JobLedger(self.connection)
        self.job = self._await(self.board.submit("count", MODEL, {}, idempotency=None))[0].id
        self.status, self.run, self.attempt = "queued", 1, 0
        self.is_cancelling = self.is_done = False
        self.task: Task | None = None
        self.stale: list[Task] = []
        self.words = itertools.count()

    def teardown(self) -> None:
        self._await(self.keeping.aclose())
        self.connection.close()
        self.runner.close()

    def _await(self, coroutine):
        return self.runner.run(coroutine)

    @property
    def message(self) -> JobMessage:
        return JobMessage(self.job, MODEL, self.run, 0, None)

    def _lose_task(self) -> None:
        if self.task is not None:
            self.stale.append(self.task)
            self.task = None

    @precondition(lambda self: self.status in ("queued", "running"))
    @rule()
    def a_worker_begins_it(self) -> None:
        begun = self.ledger.begin_stage(self.message)

        if self.is_cancelling:
            assert begun == "cancelled"
            assert self.ledger.end_cancelled(self.message)
            self._lose_task()
            self.status, self.is_cancelling = "cancelled", False
            return
        assert begun == "begun"
        self.status, self.attempt = "running", self.attempt + 1
        self._lose_task()
        state, task = self.ledger.start_task(self.message)
        assert state == ("done" if self.is_done else "started")
        self.task = None if self.is_done else task

    @precondition(lambda self: self.task is not None)
    @rule(fraction=st.floats(0.0, 1.0))
    def it_reports(self, fraction: float) -> None:
        progress = JobProgress(fraction=fraction, stage="count", step=1, total=2)

        self.ledger.report(self.task, progress, WHOLE)

        found = self._await(self.board.find(self.job)).progress
        assert found.fraction == pytest.approx(fraction, abs=1e-9)

    @precondition(lambda self: self.task is not None)
    @rule()
    def it_finishes_the_task(self) -> None:
        assert self.ledger.finish_task(self.task, {"steps": 1})
        self.task, self.is_done = None, True

    @precondition(lambda self: self.is_done and self.status == "running")
    @rule()
    def it_succeeds(self) -> None:
        assert self.ledger.succeed(self.message, {"steps": 1})
        self.status, self.is_cancelling = "succeeded", False

    @precondition(lambda self: self.status in ("queued", "running"))
    @rule()
    def it_fails(self) -> None:
        assert self.ledger.fail(self.message, ERROR)
        self._lose_task()
        self.status, self.is_cancelling = "failed", False

    @precondition(lambda self: self.task is not None and not self.is_cancelling)
    @rule()
    def it_is_handed_back(self) -> None:
        self.ledger.hand_back(self.task)
        self._lose_task()
        self.status, self.attempt = "queued", self.attempt - 1

    @rule()
    def somebody_cancels(self) -> None:
        state = self._await(self.board.cancel(self.job))

        if self.status == "queued":
            assert state == "cancelled"
            self.status = "cancelled"
        elif self.status == "running":
            assert state == "cancelling"
            self.is_cancelling = True
        else:
            assert state == "ended"

    @rule()
    def somebody_retries(self) -> None:
        if self.status not in ("failed", "cancelled"):
            with pytest.raises(JobNotRetryableError):
                self._await(self.board.retry(self.job))
            return
        self._await(self.board.retry(self.job))
        self._lose_task()
        self.status, self.run = "queued", self.run + 1

    @precondition(lambda self: self.status in ("succeeded", "failed", "cancelled"))
    @rule()
    def somebody_deletes_it_and_another_is_submitted(self) -> None:
        self._await(self.board.delete(self.job))
        with pytest.raises(JobNotFoundError):
            self._await(self.board.find(self.job))
        assert not self.ledger.fail(self.message, ERROR)
        word = str(next(self.words))
        submitted = self.board.submit("count", MODEL, {}, idempotency=word)
        self.job = self._await(submitted)[0].id
        self.status, self.run, self.attempt = "queued", 1, 0
        self.is_done, self.stale = False, []

    @precondition(lambda self: self.stale)
    @rule(data=st.data())
    def a_worker_without_a_lease_changes_nothing(self, data) -> None:
        stale = data.draw(st.sampled_from(self.stale))
        before = self.connection.hgetall(f"vitrine:job:{self.job}")
        events = self.connection.xlen(f"vitrine:job:{self.job}:events")

        assert self.ledger.look(stale) == "void"
        self.ledger.report(stale, JobProgress(fraction=0.123), WHOLE)
        self.ledger.preview(stale, "{}")
        assert not self.ledger.finish_task(stale, {"steps": 99})
        self.ledger.hand_back(stale)
        if stale.message.run != self.run:
            assert not self.ledger.succeed(stale.message, {})
            assert not self.ledger.fail(stale.message, ERROR)
            assert self.ledger.begin_stage(stale.message) == "void"

        assert self.connection.hgetall(f"vitrine:job:{self.job}") == before
        assert self.connection.xlen(f"vitrine:job:{self.job}:events") == events

    @invariant()
    def the_record_is_what_the_model_says(self) -> None:
        record = self._await(self.board.find(self.job))

        assert (record.status, record.run, record.attempt) == (
            self.status,
            self.run,
            self.attempt,
        )
        assert record.is_cancelling == self.is_cancelling
        assert (record.finished_ms is not None) == record.has_ended
        assert (record.error is not None) == (self.status in ("failed", "cancelled"))

    @invariant()
    def it_stands_in_the_lists_that_its_status_calls_for(self) -> None:
        def is_in(key: str) -> bool:
            return self.connection.zscore(key, self.job) is not None

        has_ended = self.status in ("succeeded", "failed", "cancelled")
        assert is_in("vitrine:jobs")
        assert is_in("vitrine:jobs:open") != has_ended
        assert is_in("vitrine:jobs:expiring") == has_ended
        assert is_in(f"vitrine:jobs:queued:{MODEL}") == (self.status == "queued")

    @invariant()
    def the_last_event_of_an_ended_job_says_so(self) -> None:
        events = self.connection.xrevrange(f"vitrine:job:{self.job}:events", count=1)
        last = events[0][1][b"event"] if events else b""

        expected = {"succeeded": b"done", "failed": b"error", "cancelled": b"error"}
        assert (last in (b"done", b"error")) == (self.status in expected)
        assert last == expected.get(self.status, last)


def test_whatever_happens_to_a_job_its_record_stays_true(monkeypatch):
    with valkey() as url:
        monkeypatch.setattr(LifeOfAJob, "url", url)
        machine = LifeOfAJob.TestCase
        machine.settings = settings(
            max_examples=100,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        machine().runTest()
