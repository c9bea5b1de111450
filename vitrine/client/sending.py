"""How requests are made and tried again, alike for blocking and asynchronous clients."""

from typing import Any

import httpx
from httpx_retries import Retry
from httpx_sse import SSEError

from vitrine.client.calls import Call, Result
from vitrine.client.errors import AnswerInvalidError, ConnectionFailedError, refusal

SHED = (429, 503)
"""Statuses of requests that were not taken: each may be sent again."""

FIRST_DELAY_SECONDS = 0.25
"""Before the second try, doubled for each further one and drawn at random up to that; where the
service says `Retry-After`, that."""
MOST_DELAY_SECONDS = 30.0
"""Between two tries, whatever the service says."""

NOT_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""The service has seen nothing of the request."""
BROKEN_OFF = (httpx.NetworkError, httpx.RemoteProtocolError)
"""It may have."""

CONNECT_SECONDS = 5.0


def patience(retries: int, *, is_repeatable: bool) -> Retry:
    """Say when a request is sent again.

    Args:
        retries: at most so often.
        is_repeatable: whether a request that may have arrived is sent again, too.
    """
    return Retry(
        total=retries,
        allowed_methods=("GET", "POST", "DELETE"),
        status_forcelist=SHED,
        retry_on_exceptions=NOT_ARRIVED + BROKEN_OFF if is_repeatable else NOT_ARRIVED,
        backoff_factor=FIRST_DELAY_SECONDS,
        max_backoff_wait=MOST_DELAY_SECONDS,
    )


def timeouts(seconds: float) -> httpx.Timeout:
    """Give a request so long, and much less for being taken at all."""
    return httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))


def headers_of(api_key: str | None) -> dict[str, str]:
    """Say who asks."""
    return {"Authorization": f"Bearer {api_key}"} if api_key else {}


def request_of(call: Call[Any], *, retries: int) -> dict[str, Any]:
    """Write a call as httpx takes it."""
    patient = {} if call.answer_seconds is None else {"timeout": timeouts(call.answer_seconds)}
    return patient | {
        "method": call.method,
        "url": call.path,
        "params": call.query,
        "data": call.form,
        "files": call.files or None,
        "json": call.json,
        "headers": call.headers,
        "extensions": {"retry": patience(retries, is_repeatable=call.is_repeatable)},
    }


def answer_of(call: Call[Result], response: httpx.Response) -> Result:
    """Read the answer to a call.

    Raises:
        RefusedError: it is a refusal.
        AnswerInvalidError: it is none of the service's answers.
    """
    if not response.is_success:
        raise refusal(response)
    return call.read(response)


def failure(error: httpx.HTTPError | httpx.InvalidURL, url: object) -> Exception:
    """Make an error of ours of one of httpx'."""
    if isinstance(error, httpx.DecodingError | httpx.TooManyRedirects | SSEError):
        return AnswerInvalidError(f"{url}: {error}")
    return ConnectionFailedError(str(url), str(error) or type(error).__name__)
