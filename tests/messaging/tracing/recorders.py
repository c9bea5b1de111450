"""A recorder whose spans stay in memory, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext

from messaging.tracing.open_telemetry import OpenTelemetryRecorder
from messaging.tracing.spans import recording


class Recorded:
    """The spans that are over."""

    def __init__(self, exporter: InMemorySpanExporter) -> None:
        self._exporter = exporter

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._exporter.get_finished_spans())

    def named(self, name: str) -> ReadableSpan:
        """Give the only span of a name."""
        [found] = [span for span in self.spans if span.name == name]
        return found


@contextmanager
def recorded() -> Iterator[Recorded]:
    """Record spans in memory until the block ends."""
    provider, exporter = TracerProvider(shutdown_on_exit=False), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with recording(OpenTelemetryRecorder(provider)):
        yield Recorded(exporter)
    provider.shutdown()


def carrier(trace: int, span: int, *, sampled: bool = True) -> dict[str, str]:
    """Name a span of another process."""
    return {"traceparent": f"00-{trace:032x}-{span:016x}-{sampled:02x}"}


def place(context: SpanContext) -> tuple[int, int]:
    """Give trace and span of a context, as `carrier` takes them."""
    return context.trace_id, context.span_id
