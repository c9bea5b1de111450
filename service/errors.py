"""What the front itself refuses; `problem_table.py` has the HTTP of it.

ServiceError
├── FieldsInvalidError       options that are unknown, missing or out of range
├── EnvelopeInvalidError     a body that is not as another protocol has it
├── ModelNotFoundError       no worker ever announced such a model
├── ModelNotReadyError       known, but no live worker hosts it
├── MethodNotFoundError      no such explanation method
├── ClassesNotSharedError    two models that have no class in common
├── ParameterRefusedError    a parameter of a job that names what cannot be used
├── ClassNotFoundError       the model has no such class
├── ImageMissingError        a request without an image
├── BodyTooLargeError        more bytes than the service takes
├── BodyTooSlowError         a body that does not come
├── TooManyImagesError       more images in a request than the service takes
├── BodyInvalidError         a body that is not what its content type says
├── MediaTypeUnsupportedError  a content type that the route does not take
├── NotAcceptableError       no form of answer that the request accepts
├── JobNotFinishedError      a job that has no result yet
├── JobFailedError           a job that will have none
├── ArtifactNotFoundError    a job that has no such file
├── AtlasNotFoundError       a job that has made no atlas
├── AtlasOutdatedError       an atlas on which images of today cannot be located
├── RangeNotSatisfiableError  a range outside the file
├── ArchiveTooLargeError     an archive of more bytes than the service takes
├── ImageMismatchError       another image than a receipt's
├── ModelChangedError        another model than a receipt's, of the same name
└── AccessError              see `access_errors.py`
"""

from collections.abc import Sequence
from difflib import get_close_matches

from api_schemas.jobs import JobError
from api_schemas.problems import FieldFault

SHOWN_CHARACTERS = 100
"""Of a caller's own words, repeated in a refusal."""


class ServiceError(Exception):
    """Base of what the front refuses."""


class FieldsInvalidError(ServiceError):
    """Options of a request that are unknown, missing or out of range."""

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults))


class EnvelopeInvalidError(ServiceError):
    """A JSON body that is not as another protocol has it: what is around options and images."""

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults))


class ModelNotFoundError(ServiceError):
    """No worker has ever announced a model of that name."""

    def __init__(self, model: str, known: Sequence[str]) -> None:
        self.model, self.known = model, tuple(known)
        listed = ", ".join(known) or "none yet"
        super().__init__(f"no model named {model[:SHOWN_CHARACTERS]!r}; known: {listed}")


class ModelNotReadyError(ServiceError):
    """The model is known, but no live worker hosts it at the moment."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(f"no live worker hosts model {model!r}; start one, or try again soon")


class MethodNotFoundError(ServiceError):
    """There is no explanation method of that name."""

    def __init__(self, method: str, known: Sequence[str]) -> None:
        self.method, self.known = method, tuple(known)
        nearest = ", ".join(get_close_matches(method, known, n=3)) or ", ".join(known)
        super().__init__(
            f"no method named {method[:SHOWN_CHARACTERS]!r}; nearest: {nearest}; "
            "GET /methods lists them all"
        )


class ClassNotFoundError(ServiceError):
    """The model has no such class, or several by that label."""

    def __init__(self, field: str, detail: str) -> None:
        self.field, self.detail = field, detail
        super().__init__(detail)


class ClassesNotSharedError(ServiceError):
    """Two models that are to be compared have no class in common."""

    def __init__(self, first: str, second: str) -> None:
        self.first, self.second = first, second
        super().__init__(
            f"{first} and {second} have no class in common: classes are matched by their labels"
        )


class ParameterRefusedError(ServiceError):
    """A parameter of a job names what cannot be used; the refusal says why."""

    def __init__(self, pointer: str, refusal: Exception) -> None:
        self.pointer, self.refusal = pointer, refusal
        super().__init__(str(refusal))


class ImageMissingError(ServiceError):
    """The request holds no image."""

    def __init__(self) -> None:
        super().__init__(
            "no image: send one as the multipart part `image`, as a body of type image/*, "
            'or as JSON {"image": {"b64": "..."}}'
        )


class BodyTooLargeError(ServiceError):
    """The request has more bytes than the service takes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"the request is larger than {limit} bytes")


