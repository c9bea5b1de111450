"""`/jobs`: long work, submitted, followed, fetched, cancelled and begun again."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api_schemas.jobs import ArtifactList, Job, JobList, JobListOptions, JobSubmission
from messaging.errors import BrokerUnavailableError, JobNotFoundError
from messaging.jobs.record import JobRecord
from service.caller import CallerOf, caller_of
from service.dependencies import PartsOf
from service.job_events import event_before, events_of
from service.job_requests import WORD, idempotency_word, job_request, preferred_wait
from service.jobs import result_of
from service.json_bodies import read_json_body
from service.refusals import (
    ON_ARTIFACTS,
    ON_JOBS,
    ON_RESULTS,
    ON_RETRIES,
    ON_SUBMISSIONS,
    problems,
)
from storage.media_types import MEDIA_TYPES, UNKNOWN

router = APIRouter(prefix="/jobs", tags=["jobs"])

LOOK_AGAIN_SECONDS = "2"

FILES: dict[str, Any] = {
    media_type.partition(";")[0]: {} for media_type in sorted({*MEDIA_TYPES.values(), UNKNOWN})
}
"""What an artifact may be."""


async def job_of(job: str, parts: PartsOf, caller: CallerOf) -> JobRecord:
    """Look up the job that a path names."""
    return await parts.jobs.find(job, caller)


JobOf = Annotated[JobRecord, Depends(job_of)]


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=Job,
    openapi_extra=job_request(),
    responses={
        200: {"model": Job, "description": "A job of before, or one that has ended already."},
        **problems(*ON_SUBMISSIONS),
    },
)
async def submit(
    request: Request,
    parts: PartsOf,
    idempotency_key: Annotated[str | None, Header(json_schema_extra=WORD)] = None,
    prefer: Annotated[str | None, Header()] = None,
) -> Response:
    """Submit long work; the answer says where to follow it.

    With `Prefer: wait=N` the answer waits up to N seconds for the end.
    """
    word, seconds = idempotency_word(idempotency_key), preferred_wait(prefer)
    limit = parts.settings.max_body_bytes
    submission = await read_json_body(request, JobSubmission, max_body_bytes=limit)
    record, is_new = await parts.jobs.submit(
        submission, idempotency=word, caller=caller_of(request)
    )
    if seconds:
        record = await parts.jobs.board.wait(record.id, seconds)
    is_accepted = is_new and not record.has_ended
    job = await parts.jobs.show(record, request)
    request.state.job = job.id
    headers = {"Location": job.links.self}
    if is_accepted:
        headers["Retry-After"] = LOOK_AGAIN_SECONDS
    if seconds:
        headers["Preference-Applied"] = f"wait={seconds}"
    status = HTTPStatus.ACCEPTED if is_accepted else HTTPStatus.OK
    return _job_response(job, status, headers)


@router.get("", responses=problems(*ON_JOBS))
async def list_jobs(
    options: Annotated[JobListOptions, Query()], request: Request, parts: PartsOf
) -> JobList:
    """List jobs, the newest first."""
    return await parts.jobs.list(options, request)


@router.get("/{job}", responses=problems(*ON_JOBS))
async def show_job(record: JobOf, request: Request, parts: PartsOf) -> Job:
    """Tell how a job stands."""
    return await parts.jobs.show(record, request)


@router.delete(
    "/{job}",
    response_model=Job,
    responses={
        202: {"model": Job, "description": "It runs, and ends within one step."},
        204: {"description": "It had ended; its artifacts are gone."},
        **problems(JobNotFoundError, BrokerUnavailableError),
    },
)
async def cancel_job(job: str, request: Request, parts: PartsOf) -> Response:
    """Cancel a job; of one that has ended, delete all that is left. Repeating it is safe."""
    state = await parts.jobs.cancel(job, caller_of(request))
    if state in ("ended", "deleted"):
        await parts.artifacts.delete(job)
        await parts.jobs.board.delete(job)
        return Response(status_code=HTTPStatus.NO_CONTENT)
    told = await parts.jobs.show(await parts.jobs.board.find(job), request)
    status = HTTPStatus.ACCEPTED if state == "cancelling" else HTTPStatus.OK
    return _job_response(told, status, {})


@router.post("/{job}/retry", status_code=HTTPStatus.ACCEPTED, responses=problems(*ON_RETRIES))
async def retry_job(job: str, request: Request, response: Response, parts: PartsOf) -> Job:
    """Begin a failed or cancelled job again, from its last checkpoint."""
    record = await parts.jobs.retry(job, caller_of(request))
    told = await parts.jobs.show(record, request)
    response.headers["Location"] = told.links.self
    response.headers["Retry-After"] = LOOK_AGAIN_SECONDS
    return told


@router.get("/{job}/result", responses=problems(*ON_RESULTS))
async def show_result(record: JobOf) -> dict[str, Any]:
    """Give what a job came to; the problem, if it failed."""
    return result_of(record)


@router.get("/{job}/events", response_class=EventSourceResponse, responses=problems(*ON_JOBS))
async def follow_job(
    record: JobOf,
    request: Request,
    parts: PartsOf,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Follow a job: `progress` and `preview`, and at its end `done` or `error`.

    A follower that broke off goes on behind `Last-Event-ID`; close the stream at the end.
    """
    after = event_before(last_event_id)
    async for event in events_of(record.id, after=after, desk=parts.jobs, request=request):
        yield event


@router.get("/{job}/artifacts", responses=problems(*ON_ARTIFACTS))
async def list_artifacts(record: JobOf, request: Request, parts: PartsOf) -> ArtifactList:
    """List the files that a job has made so far."""
    return await parts.artifacts.list(record, request)


@router.get(
    "/{job}/artifacts/{path:path}",
    response_class=Response,
    responses={
        200: {"content": FILES},
        206: {"description": "The part that the header Range asks for.", "content": FILES},
        304: {"description": "The header If-None-Match names what there is."},
        **problems(*ON_ARTIFACTS),
    },
)
async def send_artifact(record: JobOf, path: str, request: Request, parts: PartsOf) -> Response:
    """Send a file of a job, or the part that `Range` asks for."""
    return await parts.artifacts.send(record, path, request)


def _job_response(job: Job, status: HTTPStatus, headers: dict[str, str]) -> Response:
    return Response(
        job.model_dump_json(), status, headers=headers, media_type="application/json"
    )
