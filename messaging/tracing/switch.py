"""Whether a process records traces: if the environment names a collector for them.

The variables are OpenTelemetry's own, https://opentelemetry.io/docs/specs/otel/protocol/exporter/
and https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import structlog

from messaging.tracing.spans import recording

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")

SPOKEN = "http/protobuf"
"""The one protocol that the extra brings; gRPC would bring a library as large as a front."""

log = structlog.get_logger()


@contextmanager
def tracing(process: str) -> Iterator[None]:
    """Record traces for as long as the block runs, where that is asked for and possible.

    Args:
        process: `front` or `worker`; the spans' service is `vitrine-front` or `vitrine-worker`.
    """
    reason = why_not(os.environ)
    with ExitStack() as stack:
        if reason is None:
            try:
                stack.enter_context(_exported(f"vitrine-{process}"))
            except ImportError:
                reason = "the library is not installed: requirements/tracing.lock has it"
            except ValueError as error:
                reason = f"one of the OTEL_ variables is wrong: {error}"
        if reason:
            log.warning("no traces are recorded", reason=reason)
        yield


@contextmanager
def _exported(service: str) -> Iterator[None]:
    """Record spans and send them out; the library is loaded here, which takes a while.

    Raises:
        ImportError: it is not installed.
        ValueError: it does not understand its variables.
    """
    from messaging.tracing.open_telemetry import exporting

    with exporting(service) as recorder, recording(recorder):
        yield


def why_not(environment: Mapping[str, str]) -> str | None:
    """Say why no traces are recorded: empty where nobody asks for any; none if they are."""
    if not _first(environment, ENDPOINTS):
        return ""
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return ""
    exporter = environment.get("OTEL_TRACES_EXPORTER", "").strip() or "otlp"
    if exporter == "none":
        return ""
    if exporter != "otlp":
        return f"OTEL_TRACES_EXPORTER is {exporter!r}; otlp and none are known"
    protocol = _first(environment, PROTOCOLS) or SPOKEN
    if protocol != SPOKEN:
        return f"the protocol is {protocol!r}; {SPOKEN} is spoken, as a rule on port 4318"
    return None


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Give the first variable that is set to something; empty if none is."""
    return next((found for name in names if (found := environment.get(name, "").strip())), "")
