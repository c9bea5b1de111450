"""What a client's call can end in, beside an answer.

VitrineError
├── ImageUnreadableError    what was given as an image is none; nothing was sent
├── OutputMissingError      an output of an answer that was not asked for
├── ConnectionFailedError   the service cannot be reached, or broke off
├── AnswerInvalidError      what answered does not speak as the service does
├── JobTimeoutError         a job has not ended in the time that it was waited for
├── JobFailedError          a job ended without a result
└── RefusedError            the service refused: it has code, detail, status, request_id, errors
    ├── AuthenticationError   401, 403
    ├── NotFoundError         404
    ├── ConflictError         409
    ├── RequestInvalidError   400, 406, 413, 415, 416, 422
    ├── OverloadedError       429
    ├── UnavailableError      503
    ├── DeadlineError         504
    └── ServerFailedError     500 and all else
"""

import httpx
from pydantic import ValidationError

from api_schemas.jobs import Job
from api_schemas.problems import FieldFault, Problem

SHOWN_CHARACTERS = 200
"""Of an answer that is no problem of ours."""


class VitrineError(Exception):
    """Base of everything that the client raises of its own."""


class ImageUnreadableError(VitrineError):
    """What was given as an image is none."""


class OutputMissingError(VitrineError):
    """The answer does not hold this output: it was not asked for, or there is none."""

    def __init__(self, output: str) -> None:
        self.output = output
        super().__init__(f"the answer holds no {output!r}: ask for it in `outputs`")


class ConnectionFailedError(VitrineError):
    """The service cannot be reached, did not answer in time, or broke off."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}")


class AnswerInvalidError(VitrineError):
    """The answer is not what the service would say: something else answers at this address."""


class JobTimeoutError(VitrineError):
    """A job has not ended in the time that it was waited for; it goes on."""

    def __init__(self, job: str, seconds: float) -> None:
        self.job, self.seconds = job, seconds
        super().__init__(f"job {job} has not ended within {seconds:g} s; it goes on")


class JobFailedError(VitrineError):
    """A job ended without a result."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.code = job.error.code if job.error else f"job_{job.status}"
        self.detail = job.error.detail if job.error else f"the job is {job.status}"
        super().__init__(f"job {job.id} {job.status}: {self.detail} ({self.code})")


class RefusedError(VitrineError):
    """The service refused a request, and says why."""

    def __init__(self, problem: Problem, *, retry_after_seconds: float | None) -> None:
        self.problem = problem
        self.retry_after_seconds = retry_after_seconds
        faults = "".join(f"\n  {one.pointer}: {one.detail}" for one in self.errors)
        super().__init__(f"{problem.detail} ({problem.status} {problem.code}){faults}")

    @property
    def code(self) -> str:
        """Stable word in snake_case; the service's documentation lists them all."""
        return self.problem.code

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.problem.status

    @property
    def detail(self) -> str:
        """What happened and what to do about it."""
        return self.problem.detail

    @property
    def request_id(self) -> str:
        """Also in the service's logs."""
        return self.problem.request_id

    @property
    def errors(self) -> tuple[FieldFault, ...]:
        """Each field that was wrong."""
        return tuple(self.problem.errors or ())


class AuthenticationError(RefusedError):
    """The key is missing, wrong, or not for this."""


class NotFoundError(RefusedError):
    """There is no such model, method, job, dataset or route."""


class ConflictError(RefusedError):
    """Not as things stand now."""


class RequestInvalidError(RefusedError):
    """The request is wrong: sending it again will not help."""


class OverloadedError(RefusedError):
    """Too many requests at once, also after all that were tried again."""


class UnavailableError(RefusedError):
    """The service cannot work at the moment, also after all that was tried again."""


class DeadlineError(RefusedError):
    """The service took longer than its deadline."""


class ServerFailedError(RefusedError):
    """The service failed; its log names the request."""


BY_STATUS: dict[int, type[RefusedError]] = {
    400: RequestInvalidError,
    401: AuthenticationError,
    403: AuthenticationError,
    404: NotFoundError,
    406: RequestInvalidError,
    409: ConflictError,
    413: RequestInvalidError,
    415: RequestInvalidError,
    416: RequestInvalidError,
    422: RequestInvalidError,
    429: OverloadedError,
    503: UnavailableError,
    504: DeadlineError,
}


def refusal(response: httpx.Response) -> VitrineError:
    """Make an error of an answer, whose body has been read, that is no success."""
    try:
        problem = Problem.model_validate_json(response.content, extra="ignore")
    except ValidationError:
        shown = response.text[:SHOWN_CHARACTERS]
        return AnswerInvalidError(f"{response.url}: {response.status_code} {shown}")
    kind = BY_STATUS.get(response.status_code, ServerFailedError)
    after = response.headers.get("retry-after", "")
    return kind(problem, retry_after_seconds=float(after) if after.isdecimal() else None)
