"""A collector of traces: takes what OpenTelemetry sends over HTTP, and tells which spans came.

with collector() as collected:
    environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": collected.url, ...}
    ...
    kernel = collected.wait_for("kernel")
"""

import gzip
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from tests.processes import wait_until

SOON = {"OTEL_BSP_SCHEDULE_DELAY": "50", "OTEL_BSP_EXPORT_TIMEOUT": "60000"}
"""Spans are sent after 50 ms, in place of 5 s; a busy machine takes its time for the last."""


@dataclass(frozen=True)
class CollectedSpan:
    """A span as it came; IDs in hexadecimal, times in ns."""

    name: str
    service: str
    kind: str
    trace: str
    id: str
    parent: str
    links: tuple[tuple[str, str], ...]
    """Trace and span of each."""
    state: str
    attributes: Mapping[str, Any]
    is_error: bool
    began_ns: int
    ended_ns: int


class Collected:
    """What has come so far."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.spans: list[CollectedSpan] = []
        self.paths: list[str] = []

    @property
    def environment(self) -> dict[str, str]:
        """Variables with which a process sends its spans here."""
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": self.url, **SOON}

    def of(self, trace: str) -> list[CollectedSpan]:
        """Give the spans of a trace, the earliest first."""
        found = [span for span in list(self.spans) if span.trace == trace]
        return sorted(found, key=lambda span: span.began_ns)

    def wait_for(self, names: Sequence[str], *, trace: str) -> dict[str, CollectedSpan]:
        """Wait until spans of these names are there; gives the first of each."""

        def found() -> dict[str, CollectedSpan]:
            return {span.name: span for span in reversed(self.of(trace))}

        wait_until(lambda: set(names) <= set(found()), f"{names} come")
        return found()

    def take(self, body: bytes) -> None:
        """Add what one request brings."""
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            service = _values(resource.resource.attributes)["service.name"]
            for scope in resource.scope_spans:
                self.spans.extend(_read(span, service) for span in scope.spans)


@contextmanager
def collector() -> Iterator[Collected]:
    """Run a collector on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            collected.paths.append(self.path)
            collected.take(body)
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collected = Collected(f"http://127.0.0.1:{server.server_port}")
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield collected
        finally:
            server.shutdown()
            serving.join()


def _read(span: Span, service: str) -> CollectedSpan:
    return CollectedSpan(
        name=span.name,
        service=service,
        kind=Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_").lower(),
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        links=tuple((link.trace_id.hex(), link.span_id.hex()) for link in span.links),
        state=span.trace_state,
        attributes=_values(span.attributes),
        is_error=span.status.code == Status.STATUS_CODE_ERROR,
        began_ns=span.start_time_unix_nano,
        ended_ns=span.end_time_unix_nano,
    )


def _values(pairs: Any) -> dict[str, Any]:
    """Read attributes."""

    def value(one: Any) -> Any:
        kind = one.WhichOneof("value")
        found = getattr(one, kind)
        return [value(each) for each in found.values] if kind == "array_value" else found

    return {pair.key: value(pair.value) for pair in pairs}
