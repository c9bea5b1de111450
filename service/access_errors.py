"""What API keys are refused; `problem_table.py` has the HTTP of it.

AccessError
├── UnauthenticatedError     no API key, or none that is taken
├── ForbiddenError           an API key without the scope that is needed
├── RateLimitedError         an API key that asks too fast
└── StorageQuotaReachedError  an API key whose owner has stored all that it may
"""

from collections.abc import Sequence

from api_schemas.api_keys import KeyScope
from messaging.access.rates import Allowance
from service.errors import ServiceError


class AccessError(ServiceError):
    """The caller may not do this, or not so much of it."""


class UnauthenticatedError(AccessError):
    """No API key came with the request, or none that is taken."""

    def __init__(self, *, is_sent: bool) -> None:
        self.is_sent = is_sent
        super().__init__(
            "there is no such API key, or it has expired or been revoked"
            if is_sent
            else "this service asks for an API key: send `Authorization: Bearer KEY`, or "
            "`X-API-Key: KEY`"
        )


class ForbiddenError(AccessError):
    """The API key has not the scope that the route asks for."""

    def __init__(self, scope: KeyScope, has: Sequence[KeyScope]) -> None:
        self.scope, self.has = scope, tuple(has)
        super().__init__(
            f"this API key has not the scope `{scope}` that this needs; it has: "
            f"{', '.join(has)}"
        )


class RateLimitedError(AccessError):
    """The API key asks for more requests a minute than it may."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        super().__init__(
            f"this API key may ask {allowance.limit} times a minute; try again in "
            f"{allowance.retry_seconds} seconds"
        )


class StorageQuotaReachedError(AccessError):
    """The API key's owner has stored as many bytes as it may, or would have more."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            f"this API key may have {limit} bytes stored, in datasets and in what jobs made; "
            "delete some of them first"
        )
