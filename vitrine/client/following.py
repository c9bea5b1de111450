"""Following a job's events to its end, over streams that may break off."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, cast

import httpx
from httpx_sse import EventSource

from vitrine.client.errors import (
    ConnectionFailedError,
    JobTimeoutError,
    UnavailableError,
    refusal,
)
from vitrine.client.job_calls import job_path
from vitrine.client.job_events import (
    RECONNECT_SECONDS,
    SILENCE_SECONDS,
    JobEvent,
    event_of,
    headers_after,
)

if TYPE_CHECKING:
    from vitrine.client.asynchronous import AsyncClient
    from vitrine.client.blocking import Client

MOST_BREAKS = 10
"""In a row, without an event between them: then the service is taken to be gone."""

PASSING = (ConnectionFailedError, UnavailableError)
"""Ends of a stream after which it is opened again."""


class Deadline:
    """Until when a job is waited for."""

    def __init__(self, job: str, seconds: float | None) -> None:
        self._job, self._seconds = job, seconds
        self._until = float("inf") if seconds is None else time.monotonic() + seconds

    @property
    def silence_seconds(self) -> float:
        """How long a stream may say nothing."""
        return max(0.001, min(SILENCE_SECONDS, self._until - time.monotonic()))

    def check(self) -> None:
        """Let the time go on.

        Raises:
            JobTimeoutError: it is over.
        """
        if time.monotonic() > self._until:
            raise JobTimeoutError(self._job, self._seconds or 0.0)


class Breaks:
    """Streams that broke off in a row."""

    def __init__(self) -> None:
        self._count = 0

    def forget(self) -> None:
        """Begin anew: an event has come."""
        self._count = 0

    def add(self, error: Exception | None, deadline: Deadline) -> None:
        """Count one more.

        Raises:
            JobTimeoutError: the time is over.
            ConnectionFailedError, UnavailableError: they are too many; the last one's error.
        """
        deadline.check()
        self._count += 1
        if self._count > MOST_BREAKS:
            raise error or ConnectionFailedError("the job's events", "end without an end")


class Watched:
    """A response whose text is read against a deadline, also where it holds comments alone."""

    def __init__(self, response: httpx.Response, deadline: Deadline) -> None:
        self.headers = response.headers
        self._response, self._deadline = response, deadline

    def iter_text(self) -> Iterator[str]:
        """Read on while there is time."""
        for text in self._response.iter_text():
            self._deadline.check()
            yield text


def follow(client: "Client", job: str, *, after: str, deadline: Deadline) -> Iterator[JobEvent]:
    """Give a job's events to the last, each once.

    Raises:
        VitrineError: the service refuses, is gone, or the time is over.
    """
    breaks, path = Breaks(), f"{job_path(job)}/events"
    while True:
        error: Exception | None = None
        silence = httpx.Timeout(deadline.silence_seconds)
        try:
            with client.stream(path, headers=headers_after(after), timeout=silence) as response:
                if not response.is_success:
                    response.read()
                    raise refusal(response)
                watched = cast(httpx.Response, Watched(response, deadline))
                for sent in EventSource(watched).iter_sse():
                    if not sent.data:
                        continue
                    event = event_of(sent)
                    after = event.id or after
                    breaks.forget()
                    yield event
                    if event.is_end:
                        return
        except PASSING as broken:
            error = broken
        breaks.add(error, deadline)
        time.sleep(RECONNECT_SECONDS)


async def follow_async(
    client: "AsyncClient", job: str, *, after: str
) -> AsyncIterator[JobEvent]:
    """Give a job's events to the last, each once.

    Raises:
        VitrineError: the service refuses, or is gone.
    """
    breaks, path = Breaks(), f"{job_path(job)}/events"
    forever = Deadline(job, None)
    while True:
        error: Exception | None = None
        silence = httpx.Timeout(SILENCE_SECONDS)
        try:
            stream = client.stream(path, headers=headers_after(after), timeout=silence)
            async with stream as response:
                if not response.is_success:
                    await response.aread()
                    raise refusal(response)
                async for sent in EventSource(response).aiter_sse():
                    if not sent.data:
                        continue
                    event = event_of(sent)
                    after = event.id or after
                    breaks.forget()
                    yield event
                    if event.is_end:
                        return
        except PASSING as broken:
            error = broken
        breaks.add(error, forever)
        await asyncio.sleep(RECONNECT_SECONDS)
