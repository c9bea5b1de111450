"""The front's part of a job: checks before it is recorded, and how it is told of."""

import datetime
from collections.abc import Set
from typing import Any

from fastapi import Request
from pydantic import ValidationError

from api_schemas.job_kinds import JOB_KINDS
from api_schemas.jobs import Job, JobLinks, JobList, JobListOptions, JobSubmission
from api_schemas.problems import FieldFault
from messaging.errors import JobNotFoundError
from messaging.jobs.board import JobBoard
from messaging.jobs.record import JobRecord
from service.access_errors import ForbiddenError
from service.atlas_job_checks import AtlasJobChecks
from service.caller import Caller, caller_of
from service.dataset_desk import DatasetDesk
from service.errors import (
    FieldsInvalidError,
    JobFailedError,
    JobNotFinishedError,
)
from service.exact_json import type_faults
from service.field_faults import field_faults
from service.job_checks import JOB_CHECKS
from service.known_models import KnownModels
from service.quotas import StorageQuotas

PAGE_SLACK = 4
"""Pages are filled from this many times as many jobs, for filters that let few through."""


DATASET_PARAMETER = "dataset"
ATLAS_PARAMETER = "atlas"
"""What a kind's parameters call a dataset, or an atlas by its job; a test holds them to it."""


class JobDesk:
    """Takes submissions and answers questions about jobs."""

    def __init__(
        self,
        board: JobBoard,
        models: KnownModels,
        *,
        checks: AtlasJobChecks,
        datasets: DatasetDesk,
        quotas: StorageQuotas,
    ) -> None:
        self.board = board
        self._models = models
        self._checks = checks
        self._datasets = datasets
        self._quotas = quotas

    async def submit(
        self, submission: JobSubmission, *, idempotency: str | None, caller: Caller
    ) -> tuple[JobRecord, bool]:
        """Check a submission and record it; whether it is new.

        A model that no live worker hosts at the moment is no fault: the job waits for one.

        Raises:
            FieldsInvalidError: the kind or its parameters are wrong.
            ModelNotFoundError: there is no such model.
            ParameterRefusedError: a parameter names what there is not, or cannot be used.
            StoreUnavailableError: what the parameters name cannot be looked up.
            DatasetNotFoundError, JobNotFoundError: the caller sees no such dataset or atlas.
            StorageQuotaReachedError: the caller has stored all that it may.
            MessagingError: as `JobBoard.submit` says.
        """
        params = checked_params(submission)
        record = await self._models.find(submission.model)
        # First: what others have is not told apart from what there is not.
        await self._check_seen(params, caller)
        if submission.kind in JOB_CHECKS:
            check = JOB_CHECKS[submission.kind]
            await check(params, record, self._models, self._datasets, caller)
        params = await self._checks.settled(submission.kind, params, record, caller)
        await self._quotas.check(caller)
        return await self.board.submit(
            submission.kind,
            record.name,
            params,
            idempotency=idempotency,
            owner=caller.owner,
            most_own=caller.max_open_jobs,
        )

    async def find(self, job: str, caller: Caller) -> JobRecord:
        """Look a job up.

        Raises:
            JobNotFoundError: there is none that the caller sees.
        """
        record = await self.board.find(job)
        if not (record.is_shipped or caller.sees(record.owner)):
            raise JobNotFoundError(job)
        return record

    async def cancel(self, job: str, caller: Caller) -> str:
        """Have a job end; the answer is that of `JobBoard.cancel`.

        Raises:
            JobNotFoundError: there never was one that the caller sees, or it is long gone.
            ForbiddenError: it came with a model, and is there for others too.
        """
        if not caller.sees_all and not caller.sees(await self.board.owner_of(job)):
            if (await self.board.find(job)).is_shipped:
                raise ForbiddenError("admin", caller.scopes)
            raise JobNotFoundError(job)
        return await self.board.cancel(job)

    async def retry(self, job: str, caller: Caller) -> JobRecord:
        """Begin a job again.

        Raises:
            JobNotFoundError: there is none that the caller sees.
            StorageQuotaReachedError: the caller has stored all that it may.
            MessagingError: as `JobBoard.retry` says.
        """
        record = await self.find(job, caller)
        if record.owner != caller.owner:
            return await self.board.retry(job)
        await self._quotas.check(caller)
        return await self.board.retry(job, most_own=caller.max_open_jobs)

    async def _check_seen(self, params: dict[str, Any], caller: Caller) -> None:
        """Refuse a job on what its caller does not see; whether that is there is not told.

        Raises:
            DatasetNotFoundError, JobNotFoundError: it is there for others, or for nobody.
        """
        if caller.sees_all:
            return
        if params.get(DATASET_PARAMETER) is not None:
            await self._datasets.show(params[DATASET_PARAMETER], caller)
        if params.get(ATLAS_PARAMETER) is not None:
            await self.find(params[ATLAS_PARAMETER], caller)

    async def show(self, record: JobRecord, request: Request) -> Job:
        """Tell of a job as it stands."""
        position = await self.board.queue_position(record)
        return job_answer(record, position, root_path=request.scope.get("root_path", ""))

    async def list(
        self, options: JobListOptions, request: Request, *, kinds: Set[str] | None = None
    ) -> JobList:
        """List jobs, of some kinds or all, the newest first, a page at a time."""
        before = _read_cursor(options.cursor) if options.cursor else None
        found: list[JobRecord] = []
        is_last = False
        while len(found) <= options.limit and not is_last:
            ids = await self.board.ids_before(
                before,
                options.limit * PAGE_SLACK,
                owner=caller_of(request).listed_owner,
                with_shipped=True,
            )
            is_last = len(ids) < options.limit * PAGE_SLACK
            records = [one for one in await self.board.find_all(ids) if one is not None]
            if records:
                before = (records[-1].created_ms, records[-1].id)
            elif ids:
                break
            found += [
                record
                for record in records
                if options.status in (None, record.status)
                and options.kind in (None, record.kind)
                and (kinds is None or record.kind in kinds)
            ]
        page = found[: options.limit]
        return JobList(
            jobs=[await self.show(record, request) for record in page],
            next_cursor=_cursor(page[-1]) if len(found) > options.limit else None,
        )


