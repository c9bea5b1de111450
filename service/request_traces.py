"""The span of an HTTP request, in the trace of whoever sent it."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from messaging.tracing.spans import (
    Attributes,
    Carrier,
    fail,
    is_recording,
    note,
    rename,
    span,
)
from service.request_identity import HTTP_METHODS, job_of

UNTRACED = ("/healthz/", "/metrics", "/v2/health/", "/web/")
"""What machines ask every few seconds, and the files of the page: they would bury the rest."""

FAILURE = 500
"""From this status on it is the service that went wrong."""


class RequestTraces:
    """ASGI middleware around what answers and logs a request; nothing where none are recorded.

    FastAPI can record spans by itself. Ours hold no query, and the log line of a request is
    written within them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if not (is_recording() and scope["type"] == "http" and _is_traced(scope)):
            await self._app(scope, receive, send)
            return
        status = 0

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        # Words of OpenTelemetry's conventions, for a method that is none.
        is_known = scope["method"] in HTTP_METHODS
        named, told = (scope["method"], scope["method"]) if is_known else ("HTTP", "_OTHER")
        about = {"http.request.method": told, "url.scheme": scope["scheme"]}
        with span(named, kind="server", parent=_sent(scope), attributes=about):
            await self._app(scope, receive, send_watched)
            route = getattr(scope.get("route"), "path", None)
            if route:
                rename(f"{named} {route}")
            note(_found(scope, route, status))
            if status >= FAILURE:
                fail(scope["state"].get("problem_code") or str(status))


def _is_traced(scope: Scope) -> bool:
    """Whether a request gets a span."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    return not path.startswith(UNTRACED)


def _sent(scope: Scope) -> Carrier:
    """Name the span of whoever sent the request; what is no name of one is left out later."""
    headers = Headers(scope=scope)
    names = ("traceparent", "tracestate")
    return {name: ",".join(headers.getlist(name)) for name in names if name in headers}


def _found(scope: Scope, route: str | None, status: int) -> Attributes:
    """Tell what is known of a request once it is answered."""
    state = scope["state"]
    known = {
        "http.route": route,
        "http.response.status_code": status or None,
        "vitrine.receive_ms": state["timings"]["receive"] or None,
        "vitrine.request": state.get("request_id"),
        "vitrine.code": state.get("problem_code"),
        "vitrine.job": job_of(scope).get("job"),
    }
    return {name: value for name, value in known.items() if value is not None}