class BodyTooSlowError(ServiceError):
    """The body of a request does not come, or next to nothing of it."""

    def __init__(self, patience_seconds: float) -> None:
        self.patience_seconds = patience_seconds
        super().__init__(
            f"the body came too slowly: after {patience_seconds:g} seconds it has to come at "
            "1 KiB a second at least"
        )


class TooManyImagesError(ServiceError):
    """One request holds more images than the service takes."""

    def __init__(self, images: int, limit: int) -> None:
        self.images, self.limit = images, limit
        super().__init__(f"{images} images in one request; at most {limit} are taken")


class BodyInvalidError(ServiceError):
    """The body is not what its content type says."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class MediaTypeUnsupportedError(ServiceError):
    """A content type that the route does not take."""

    def __init__(
        self,
        media_type: str,
        taken: str = "multipart/form-data, image/* or application/json",
    ) -> None:
        self.media_type, self.taken = media_type, taken
        super().__init__(
            f"content type {media_type[:SHOWN_CHARACTERS]!r} is not taken; send {taken}"
        )


class NotAcceptableError(ServiceError):
    """The request accepts none of the forms that the answer can have."""

    def __init__(self, accept: str, offered: Sequence[str]) -> None:
        self.accept, self.offered = accept, tuple(offered)
        super().__init__(
            f"nothing that `Accept: {accept[:SHOWN_CHARACTERS]}` allows can be answered here; "
            f"possible: {', '.join(offered)}"
        )


class JobNotFinishedError(ServiceError):
    """The job has no result yet."""

    def __init__(self, job: str, status: str) -> None:
        self.job, self.status = job, status
        super().__init__(f"the job is {status}; its result is there once it has succeeded")


class JobFailedError(ServiceError):
    """The job ended without a result; its own problem says why."""

    def __init__(self, error: JobError) -> None:
        self.error = error
        super().__init__(error.detail)


class ArtifactNotFoundError(ServiceError):
    """The job has no file of that path, or not yet."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"the job has no artifact {path[:SHOWN_CHARACTERS]!r}; "
            "GET /jobs/{job}/artifacts lists those that it has"
        )


class RangeNotSatisfiableError(ServiceError):
    """The range asked for begins behind the end of the file."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"the file has {size} bytes; the range begins behind its end")


class ArchiveTooLargeError(ServiceError):
    """An archive of more bytes than the service takes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            f"the archive is larger than {limit} bytes; put it where the service can read it, "
            "and register its path"
        )


class AtlasNotFoundError(ServiceError):
    """The job has made no atlas, or not yet."""

    def __init__(self, atlas: str) -> None:
        self.atlas = atlas
        super().__init__(
            f"job {atlas[:SHOWN_CHARACTERS]!r} has made no atlas; GET /atlases lists those "
            "that are finished"
        )


class AtlasOutdatedError(ServiceError):
    """The atlas is of other weights than the model has, or has nothing to locate images by."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(
            f"no image can be located on this atlas: model {model!r} has other weights by now, "
            "or the atlas was made without landmarks; make a new one"
        )


class ImageMismatchError(ServiceError):
    """The image is not the one that a receipt is of."""

    def __init__(self, *, then: str, now: str) -> None:
        self.then, self.now = then, now
        super().__init__(
            f"is not the receipt's: its SHA-256 begins with {now[:8]}, that of the receipt "
            f"with {then[:8]}; send the very file"
        )


class ModelChangedError(ServiceError):
    """The model of that name has other weights than a receipt is of."""

    def __init__(self, model: str, *, then: str, now: str) -> None:
        self.model, self.then, self.now = model, then, now
        super().__init__(
            f"model {model!r} has other weights by now: their SHA-256 begins with {now[:8]}, "
            f"that of the receipt's with {then[:8]}"
        )
