"""What the code says of traces: where a span begins and ends, and what it is about.

Until a recorder is put in place (`tracing` does, where a collector is named) all of this does
nothing, imports nothing of OpenTelemetry, and leaves messages as they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal, Protocol

Carrier = Mapping[str, str]
"""A span as other processes name it: `traceparent` and `tracestate` of W3C's Trace Context,
https://www.w3.org/TR/trace-context/. An empty one names none."""

Attributes = Mapping[str, str | int | float | Sequence[str]]
"""What a span is about."""

Kind = Literal["internal", "server", "producer", "consumer"]
"""Which part a span has in a conversation between processes."""

NOTHING: Carrier = {}
"""Names no span."""

SAMPLED = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f][13579bdf]")
"""A `traceparent` whose spans are recorded: the last bit of its flags is set."""


class Recorder(Protocol):
    """Where spans go; the functions of this module say what each method is for."""

    def span(
        self,
        name: str,
        *,
        kind: Kind,
        parent: Carrier | None,
        links: Sequence[Carrier],
        attributes: Attributes,
    ) -> AbstractContextManager[None]:
        """Record a span."""

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

    def note(self, attributes: Attributes) -> None:
        """Add to the current span."""

    def rename(self, name: str) -> None:
        """Call the current span something else."""

    def fail(self, reason: str) -> None:
        """Mark the current span."""

    def carried(self) -> dict[str, str]:
        """Name the current span."""

    def ids(self) -> dict[str, str]:
        """Name the current span and its trace."""


_recorder: Recorder | None = None


@contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    """Have the process' spans recorded for as long as the block runs."""
    global _recorder
    before, _recorder = _recorder, recorder
    try:
        yield
    finally:
        _recorder = before


def is_recording() -> bool:
    """Whether spans go anywhere: what is gathered for them alone can be spared if not."""
    return _recorder is not None


def span(
    name: str,
    *,
    kind: Kind = "internal",
    parent: Carrier | None = None,
    links: Sequence[Carrier] = (),
    attributes: Attributes = NOTHING,
) -> AbstractContextManager[None]:
    """Record what the block does as a span, the current one meanwhile.

    Args:
        name: one of a few words; what differs from time to time is an attribute.
        kind: its part between processes.
        parent: a span of another process; the current span by default, and an empty one begins
            a trace.
        links: spans that it has to do with, beside its parent.
        attributes: what it is about.
    """
    if _recorder is None:
        return nullcontext()
    return _recorder.span(name, kind=kind, parent=parent, links=links, attributes=attributes)


def past_span(
    name: str,
    *,
    parent: Carrier,
    began_ns: int,
    ended_ns: int,
    kind: Kind = "internal",
    links: Sequence[Carrier] = (),
    attributes: Attributes = NOTHING,
) -> None:
    """Record what is over; times are those of `time.time_ns()`, the rest is as for `span`."""
    if _recorder is not None:
        _recorder.past_span(
            name,
            kind=kind,
            parent=parent,
            links=links,
            attributes=attributes,
            began_ns=began_ns,
            ended_ns=ended_ns,
        )


def note(attributes: Attributes) -> None:
    """Tell more about the current span."""
    if _recorder is not None:
        _recorder.note(attributes)


def rename(name: str) -> None:
    """Call the current span by what it turned out to be."""
    if _recorder is not None:
        _recorder.rename(name)


def fail(reason: str) -> None:
    """Mark the current span as one that went wrong; an exception that leaves it does too."""
    if _recorder is not None:
        _recorder.fail(reason)


def carried() -> dict[str, str]:
    """Name the current span, for a message to another process; empty without one."""
    return {} if _recorder is None else _recorder.carried()


def trace_ids() -> dict[str, str]:
    """Give `trace_id` and `span_id` of the current span, in hexadecimal; empty without one."""
    return {} if _recorder is None else _recorder.ids()


def is_sampled(carrier: Carrier) -> bool:
    """Whether spans beneath this one are recorded, as whoever began the trace decided."""
    return SAMPLED.match(carrier.get("traceparent", "")) is not None
