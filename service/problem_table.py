"""The one table from errors to HTTP: status, code and title of every refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from api_schemas.jobs import JobError
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
from service.access_errors import (
    ForbiddenError,
    RateLimitedError,
    StorageQuotaReachedError,
    UnauthenticatedError,
)
from service.errors import (
    ArchiveTooLargeError,
    ArtifactNotFoundError,
    AtlasNotFoundError,
    AtlasOutdatedError,
    BodyInvalidError,
    BodyTooLargeError,
    BodyTooSlowError,
    ClassesNotSharedError,
    ClassNotFoundError,
    EnvelopeInvalidError,
    FieldsInvalidError,
    ImageMismatchError,
    ImageMissingError,
    JobFailedError,
    JobNotFinishedError,
    MediaTypeUnsupportedError,
    MethodNotFoundError,
    ModelChangedError,
    ModelNotFoundError,
    ModelNotReadyError,
    NotAcceptableError,
    ParameterRefusedError,
    RangeNotSatisfiableError,
    TooManyImagesError,
)
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
    ImageMismatchError: Answer(_UNPROCESSABLE, "image_mismatch", "Another image"),
    ModelChangedError: Answer(HTTPStatus.CONFLICT, "model_changed", "Another model"),
    BodyTooLargeError: Answer(_TOO_LARGE, "image_too_large", "Too many bytes"),
    BodyTooSlowError: Answer(HTTPStatus.REQUEST_TIMEOUT, "body_too_slow", "Too slow a body"),
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
