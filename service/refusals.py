"""Which refusals a route declares, in the OpenAPI document."""

from typing import Any

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
    JobNotFinishedError,
    MediaTypeUnsupportedError,
    MethodNotFoundError,
    ModelChangedError,
    ModelNotFoundError,
    ModelNotReadyError,
    NotAcceptableError,
    RangeNotSatisfiableError,
    TooManyImagesError,
)
from service.problem_table import ANSWERS
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

ON_KEYS = (UnauthenticatedError, ForbiddenError, RateLimitedError, BrokerUnavailableError)
"""Of every route that asks for an API key, once there are any."""

ON_MODELS = (ModelNotFoundError, ModelNotReadyError, BrokerUnavailableError)
"""Of routes that look a model up."""

ON_IMAGES = (
    *ON_MODELS,
    BodyInvalidError,
    BodyTooLargeError,
    BodyTooSlowError,
    DeadlineExceededError,
    ExplanationFailedError,
    FieldsInvalidError,
    ImageMissingError,
    ImageTooLargeError,
    ImageUndecodableError,
    MediaTypeUnsupportedError,
    QueueFullError,
    TooManyImagesError,
)
"""Of routes that take an image and ask a worker."""

ON_EXPLANATIONS = (
    *ON_IMAGES,
    ClassNotFoundError,
    LayerNotFoundError,
    LayerNotSpatialError,
    MethodNotFoundError,
    MethodUnsupportedError,
    NotAcceptableError,
)
"""Of routes that explain."""

ON_REPLAYS = (
    *(error for error in ON_EXPLANATIONS if error is not NotAcceptableError),
    ImageMismatchError,
    ModelChangedError,
)
"""Of the route that makes results again."""

ON_FEATURE_MAPS = (*ON_IMAGES, LayerNotFoundError, LayerNotSpatialError, NotAcceptableError)
"""Of the route that shows a layer's activations."""

ON_FILTERS = (
    *ON_MODELS,
    DeadlineExceededError,
    ExplanationFailedError,
    FieldsInvalidError,
    LayerNotConvolutionError,
    LayerNotFoundError,
    NotAcceptableError,
    QueueFullError,
)
"""Of the route that shows a layer's weights: no image, but a worker is asked."""

ON_READERS = (
    *ON_MODELS,
    DeadlineExceededError,
    ExplanationFailedError,
    FieldsInvalidError,
    LayerNotFoundError,
    LayerNotSpatialError,
    QueueFullError,
    UnitNotFoundError,
)
"""Of the route that tells which layers read a channel."""

ON_LOCALIZATION = (*ON_EXPLANATIONS, NothingToLocalizeError)
"""Of the route that looks for the object."""

ON_PREDICTED_BODIES = (
    *(error for error in ON_IMAGES if error is not ImageMissingError),
    EnvelopeInvalidError,
)
"""Of other protocols' routes that take images and ask a worker for scores."""

ON_EXPLAINED_BODIES = (
    *ON_PREDICTED_BODIES,
    ClassNotFoundError,
    LayerNotFoundError,
    LayerNotSpatialError,
    MethodNotFoundError,
    MethodUnsupportedError,
)
"""Of other protocols' routes that explain."""

ON_JOBS = (BrokerUnavailableError, FieldsInvalidError, JobNotFoundError)
"""Of routes that look jobs up."""

ON_SUBMISSIONS = (
    *ON_MODELS,
    BodyInvalidError,
    BodyTooLargeError,
    BodyTooSlowError,
    ClassNotFoundError,
    ClassesNotSharedError,
    DatasetNotFoundError,
    FieldsInvalidError,
    DatasetNotFoundError,
    IdempotencyMismatchError,
    JobNotFoundError,
    JobQueueFullError,
    JobQuotaReachedError,
    LayerNotFoundError,
    LayerNotSpatialError,
    MediaTypeUnsupportedError,
    MethodNotFoundError,
    MethodUnsupportedError,
    StorageQuotaReachedError,
    StoreUnavailableError,
)
"""Of the route that takes jobs."""

ON_RETRIES = (
    *ON_JOBS,
    JobNotRetryableError,
    JobQuotaReachedError,
    StorageQuotaReachedError,
    StoreUnavailableError,
)
"""Of the route that begins a job again."""

ON_RESULTS = (
    *ON_JOBS,
    JobNotFinishedError,
    LayerNotFoundError,
    LayerNotSpatialError,
    SizeUnsupportedError,
    UnitNotFoundError,
)
"""Of the route that gives a job's result; a failed job's own problem comes beside these."""

ON_ARTIFACTS = (
    *ON_JOBS,
    ArtifactNotFoundError,
    RangeNotSatisfiableError,
    StoreUnavailableError,
)
"""Of routes that give a job's files."""

ON_DATASETS = (DatasetNotFoundError, StoreUnavailableError)
"""Of routes that look a dataset up."""

ON_NEW_DATASETS = (
    ArchiveTooLargeError,
    ArchiveUndecodableError,
    ArchiveUnsafeError,
    BodyInvalidError,
    BodyTooLargeError,
    BodyTooSlowError,
    DatasetEmptyError,
    DatasetPathError,
    FieldsInvalidError,
    MediaTypeUnsupportedError,
    StorageQuotaReachedError,
    StoreFullError,
    StoreUnavailableError,
    TooManyFoldersError,
)
"""Of the route that takes datasets."""

ON_ATLASES = (*ON_JOBS, AtlasNotFoundError, StoreUnavailableError)
"""Of the route that describes an atlas."""

ON_LOCATING = (*ON_ATLASES, *ON_IMAGES, ArtifactNotFoundError, AtlasOutdatedError)
"""Of the route that locates images on an atlas."""

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def problems(*errors: type[Exception]) -> dict[int | str, dict[str, Any]]:
    """Declare refusals for a route's `responses`: by status, with the codes that it has."""
    codes: dict[int, list[str]] = {}
    for error in errors:
        answer = ANSWERS[error]
        codes.setdefault(int(answer.status), []).append(answer.code)
    return {
        status: {
            "description": ", ".join(f"`{code}`" for code in dict.fromkeys(found)),
            "content": PROBLEM,
        }
        for status, found in sorted(codes.items())
    }
