"""What can go wrong between front and workers.

MessagingError
├── BrokerUnavailableError      Redis does not answer
├── QueueFullError              too many requests wait for the model
├── DeadlineExceededError       no answer in time
├── ExplanationRefusedError     the worker refused the order, with a code of `core`'s
├── ExplanationFailedError      the worker failed at it, or died of it
├── JobNotFoundError            no such job, or it has been deleted
├── JobQueueFullError           as many jobs are open as may be
├── JobNotRetryableError        only failed and cancelled jobs can be
├── JobQuotaReachedError        as many jobs of one key are open as it may have
├── IdempotencyMismatchError    the same word for two different submissions
└── ApiKeyNotFoundError         no such API key
"""


class MessagingError(Exception):
    """Base of everything that can go wrong between front and workers."""


class BrokerUnavailableError(MessagingError):
    """Redis does not answer, or was restarted while the request was under way."""

    def __init__(self) -> None:
        super().__init__("the message broker is away; try again in a few seconds")


class QueueFullError(MessagingError):
    """As many requests wait for the model as are allowed to."""

    def __init__(self, model: str, limit: int) -> None:
        self.model, self.limit = model, limit
        super().__init__(f"{limit} requests already wait for model {model!r}; try again soon")


class DeadlineExceededError(MessagingError):
    """No worker answered in time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"no answer within {seconds:g} seconds; a method of many passes answers sooner "
            "with fewer of them: see its parameters in GET /methods. For longer ones, the "
            "service's operator can raise VITRINE_SERVICE_DEADLINE_SECONDS"
        )


class ExplanationRefusedError(MessagingError):
    """A worker refused the order: it names what is wrong with it."""

    def __init__(self, code: str, detail: str) -> None:
        self.code, self.detail = code, detail
        super().__init__(detail)


class ExplanationFailedError(MessagingError):
    """A worker failed at the order; its log has the trace."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


class JobNotFoundError(MessagingError):
    """There is no such job, or it has been deleted."""

    def __init__(self, job: str) -> None:
        self.job = job
        super().__init__(
            f"no job {job[:100]!r}; GET /jobs lists those that there are (ended ones are "
            "deleted after a while)"
        )


class JobQueueFullError(MessagingError):
    """As many jobs are queued or running as may be."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"{limit} jobs are queued or running; try again when some have ended")


class JobNotRetryableError(MessagingError):
    """A job that is under way, or has succeeded, cannot be begun again."""

    def __init__(self, job: str, status: str) -> None:
        self.job, self.status = job, status
        super().__init__(f"the job is {status}; only failed and cancelled jobs can be retried")


class IdempotencyMismatchError(MessagingError):
    """A caller's word for a submission is that of another one."""

    def __init__(self, job: str) -> None:
        self.job = job
        super().__init__(
            f"this Idempotency-Key belongs to job {job}, whose kind, model or params differ; "
            "use a new key for a new job"
        )


class JobQuotaReachedError(MessagingError):
    """As many jobs of the API key are queued or running as it may have."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            f"{limit} jobs of this API key are queued or running, as many as it may have; try "
            "again when some have ended"
        )


class ApiKeyNotFoundError(MessagingError):
    """There is no such API key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"no API key {key[:100]!r}; `vitrine keys list` shows those there are")