def checked_params(submission: JobSubmission) -> dict[str, Any]:
    """Fill a submission's parameters in.

    Raises:
        FieldsInvalidError: there is no such kind, or a parameter is wrong.
    """
    kind = JOB_KINDS.get(submission.kind)
    if kind is None:
        detail = f"no kind {submission.kind!r}; there are: {', '.join(JOB_KINDS) or 'none'}"
        raise FieldsInvalidError([FieldFault(pointer="/kind", detail=detail)])
    try:
        params = kind.parameters.model_validate(submission.params).model_dump(mode="json")
    except ValidationError as error:
        faults = [
            FieldFault(pointer=f"/params{fault.pointer.rstrip('/')}", detail=fault.detail)
            for fault in field_faults(error.errors(), known=kind.parameters.model_fields)
        ]
        raise FieldsInvalidError(faults) from error
    mistaken = list(type_faults(submission.params, params, "/params"))
    if mistaken:
        raise FieldsInvalidError(mistaken)
    return params


def result_of(record: JobRecord) -> dict[str, Any]:
    """Give what a job came to.

    Raises:
        JobNotFinishedError: it is not there yet.
        JobFailedError: there will be none.
    """
    if not record.has_ended:
        raise JobNotFinishedError(record.id, record.status)
    if record.error is not None:
        raise JobFailedError(record.error)
    return record.result or {}


def job_answer(record: JobRecord, queue_position: int | None, *, root_path: str) -> Job:
    """Put an answer together."""
    own = f"{root_path}/jobs/{record.id}"
    done = {"fraction": 1.0, "eta_seconds": None} if record.status == "succeeded" else {}
    return Job(
        id=record.id,
        kind=record.kind,
        model=record.model,
        status=record.status,
        progress=record.progress.model_copy(update=done),
        queue_position=queue_position,
        attempt=record.attempt,
        created_at=_time(record.created_ms),
        started_at=_time(record.started_ms),
        finished_at=_time(record.finished_ms),
        expires_at=_time(record.expires_ms),
        params=record.params,
        error=record.error,
        links=JobLinks(
            self=own,
            events=f"{own}/events",
            result=f"{own}/result",
            artifacts=f"{own}/artifacts",
        ),
    )


def _time(ms: int | None) -> datetime.datetime | None:
    """Date a moment of Redis' clock."""
    return None if ms is None else datetime.datetime.fromtimestamp(ms / 1000, datetime.UTC)


def _cursor(record: JobRecord) -> str:
    return f"{record.created_ms}-{record.id}"


def _read_cursor(cursor: str) -> tuple[int, str]:
    """Read where a page ended."""
    ms, _, job = cursor.partition("-")
    return int(ms), job
