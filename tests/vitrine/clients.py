"""Both clients behind one face, and a service that is a function."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

import httpx

from vitrine import AsyncClient, Client
from vitrine.client.async_jobs import AsyncJob

Answerer = Callable[[httpx.Request], httpx.Response]


class Awaited:
    """An asynchronous client or job whose calls are waited for: one test does for both."""

    def __init__(self, inner: object, loop: asyncio.AbstractEventLoop) -> None:
        self._inner, self._loop = inner, loop

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        if not callable(found):
            return found

        def call(*arguments: object, **options: object) -> object:
            made = found(*arguments, **options)
            if inspect.isasyncgen(made):
                return iter(self._loop.run_until_complete(_all(made)))
            if not inspect.iscoroutine(made):
                return made
            return self._dress(self._loop.run_until_complete(made))

        return call

    def _dress(self, made: object) -> object:
        return Awaited(made, self._loop) if isinstance(made, AsyncJob) else made


async def _all(made: AsyncIterator[object]) -> list[object]:
    return [item async for item in made]


@contextmanager
def blocking(url: str = "http://front", **options: object) -> Iterator[Client]:
    with Client(url, **options) as client:
        yield client


@contextmanager
def awaited(url: str = "http://front", **options: object) -> Iterator[Awaited]:
    loop = asyncio.new_event_loop()
    client = AsyncClient(url, **options)
    try:
        yield Awaited(client, loop)
    finally:
        loop.run_until_complete(client.close())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


CLIENTS = {"blocking": blocking, "awaited": awaited}


class Service:
    """Answers requests one after another, the last answer for ever, and keeps the requests."""

    def __init__(self, *answers: httpx.Response | Exception | Answerer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)


def problem(status: int, code: str, *, headers: dict | None = None, **more: object):
    """Write a refusal as the service does."""
    body = {
        "type": f"urn:vitrine:problem:{code}",
        "title": "Refused",
        "status": status,
        "detail": "said in words",
        "instance": "/predict",
        "code": code,
        "request_id": "r1",
        **more,
    }
    kind = {"Content-Type": "application/problem+json"}
    return lambda _: httpx.Response(status, json=body, headers=kind | (headers or {}))
