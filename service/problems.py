"""The one table from errors to HTTP, and the problem body that every refusal has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api_schemas.jobs import JobError
from api_schemas.problems import MEDIA_TYPE, FieldFault, Problem
from core.errors import (
    ImageTooLargeError,
    ImageUndecodableError,
    LayerNotConvolutionError,
    LayerNotFoundError,
    LayerNotSpatialError,
    MethodUnsupportedError,
    SizeUnsupportedError,
    UnitNotFoundError,
)
from core.localize.errors import NothingToLocalizeError
from messaging.errors import (
    BrokerUnavailableError,
    DeadlineExceededError,
    ExplanationFailedError,
    ExplanationRefusedError,
    IdempotencyMismatchError,
    JobNotFoundError,
    JobNotRetryableError,
    JobQueueFullError,
    JobQuotaReachedError,
    QueueFullError,
)
from service.errors import (
    ArchiveTooLargeError,
    ArtifactNotFoundError,
    AtlasNotFoundError,
    AtlasOutdatedError,
    BodyInvalidError,
    BodyTooLargeError,
    ClassesNotSharedError,
    ClassNotFoundError,
    EnvelopeInvalidError,
    FieldsInvalidError,
    ForbiddenError,
    ImageMissingError,
    JobFailedError,
    JobNotFinishedError,
    MediaTypeUnsupportedError,
    MethodNotFoundError,
    ModelNotFoundError,
    ModelNotReadyError,
    NotAcceptableError,
    ParameterRefusedError,
    RangeNotSatisfiableError,
    RateLimitedError,
    StorageQuotaReachedError,
    TooManyImagesError,
    UnauthenticatedError,
)
from service.field_faults import field_faults
from service.other_protocols import speaks_other_protocol
from service.pointers import faults_of
from storage.errors import (
    ArchiveUndecodableError,
    ArchiveUnsafeError,
    DatasetEmptyError,
    DatasetNotFoundError,
    DatasetPathError,
    StoreFullError,
    StoreUnavailableError,
    TooManyFoldersError,
)


@dataclass(frozen=True)
class Answer:
    """How an error looks over HTTP."""

    status: HTTPStatus
    code: str
    title: str
    headers: Mapping[str, str] = field(default_factory=dict)


_UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
_TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
_UNAVAILABLE = HTTPStatus.SERVICE_UNAVAILABLE
_OUR_FAULT = HTTPStatus.INTERNAL_SERVER_ERROR

ANSWERS: dict[type[Exception], Answer] = {
    FieldsInvalidError: Answer(_UNPROCESSABLE, "fields_invalid", "Wrong fields"),
    EnvelopeInvalidError: Answer(_UNPROCESSABLE, "fields_invalid", "Wrong fields"),
    ModelNotFoundError: Answer(HTTPStatus.NOT_FOUND, "model_not_found", "Unknown model"),
    ModelNotReadyError: Answer(
        _UNAVAILABLE, "model_not_ready", "Model not hosted", {"Retry-After": "5"}
    ),
    MethodNotFoundError: Answer(HTTPStatus.NOT_FOUND, "method_not_found", "Unknown method"),
    ClassesNotSharedError: Answer(_UNPROCESSABLE, "classes_not_shared", "No class in common"),
    ClassNotFoundError: Answer(_UNPROCESSABLE, "class_not_found", "Unknown class"),
    ImageMissingError: Answer(_UNPROCESSABLE, "image_missing", "No image"),
    BodyTooLargeError: Answer(_TOO_LARGE, "image_too_large", "Too many bytes"),
    TooManyImagesError: Answer(_TOO_LARGE, "too_many_images", "Too many images"),
    BodyInvalidError: Answer(_UNPROCESSABLE, "body_invalid", "Unreadable body"),
    MediaTypeUnsupportedError: Answer(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "media_type_unsupported", "Unsupported media type"
    ),
    NotAcceptableError: Answer(HTTPStatus.NOT_ACCEPTABLE, "not_acceptable", "Not acceptable"),
    ImageUndecodableError: Answer(_UNPROCESSABLE, "image_undecodable", "Undecodable image"),
    ImageTooLargeError: Answer(_TOO_LARGE, "image_too_large", "Image too large"),
    LayerNotFoundError: Answer(_UNPROCESSABLE, "layer_not_found", "Unknown layer"),
    LayerNotSpatialError: Answer(_UNPROCESSABLE, "layer_not_spatial", "No spatial map"),
    LayerNotConvolutionError: Answer(_UNPROCESSABLE, "layer_not_convolution", "No convolution"),
    NothingToLocalizeError: Answer(
        _UNPROCESSABLE, "nothing_to_localize", "Nothing to localize"
    ),
    MethodUnsupportedError: Answer(_UNPROCESSABLE, "method_unsupported", "Method unsupported"),
    SizeUnsupportedError: Answer(_UNPROCESSABLE, "size_unsupported", "Size unsupported"),
    UnitNotFoundError: Answer(_UNPROCESSABLE, "unit_not_found", "Unknown unit"),
    QueueFullError: Answer(
        HTTPStatus.TOO_MANY_REQUESTS, "queue_full", "Queue full", {"Retry-After": "1"}
    ),
    DeadlineExceededError: Answer(
        HTTPStatus.GATEWAY_TIMEOUT, "deadline_exceeded", "Too late", {"Retry-After": "5"}
    ),
    BrokerUnavailableError: Answer(
        _UNAVAILABLE, "broker_unavailable", "Broker away", {"Retry-After": "2"}
    ),
    ExplanationFailedError: Answer(_OUR_FAULT, "explanation_failed", "The worker failed"),
    JobNotFoundError: Answer(HTTPStatus.NOT_FOUND, "job_not_found", "Unknown job"),
    JobNotFinishedError: Answer(
        HTTPStatus.CONFLICT, "job_not_finished", "Not finished", {"Retry-After": "2"}
    ),
    JobNotRetryableError: Answer(HTTPStatus.CONFLICT, "job_not_retryable", "Not retryable"),
    JobQueueFullError: Answer(
        HTTPStatus.TOO_MANY_REQUESTS, "queue_full", "Queue full", {"Retry-After": "10"}
    ),
    IdempotencyMismatchError: Answer(
        _UNPROCESSABLE, "idempotency_mismatch", "Key of another submission"
    ),
    ArtifactNotFoundError: Answer(
        HTTPStatus.NOT_FOUND, "artifact_not_found", "Unknown artifact"
    ),
    AtlasNotFoundError: Answer(HTTPStatus.NOT_FOUND, "atlas_not_found", "Unknown atlas"),
    AtlasOutdatedError: Answer(HTTPStatus.CONFLICT, "atlas_outdated", "Atlas outdated"),
    RangeNotSatisfiableError: Answer(
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "range_not_satisfiable", "No such range"
    ),
    StoreUnavailableError: Answer(
        _UNAVAILABLE, "store_unavailable", "Store away", {"Retry-After": "5"}
    ),
    StoreFullError: Answer(HTTPStatus.INSUFFICIENT_STORAGE, "store_full", "Store full"),
    ArchiveTooLargeError: Answer(_TOO_LARGE, "archive_too_large", "Archive too large"),
    ArchiveUnsafeError: Answer(_UNPROCESSABLE, "archive_unsafe", "Unsafe archive"),
    ArchiveUndecodableError: Answer(
        _UNPROCESSABLE, "archive_undecodable", "Undecodable archive"
    ),
    DatasetNotFoundError: Answer(HTTPStatus.NOT_FOUND, "dataset_not_found", "Unknown dataset"),
    DatasetEmptyError: Answer(_UNPROCESSABLE, "dataset_empty", "No image"),
    DatasetPathError: Answer(_UNPROCESSABLE, "dataset_path_outside", "Not under a root"),
    TooManyFoldersError: Answer(_UNPROCESSABLE, "too_many_folders", "Too many folders"),
    UnauthenticatedError: Answer(
        HTTPStatus.UNAUTHORIZED,
        "unauthenticated",
        "API key needed",
        {"WWW-Authenticate": "Bearer"},
    ),
    ForbiddenError: Answer(HTTPStatus.FORBIDDEN, "forbidden", "Not with this API key"),
    RateLimitedError: Answer(
        HTTPStatus.TOO_MANY_REQUESTS, "rate_limited", "Too fast", {"Retry-After": "60"}
    ),
    JobQuotaReachedError: Answer(
        HTTPStatus.TOO_MANY_REQUESTS, "job_quota_reached", "Jobs enough", {"Retry-After": "10"}
    ),
    StorageQuotaReachedError: Answer(
        HTTPStatus.FORBIDDEN, "storage_quota_reached", "Stored enough"
    ),
}
"""Every error that may leave a route; a test keeps it complete."""

REFUSALS = {answer.code: answer for answer in ANSWERS.values()}
"""For ExplanationRefusedError: a worker names the code of the same table."""

JOB_ENDS = {
    "atlas_not_found": Answer(HTTPStatus.NOT_FOUND, "atlas_not_found", "Unknown atlas"),
    "class_not_found": Answer(_UNPROCESSABLE, "class_not_found", "Unknown class"),
    "dataset_not_found": Answer(HTTPStatus.NOT_FOUND, "dataset_not_found", "Unknown dataset"),
    "too_few_points": Answer(_UNPROCESSABLE, "too_few_points", "Too little to lay out"),
    "nothing_to_attack": Answer(_UNPROCESSABLE, "nothing_to_attack", "Nothing to attack"),
    "job_cancelled": Answer(HTTPStatus.CONFLICT, "job_cancelled", "Cancelled"),
    "job_failed": Answer(_OUR_FAULT, "job_failed", "The job failed"),
    "job_kind_unknown": Answer(_OUR_FAULT, "job_kind_unknown", "Unknown to the worker"),
    "job_killed_its_worker": Answer(
        _OUR_FAULT, "job_killed_its_worker", "The job killed its workers"
    ),
}
"""How jobs end without a result, beside the refusals above."""

STATUS_CODES = {
    HTTPStatus.NOT_FOUND: ("route_not_found", "No such route"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("http_method_not_allowed", "Method not allowed"),
}
"""For refusals by the router itself."""

PATH_CHARACTERS = "/:@!$&'()*+,;="
"""That stand for themselves in a path (RFC 3986, section 3.3): KServe's verbs have a colon."""

