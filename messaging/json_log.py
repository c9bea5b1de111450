"""How front and workers write their logs: one JSON line an event, to standard error."""

import logging
import sys
import warnings

import structlog
from structlog.typing import EventDict, WrappedLogger

from messaging.tracing.spans import trace_ids

DECODERS = r"PIL\."
"""Modules that warn of damaged files, with numbers from the files: Python would remember each
such text for as long as the process lives, and print it between the log's lines."""


def configure_log() -> None:
    """Have every logger of the process write JSON lines; to be called once, at its start.

    Warnings of the image decoders are dropped: whoever sends a damaged file is told so.
    """
    warnings.filterwarnings("ignore", module=DECODERS)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _name_trace,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def asked_by() -> str:
    """Name the HTTP request that the calling code runs for, as log lines do; empty for none."""
    return str(structlog.contextvars.get_contextvars().get("request", ""))


def _name_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Name the trace and the span that a line is written in, where there is one."""
    event.update(trace_ids())
    return event
