"""Looking after jobs that nobody works at: lost, stranded and expired ones.

A record and its place in a queue are written one after the other. A process that dies between
the two leaves an open record that no queue knows: it is handed out again here.

BullMQ dates delayed pieces by the clock of the worker that delays them. Where that clock is an
hour ahead, or jumps back later, the piece would wait for an hour: it is begun here.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from api_schemas.jobs import JobError
from messaging.jobs.dispatch import Dispatch
from messaging.jobs.ledger import JobLedger
from messaging.jobs.message import JobMessage
from messaging.jobs.record import JobRecord

SETTLING_MS = 5_000
"""A job so young may still be on its way to a queue."""

MOST_DELAY_MS = 10_000
"""By Redis' clock. The longest that we ask for is 2 s, before the third try of a piece."""

MOST_EXPIRED = 50
"""Jobs deleted in one sweep."""

KILLED = JobError(
    code="job_killed_its_worker",
    detail="the job ended three workers, each time it was begun, and was given up; it may need "
    "more memory than there is: try smaller sizes, fewer images or fewer objectives",
)

ALIVE = frozenset({"waiting", "active", "delayed", "prioritized", "waiting-children", "paused"})
"""How BullMQ calls the states in which it will still do something."""

log = structlog.get_logger()


class Sweep:
    """One look at all open and expired jobs; one worker at a time does it."""

    def __init__(
        self,
        ledger: JobLedger,
        *,
        queues: Sequence[str],
        queues_of: Callable[[JobRecord], Sequence[str]],
        delete_files: Callable[[str], None],
    ) -> None:
        """Take what is needed.

        Args:
            ledger: of the jobs.
            queues: that this worker takes work from.
            queues_of: names the queues that a job's stages go to.
            delete_files: deletes what an expired job has in the store, by its ID.
        """
        self._ledger = ledger
        self._queues = tuple(queues)
        self._queues_of = queues_of
        self._delete_files = delete_files

    async def once(self, dispatch: Dispatch, pool: ThreadPoolExecutor) -> None:
        """Look once, unless another worker has just done so."""
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(pool, self._ledger.may_sweep):
            return
        await loop.run_in_executor(pool, self.delete_expired)
        await self._promote_stranded(
            await loop.run_in_executor(pool, self._ledger.now_ms), dispatch
        )
        open_jobs = await loop.run_in_executor(
            pool, lambda: self._ledger.open_jobs(older_than_ms=SETTLING_MS)
        )
        for job in open_jobs:
            record = await loop.run_in_executor(pool, self._ledger.find, job)
            if record is not None and not record.has_ended:
                await self._look_after(record, dispatch, pool)

    async def _promote_stranded(self, now_ms: int, dispatch: Dispatch) -> None:
        """Begin what a wrong clock has put off."""
        for queue in self._queues:
            if await dispatch.promote_stranded(queue, due_after_ms=now_ms + MOST_DELAY_MS):
                log.warning("work put off by a wrong clock is begun", queue=queue)

    def delete_expired(self) -> None:
        """Delete the files and the records of jobs whose time is over."""
        for job in self._ledger.expired_jobs(most=MOST_EXPIRED):
            self._delete_files(job)
            self._ledger.delete(job)
            log.info("an expired job is deleted", job=job)

    async def _look_after(
        self, record: JobRecord, dispatch: Dispatch, pool: ThreadPoolExecutor
    ) -> None:
        """Hand a job out again that no queue knows; end one that BullMQ has given up."""
        states = await self._states(record, dispatch)
        if any(state in ALIVE for state in states):
            return
        loop = asyncio.get_running_loop()
        # Between the two looks the job may have ended, or begun its next stage.
        again = await loop.run_in_executor(pool, self._ledger.find, record.id)
        if again is None or (again.status, again.stage) != (record.status, record.stage):
            return
        message = JobMessage(record.id, record.model, record.run, record.stage, None)
        if "failed" in states:
            if await loop.run_in_executor(pool, self._ledger.fail, message, KILLED):
                log.error("a job that BullMQ has given up is ended", job=record.id)
            return
        run = await loop.run_in_executor(pool, self._ledger.renew_run, message)
        if run:
            log.warning("a job that no queue knew is handed out again", job=record.id)
            await dispatch.begin_job(record.id, record.model, run=run)

    async def _states(self, record: JobRecord, dispatch: Dispatch) -> Sequence[str]:
        """Say how the stage begun last and the one after it stand with BullMQ."""
        queues = self._queues_of(record)
        return [
            state
            for stage in (record.stage, record.stage + 1)
            for state in await dispatch.states(
                JobMessage(record.id, record.model, record.run, stage, None), queues
            )
        ]
