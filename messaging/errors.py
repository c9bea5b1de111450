"""What can go wrong between front and workers.

MessagingError
├── BrokerUnavailableError      Redis does not answer
├── QueueFullError              too many requests wait for the model
├── DeadlineExceededError       no answer in time
├── ExplanationRefusedError     the worker refused the order, with a code of `core`'s
└── ExplanationFailedError      the worker failed at it, or died of it
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