INTERNAL_ERROR = ("internal_error", "Internal error")
"""Code and title for whatever nobody foresaw."""


def answer_for(error: Exception) -> Answer:
    """Look up how an error is answered; one that is in no table is our own fault."""
    if isinstance(error, ParameterRefusedError):
        return answer_for(error.refusal)
    if isinstance(error, JobFailedError):
        return job_end(error.error)
    if isinstance(error, ExplanationRefusedError):
        return REFUSALS.get(error.code, ANSWERS[ExplanationFailedError])
    return ANSWERS[type(error)]


def job_end(error: JobError) -> Answer:
    """Look up how the end of a job without a result is answered."""
    return JOB_ENDS.get(error.code) or REFUSALS.get(error.code, JOB_ENDS["job_failed"])


def problem_of(
    request: Request,
    answer: Answer,
    *,
    detail: str,
    faults: list[FieldFault] | None = None,
) -> Problem:
    """Write a problem (RFC 9457)."""
    return Problem(
        type=f"urn:vitrine:problem:{answer.code}",
        title=answer.title,
        status=answer.status,
        detail=detail,
        instance=quote(request.url.path, safe=PATH_CHARACTERS),
        code=answer.code,
        request_id=request.state.request_id,
        errors=faults,
        error=detail if speaks_other_protocol(request) else None,
    )


