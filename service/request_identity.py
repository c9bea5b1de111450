"""What every request and answer carries: an ID, the times of its parts, a line in the log."""

import re
import time
import uuid
from http import HTTPMethod

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.cache_use import CACHE_HEADER, cache_use_of
from service.metrics import Metrics
from service.problems import internal_error

SANE_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")
"""A caller's own ID is kept if it looks like this; anything else could forge log lines."""

STAGES = ("receive", "decode", "queue", "batch", "compute", "render")
"""Parts of a request's time, in order; `Server-Timing` names them all, in ms."""

HTTP_METHODS = frozenset(HTTPMethod)
"""Any other word in a request's first line is counted as one: callers must not make metrics."""

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; "
        "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
}

log = structlog.get_logger()


class RequestIdentity:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; other than HTTP goes through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started_at = time.perf_counter()
        asked = Headers(scope=scope)
        sent = asked.get("x-request-id", "")
        state = scope.setdefault("state", {})
        state["request_id"] = sent if SANE_ID.fullmatch(sent) else uuid.uuid4().hex
        state["timings"] = dict.fromkeys(STAGES, 0.0)
        state["answer_headers"] = {}
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = state["request_id"]
                headers["Server-Timing"] = server_timing(
                    state["timings"], total=(time.perf_counter() - started_at) * 1e3
                )
                if use.told:
                    headers[CACHE_HEADER] = use.told
                headers.update(state["answer_headers"])
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            with (
                cache_use_of(", ".join(asked.getlist("cache-control"))) as use,
                structlog.contextvars.bound_contextvars(request=state["request_id"]),
            ):
                await self._app(scope, receive, send_with_headers)
        except Exception as error:
            log.error("request failed", request=state["request_id"], exc_info=error)
            if status:
                raise  # The answer has begun: the connection can only be broken off.
            await internal_error(Request(scope))(scope, receive, send_with_headers)
        finally:
            self._record(scope, status, seconds=time.perf_counter() - started_at)

    def _record(self, scope: Scope, status: int, *, seconds: float) -> None:
        """Count the request and write its line in the log."""
        method = scope["method"] if scope["method"] in HTTP_METHODS else "other"
        route = getattr(scope.get("route"), "path", "unmatched")
        state = scope["state"]
        self._metrics.requests.labels(route, method, status).inc()
        self._metrics.request_seconds.labels(route).observe(seconds)
        for stage, milliseconds in state["timings"].items():
            if milliseconds:
                self._metrics.stage_seconds.labels(stage).observe(milliseconds / 1e3)
        code = state.get("problem_code")
        if code:
            self._metrics.refusals.labels(code).inc()
        who = {"key": state["key"]} if "key" in state else {}
        log.info(
            "request",
            **who,
            request=state["request_id"],
            method=method,
            route=route,
            status=status,
            code=code,
            **job_of(scope),
            milliseconds=round(seconds * 1e3, 1),
        )


def job_of(scope: Scope) -> dict[str, str]:
    """Name the job that a request is about, for its line in the log; nothing for others."""
    job = scope["state"].get("job") or scope.get("path_params", {}).get("job")
    return {"job": job} if isinstance(job, str) and SANE_ID.fullmatch(job) else {}


def server_timing(timings: dict[str, float], *, total: float) -> str:
    """Write the `Server-Timing` header: each stage and the total, in ms."""
    return ", ".join(f"{name};dur={ms:.2f}" for name, ms in {**timings, "total": total}.items())
