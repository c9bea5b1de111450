"""The front's side of the job lane: submit, look up, list, cancel, retry, delete, follow."""

import math
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import redis.asyncio
from redis.exceptions import RedisError

from messaging.errors import (
    BrokerUnavailableError,
    IdempotencyMismatchError,
    JobNotFoundError,
    JobNotRetryableError,
    JobQueueFullError,
    JobQuotaReachedError,
)
from messaging.jobs import census, keys, scripts, tallies
from messaging.jobs.dispatch import Dispatch
from messaging.jobs.following import JobEvent, follow_job
from messaging.jobs.listing import ids_before
from messaging.jobs.record import CANCELLED, JobRecord, read_record
from messaging.jobs.submission import Submission

MS_PER_HOUR = 3_600_000


class JobBoard:
    """All jobs, for any number of fronts.

    Every method raises BrokerUnavailableError where Redis is away.
    """

    def __init__(
        self,
        connection: redis.asyncio.Redis,
        dispatch: Dispatch,
        *,
        most_open: int,
        retention_hours: float,
        is_ending: Callable[[], bool],
    ) -> None:
        """Take the parts.

        Args:
            connection: of redis-py's own kind.
            dispatch: hands work out.
            most_open: jobs queued or running; more are refused.
            retention_hours: how long ended jobs are kept.
            is_ending: asked every second by those who follow a job: the process is to end.
        """
        self._connection = connection
        self._dispatch = dispatch
        self._most_open = most_open
        self._is_ending = is_ending
        self._retention_ms = round(retention_hours * MS_PER_HOUR)
        self._create = connection.register_script(scripts.CREATE)
        self._cancel = connection.register_script(scripts.CANCEL)
        self._retry = connection.register_script(scripts.RETRY)
        self._delete = connection.register_script(scripts.DELETE)

    async def submit(
        self,
        kind: str,
        model: str,
        params: dict[str, Any],
        *,
        idempotency: str | None,
        owner: str | None = None,
        most_own: int | None = None,
    ) -> tuple[JobRecord, bool]:
        """Record a job and hand it out.

        A front that dies in between leaves a record that a worker's sweep hands out.

        Args:
            kind: of the job.
            model: that it is about.
            params: of the kind, complete.
            idempotency: the caller's own word for this submission, if there is one; means
                nothing beside the words of other owners.
            owner: of the job, if there are owners.
            most_own: jobs of the owner queued or running; more are refused.

        Returns:
            The job, and whether it is new.

        Raises:
            JobQueueFullError: too many jobs are open.
            JobQuotaReachedError: too many of the owner are.
            IdempotencyMismatchError: the word belongs to another submission.
        """
        submission = Submission(kind, model, params, idempotency, owner, most_own or 0)
        job = uuid.uuid4().hex
        told = submission.arguments(
            job, retention_ms=self._retention_ms, most_open=self._most_open
        )
        try:
            state, known = await self._create(keys=submission.keys(job), args=told)
            match state.decode():
                case "full":
                    raise JobQueueFullError(self._most_open)
                case "quota":
                    raise JobQuotaReachedError(most_own or 0)
                case "mismatch":
                    raise IdempotencyMismatchError(known.decode())
                case "known":
                    return await self.find(known.decode()), False
            record = await self.find(job)
            await self._dispatch.begin_job(record.id, record.model, run=record.run)
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        return record, True

    async def find(self, job: str) -> JobRecord:
        """Look a job up.

        Raises:
            JobNotFoundError: there is none, or it was deleted.
        """
        record = (await self.find_all([job]))[0]
        if record is None:
            raise JobNotFoundError(job)
        return record

    async def find_all(self, jobs: Sequence[str]) -> list[JobRecord | None]:
        """Look several jobs up at once."""
        try:
            async with self._connection.pipeline(transaction=False) as pipeline:
                for job in jobs:
                    pipeline.hgetall(keys.job_key(job))
                return [read_record(fields) for fields in await pipeline.execute()]
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error

    async def owner_of(self, job: str) -> str | None:
        """Say whose a job is; of a deleted one too, as long as it is known for one.

        Raises:
            JobNotFoundError: there never was one, or it is long gone.
        """
        try:
            known: Any = await self._connection.hmget(keys.job_key(job), "id", "owner")
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        if known[0] is None:
            raise JobNotFoundError(job)
        return None if known[1] is None else str(known[1].decode())

    async def queue_position(self, record: JobRecord) -> int | None:
        """Count the jobs for the same model that go first; none unless the job is queued."""
        try:
            place: Any = await self._connection.zrank(keys.queued_key(record.model), record.id)
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        return None if place is None else int(place)

    async def ids_before(
        self,
        before: tuple[int, str] | None,
        count: int,
        *,
        owner: str | None = None,
        with_shipped: bool = False,
    ) -> list[str]:
        """List jobs by age, the newest first.

        Args:
            before: when a job was created and its ID; the list goes on with older ones.
            count: at most so many.
            owner: whose jobs; everybody's by default.
            with_shipped: whether those that came with models are listed beside an owner's.
        """
        listed = keys.listed_keys(owner, with_shipped=with_shipped)
        try:
            return await ids_before(self._connection, listed, before, count)
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error

    async def cancel(self, job: str) -> str:
        """Have a job end: at once if it is queued, within a step if it runs.

        Returns:
            `cancelled`, `cancelling`, `ended` (it had ended before) or `deleted`.

        Raises:
            JobNotFoundError: there never was one, or it is long gone.
        """
        record = (await self.find_all([job]))[0]
        try:
            state = await self._cancel(
                keys=[
                    keys.job_key(job),
                    keys.OPEN_JOBS,
                    keys.queued_key(record.model if record else ""),
                    keys.EXPIRING_JOBS,
                    keys.events_key(job),
                ],
                args=[job, CANCELLED.model_dump_json(), keys.MOST_EVENTS],
            )
            if state == b"cancelled":
                ended = tallies.field_of("cancelled", CANCELLED.code)
                await self._connection.hincrby(keys.ENDED_TALLY, ended, 1)
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        if state == b"gone":
            raise JobNotFoundError(job)
        return str(state.decode())

    async def retry(self, job: str, *, most_own: int | None = None) -> JobRecord:
        """Begin a failed or cancelled job again, from its last checkpoint.

        Args:
            job: its ID.
            most_own: jobs of its owner queued or running; more are refused.

        Raises:
            JobNotFoundError: there is none.
            JobNotRetryableError: it is under way or has succeeded.
            JobQuotaReachedError: too many jobs of its owner are open.
        """
        record = await self.find(job)
        try:
            state, run = await self._retry(
                keys=[
                    keys.job_key(job),
                    keys.OPEN_JOBS,
                    keys.queued_key(record.model),
                    keys.EXPIRING_JOBS,
                    keys.events_key(job),
                    keys.SEQUENCE,
                    keys.owned_open_key(record.owner or ""),
                ],
                args=[job, most_own or 0],
            )
            match state:
                case b"gone":
                    raise JobNotFoundError(job)
                case b"quota":
                    raise JobQuotaReachedError(most_own or 0)
                case b"queued" if run:
                    await self._dispatch.begin_job(job, record.model, run=int(run))
                case _:
                    raise JobNotRetryableError(job, state.decode())
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error
        return await self.find(job)

    async def delete(self, job: str) -> None:
        """Forget an ended job; its files are the caller's to delete."""
        try:
            await self._delete(
                keys=[
                    keys.job_key(job),
                    keys.JOBS,
                    keys.EXPIRING_JOBS,
                    keys.events_key(job),
                    keys.tasks_key(job),
                ],
                args=[job, keys.TOMBSTONE_SECONDS],
            )
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error

    async def count_all(self, models: Sequence[str]) -> census.JobCensus:
        """Count all jobs; those that wait, of these models."""
        try:
            return await census.take_census(self._connection, models)
        except (RedisError, OSError) as error:
            raise BrokerUnavailableError from error

    async def wait(self, job: str, seconds: float) -> JobRecord:
        """Wait for a job's end, but no longer than so many seconds; give it as it stands."""
        async for _ in self.follow(job, after="0-0", until=time.monotonic() + seconds):
            pass
        return await self.find(job)

    def follow(
        self, job: str, *, after: str, until: float = math.inf
    ) -> AsyncIterator[JobEvent]:
        """Give a job's events as they happen, until it has ended or is deleted.

        Args:
            job: its ID.
            after: of the last event known, `0-0` for all that are kept.
            until: `time.monotonic()` at which it is enough.

        Raises:
            JobNotFoundError: there is no such job.
        """
        return follow_job(
            self._connection,
            job,
            after=after,
            find=self.find,
            is_ending=self._is_ending,
            until=until,
        )
