"""Spans recorded by OpenTelemetry's SDK and sent to a collector; imported only where wanted."""

import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import (
    Link,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    format_span_id,
    format_trace_id,
    get_current_span,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from messaging.tracing.spans import Attributes, Carrier, Kind

KINDS: Mapping[Kind, SpanKind] = {
    "internal": SpanKind.INTERNAL,
    "server": SpanKind.SERVER,
    "producer": SpanKind.PRODUCER,
    "consumer": SpanKind.CONSUMER,
}

END_MS = 2000
"""A process that ends waits so long for its last spans to be taken, unless the variable says
otherwise; then they are lost."""

END_VARIABLE = "OTEL_BSP_EXPORT_TIMEOUT"

log = structlog.get_logger()


class OpenTelemetryRecorder:
    """Implements `Recorder` on a provider of its own.

    The provider is not made the process' global one, so that libraries which record by
    themselves (FastAPI does, with the query of each request) find none.
    """

    def __init__(self, provider: TracerProvider) -> None:
        self._tracer = provider.get_tracer("vitrine")
        self._headers = TraceContextTextMapPropagator()

    @contextmanager
    def span(
        self,
        name: str,
        *,
        kind: Kind,
        parent: Carrier | None,
        links: Sequence[Carrier],
        attributes: Attributes,
    ) -> Iterator[None]:
        """Record a span."""
        with self._tracer.start_as_current_span(
            name,
            context=None if parent is None else self._context(parent),
            kind=KINDS[kind],
            attributes=attributes,
            links=self._links(links),
        ):
            yield

    def past_span(
        self,
        name: str,
        *,
        kind: Kind,
        parent: Carrier,
        links: Sequence[Carrier],
        attributes: Attributes,
        began_ns: int,
        ended_ns: int,
    ) -> None:
        """Record a span that is over."""
        self._tracer.start_span(
            name,
            context=self._context(parent),
            kind=KINDS[kind],
            attributes=attributes,
            links=self._links(links),
            start_time=began_ns,
        ).end(ended_ns)

    def note(self, attributes: Attributes) -> None:
        """Add to the current span."""
        get_current_span().set_attributes(attributes)

    def rename(self, name: str) -> None:
        """Call the current span something else."""
        get_current_span().update_name(name)

    def fail(self, reason: str) -> None:
        """Mark the current span."""
        get_current_span().set_status(Status(StatusCode.ERROR, reason))

    def carried(self) -> dict[str, str]:
        """Name the current span."""
        headers: dict[str, str] = {}
        self._headers.inject(headers)
        return headers

    def ids(self) -> dict[str, str]:
        """Name the current span and its trace."""
        current = get_current_span().get_span_context()
        if not current.is_valid:
            return {}
        return {
            "trace_id": format_trace_id(current.trace_id),
            "span_id": format_span_id(current.span_id),
        }

    def _context(self, carrier: Carrier) -> Context:
        """Read a carrier; one that nobody understands names no span."""
        return self._headers.extract(dict(carrier), Context())

    def _links(self, carriers: Sequence[Carrier]) -> list[Link]:
        """Link to the spans that carriers name."""
        return [Link(named) for one in carriers if (named := self._named(one)).is_valid]

    def _named(self, carrier: Carrier) -> SpanContext:
        return get_current_span(self._context(carrier)).get_span_context()


class ExportLog(logging.Handler):
    """Writes what OpenTelemetry complains of as lines of our own, without its traces."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        log.warning("traces", detail=record.getMessage())


@contextmanager
def exporting(service: str) -> Iterator[OpenTelemetryRecorder]:
    """Send spans to the collector that the environment names, for as long as the block runs.

    Spans go out by a thread of their own. What a collector that is away does not take is
    dropped once the queue is full, and at the end of the block.

    Args:
        service: what the spans are of, unless `OTEL_SERVICE_NAME` says otherwise.

    Raises:
        ValueError: the library does not understand one of its variables.
    """
    complaints, library = ExportLog(logging.WARNING), logging.getLogger("opentelemetry")
    library.addHandler(complaints)
    library.propagate = False
    try:
        end_seconds = float(os.environ.get(END_VARIABLE) or END_MS) / 1e3
        named = {} if os.environ.get("OTEL_SERVICE_NAME") else {SERVICE_NAME: service}
        provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        try:
            yield OpenTelemetryRecorder(provider)
        finally:
            _send_the_rest(provider, patience_seconds=end_seconds)
    finally:
        library.removeHandler(complaints)
        library.propagate = True


def _send_the_rest(provider: TracerProvider, *, patience_seconds: float) -> None:
    """Send what is left, but do not wait for long: the library itself would for 30 s."""
    ending = threading.Thread(target=provider.shutdown, daemon=True)
    ending.start()
    ending.join(patience_seconds)