def problem_response(
    request: Request,
    answer: Answer,
    *,
    detail: str,
    faults: list[FieldFault] | None = None,
) -> Response:
    """Answer with a problem."""
    problem = problem_of(request, answer, detail=detail, faults=faults)
    request.state.problem_code = answer.code
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=answer.status,
        headers=dict(answer.headers),
        media_type=MEDIA_TYPE,
    )


async def _known(request: Request, error: Exception) -> Response:
    response = problem_response(
        request, answer_for(error), detail=str(error), faults=faults_of(request, error)
    )
    if isinstance(error, RangeNotSatisfiableError):
        response.headers["Content-Range"] = f"bytes */{error.size}"
    if isinstance(error, RateLimitedError):
        response.headers["Retry-After"] = str(error.allowance.retry_seconds)
    return response


async def _by_router(request: Request, error: Exception) -> Response:
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
    code, title = STATUS_CODES.get(status, (f"http_{status.value}", status.phrase))
    headers = dict(getattr(error, "headers", None) or {})
    if headers.get("Allow") == "GET":
        headers["Allow"] = "GET, HEAD"
    detail = f"{request.method} {request.url.path[:200]}: {status.phrase}; see /docs"
    return problem_response(request, Answer(status, code, title, headers), detail=detail)


async def _by_validation(request: Request, error: Exception) -> Response:
    faults = field_faults(error.errors() if isinstance(error, RequestValidationError) else [])
    return await _known(request, FieldsInvalidError(faults))


def internal_error(request: Request) -> Response:
    """Answer a request at which we failed, for a reason that the log alone knows."""
    answer = Answer(HTTPStatus.INTERNAL_SERVER_ERROR, *INTERNAL_ERROR)
    detail = f"the service failed; its log names request {request.state.request_id}"
    return problem_response(request, answer, detail=detail)


def install_problems(app: FastAPI) -> None:
    """Have every error of an application answered as a problem."""
    for error in (*ANSWERS, ExplanationRefusedError, JobFailedError, ParameterRefusedError):
        app.add_exception_handler(error, _known)
    app.add_exception_handler(RequestValidationError, _by_validation)
    app.add_exception_handler(HTTPException, _by_router)
