"""Job handles against a service that is a function: followed over broken streams to the end."""

import asyncio
import base64
import json
from io import BytesIO

import httpx
import pytest
from PIL import Image

from tests.vitrine.clients import CLIENTS, Service, problem
from vitrine.client import following
from vitrine.client.errors import (
    AnswerInvalidError,
    ConflictError,
    ConnectionFailedError,
    JobFailedError,
    JobTimeoutError,
    NotFoundError,
)

LINKS = {"self": "/jobs/j1", "events": "…", "result": "…", "artifacts": "…"}


def job(status: str = "running", **changes: object) -> dict:
    answer = {
        "id": "j1",
        "kind": "atlas",
        "model": "tiny",
        "status": status,
        "progress": {"fraction": 0.5, "stage": "render", "step": 1, "total": 2},
        "queue_position": None,
        "attempt": 1,
        "created_at": "2026-01-02T03:04:05Z",
        "started_at": None,
        "finished_at": None,
        "expires_at": None,
        "params": {},
        "error": None,
        "links": LINKS,
    }
    return answer | changes


def event(kind: str, place: int, data: object) -> str:
    return f"id: {place}-0\nevent: {kind}\nretry: 2000\ndata: {json.dumps(data)}\n\n"


def progress(place: int) -> str:
    return event("progress", place, {"fraction": place / 10, "stage": "render", "step": place})


COMMENT = ": still here\n\n"
DONE = event("done", 9, job("succeeded"))


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Text that comes in pieces of a few bytes, and may break off."""

    def __init__(self, text: str, error: Exception | None = None) -> None:
        content = text.encode()
        self._pieces = [content[at : at + 7] for at in range(0, len(content), 7)]
        self._error = error

    def __iter__(self):
        yield from self._pieces
        if self._error:
            raise self._error

    async def __aiter__(self):
        for piece in self:
            yield piece


def streaming(*texts: str, error: Exception | None = None):
    kind = {"Content-Type": "text/event-stream; charset=utf-8"}
    return lambda _: httpx.Response(200, headers=kind, stream=Stream("".join(texts), error))


def ok(body: object):
    return lambda _: httpx.Response(200, json=body)


class Jobs(Service):
    """A service of one job: streams one after another, all else by path."""

    def __init__(self, *streams, status: str = "succeeded", **paths) -> None:
        super().__init__()
        self.streams, self.status, self.paths = list(streams), status, paths
        self.last_ids: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        if path == "/jobs/j1/events":
            self.last_ids.append(request.headers.get("Last-Event-ID"))
            answer = self.streams.pop(0) if len(self.streams) > 1 else self.streams[0]
            if isinstance(answer, Exception):
                raise answer
            return answer(request)
        name = path.rpartition("/")[2]
        if name in self.paths:
            return self.paths[name](request)
        if request.method == "DELETE":
            self.status = "cancelled"
            return httpx.Response(202, json=job("running"))
        return httpx.Response(202, json=job(self.status))


@pytest.fixture(params=CLIENTS.values(), ids=CLIENTS)
def open_client(request):
    return request.param


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    async def sleep(_: float) -> None:
        return None

    monkeypatch.setattr("httpx_retries.retry.time.sleep", lambda _: None)
    monkeypatch.setattr("httpx_retries.retry.asyncio.sleep", sleep)


def test_a_submission_carries_what_is_to_be_done_and_a_key(open_client):
    service = Service(ok(job("queued", queue_position=0)))

    with open_client(transport=service.transport) as client:
        handle = client.submit("atlas", {"dataset": "d1"}, model="tiny")
        client.submit("atlas", idempotency_key="mine")

    assert (handle.id, handle.status, handle.has_ended) == ("j1", "queued", False)
    bodies = [json.loads(request.content) for request in service.requests]
    assert bodies == [
        {"kind": "atlas", "params": {"dataset": "d1"}, "model": "tiny"},
        {"kind": "atlas", "params": {}},
    ]
    keys = [request.headers["Idempotency-Key"] for request in service.requests]
    assert len(keys[0]) == 36
    assert keys[1] == "mine"


def test_a_submission_that_is_tried_again_keeps_its_key(open_client):
    refused = problem(429, "queue_full")
    service = Service(refused, httpx.ReadError("broke off"), ok(job()))

    with open_client(transport=service.transport) as client:
        client.submit("atlas")

    assert len({request.headers["Idempotency-Key"] for request in service.requests}) == 1


def test_events_are_told_in_order_with_what_they_hold(open_client):
    file = BytesIO()
    Image.new("RGB", (3, 2)).save(file, "PNG")
    preview = {"step": 1, "image": base64.b64encode(file.getvalue()).decode()}
    service = Jobs(streaming(COMMENT, progress(1), event("preview", 2, preview), DONE))

    with open_client(transport=service.transport) as client:
        events = list(client.job("j1").events())

    assert [one.kind for one in events] == ["progress", "preview", "done"]
    assert events[0].progress.stage == "render"
    assert events[0].progress.fraction == 0.1
    assert events[0].preview is None
    assert events[1].progress is None
    assert events[1].preview.size == (3, 2)
    assert events[2].data["status"] == "succeeded"


def test_a_stream_that_breaks_off_is_taken_up_where_it_was(open_client):
    service = Jobs(
        streaming(progress(1), progress(2), error=httpx.ReadError("gone")),
        httpx.ConnectError("restarting"),
        streaming(COMMENT),
        streaming(progress(3), DONE),
    )

    with open_client(transport=service.transport, retries=0) as client:
        events = list(client.job("j1").events())

    assert [one.id for one in events] == ["1-0", "2-0", "3-0", "9-0"]
    assert service.last_ids == [None, "2-0", "2-0", "2-0"]


def test_events_can_be_followed_from_behind_a_known_one(open_client):
    service = Jobs(streaming(DONE))

    with open_client(transport=service.transport) as client:
        list(client.job("j1").events(after="5-0"))

    assert service.last_ids == ["5-0"]


@pytest.mark.parametrize(
    "end", [httpx.ConnectError("gone"), streaming(), problem(503, "broker_unavailable")]
)
def test_a_service_that_stays_away_is_given_up(open_client, end):
    service = Jobs(end)

    with open_client(transport=service.transport, retries=0) as client:
        handle = client.job("j1")
        with pytest.raises((ConnectionFailedError, following.UnavailableError)):
            list(handle.events())

    assert len(service.last_ids) == following.MOST_BREAKS + 1


@pytest.mark.parametrize(
    ("stream", "error"),
    [
        pytest.param(ok(job()), AnswerInvalidError, id="no stream"),
        pytest.param(streaming("data: {\n\n"), AnswerInvalidError, id="no JSON"),
        pytest.param(streaming("data: []\n\n"), AnswerInvalidError, id="no object"),
        pytest.param(problem(404, "job_not_found"), NotFoundError, id="no job"),
    ],
)
def test_a_stream_that_is_none_of_the_services_is_refused(open_client, stream, error):
    with open_client(transport=Jobs(stream).transport) as client:
        handle = client.job("j1")
        with pytest.raises(error):
            list(handle.events())


def test_waiting_tells_the_progress_and_gives_the_result(open_client):
    service = Jobs(streaming(progress(1), progress(4), DONE), result=ok({"cells": 64}))
    seen = []

    with open_client(transport=service.transport) as client:
        result = client.job("j1").wait(progress=lambda one: seen.append(one.fraction))

    assert result == {"cells": 64}
    assert seen == [0.1, 0.4]


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_waiting_for_a_job_that_fails_says_why(open_client, status):
    error = {"code": "layer_not_found", "detail": "no such layer"}
    service = Jobs(
        streaming(event("error", 9, {"code": "layer_not_found"})),
        j1=ok(job(status, error=error)),
    )

    with open_client(transport=service.transport) as client:
        handle = client.job("j1")
        with pytest.raises(JobFailedError, match="no such layer") as raised:
            handle.wait()

    assert raised.value.code == "layer_not_found"
    assert raised.value.job.status == status


class Endless(Stream):
    """Signs of life for ever."""

    def __init__(self) -> None:
        super().__init__(COMMENT)

    def __iter__(self):
        while True:
            yield from self._pieces

    async def __aiter__(self):
        while True:
            for piece in self._pieces:
                yield piece
            try:
                async with asyncio.timeout(0.001):
                    await asyncio.Event().wait()
            except TimeoutError:
                continue


def test_waiting_ends_in_time_though_the_job_does_not(open_client):
    kind = {"Content-Type": "text/event-stream"}
    service = Jobs(lambda _: httpx.Response(200, headers=kind, stream=Endless()))

    with open_client(transport=service.transport) as client:
        handle = client.job("j1")
        with pytest.raises(JobTimeoutError, match=r"not ended within 0\.05 s"):
            handle.wait(timeout_seconds=0.05)


def test_a_result_that_is_not_there_yet_is_a_conflict(open_client):
    service = Jobs(status="running", result=problem(409, "job_not_finished"))

    with open_client(transport=service.transport) as client:
        handle = client.job("j1")
        with pytest.raises(ConflictError):
            handle.result()


def test_cancelling_ends_a_job_that_runs(open_client):
    service = Jobs(status="running")

    with open_client(transport=service.transport) as client:
        assert client.job("j1").cancel().status == "cancelled"

    assert [request.method for request in service.requests] == ["GET", "GET", "DELETE", "GET"]


def test_cancelling_a_job_that_has_ended_keeps_what_it_made(open_client):
    service = Jobs(status="succeeded")

    with open_client(transport=service.transport) as client:
        assert client.job("j1").cancel().status == "succeeded"

    assert {request.method for request in service.requests} == {"GET"}


def test_a_failed_job_is_begun_again_and_a_finished_one_deleted(open_client):
    service = Jobs(retry=ok(job("queued")), status="failed")

    with open_client(transport=service.transport) as client:
        handle = client.job("j1")
        assert handle.retry().status == "queued"
        handle.delete()

    assert [(one.method, one.url.path) for one in service.requests[1:]] == [
        ("POST", "/jobs/j1/retry"),
        ("DELETE", "/jobs/j1"),
    ]


def artifact(path: str) -> dict:
    return {"path": path, "bytes": 3, "media_type": "x/y", "etag": '"e"', "href": "…"}


def test_artifacts_are_listed_fetched_and_saved(open_client, tmp_path):
    paths = ["grid.png", "cells/8 a.json"]
    service = Jobs(artifacts=ok({"artifacts": [artifact(path) for path in paths]}))
    service.paths |= {
        path.rpartition("/")[2]: lambda request: httpx.Response(
            200, content=request.url.raw_path
        )
        for path in paths
    }

    with open_client(transport=service.transport) as client:
        handle = client.job("j1")
        assert [one.path for one in handle.artifacts()] == paths
        saved = handle.save(tmp_path / "out")

    assert [str(file.relative_to(tmp_path)) for file in saved] == [
        "out/grid.png",
        "out/cells/8 a.json",
    ]
    assert saved[1].read_bytes() == b"/jobs/j1/artifacts/cells/8%20a.json"


@pytest.mark.parametrize("path", ["../evil", "/etc/evil", "a/../../evil", ""])
def test_no_file_is_saved_outside_of_the_folder(open_client, tmp_path, path):
    service = Jobs(artifacts=ok({"artifacts": [artifact(path)]}))

    with open_client(transport=service.transport) as client:
        handle = client.job("j1")
        with pytest.raises(AnswerInvalidError, match="outside"):
            handle.save(tmp_path / "out")

    assert not (tmp_path / "evil").exists()


def test_all_jobs_are_gone_through_page_by_page(open_client):
    service = Service(
        ok({"jobs": [job(), job(id="j2")], "next_cursor": "c1"}),
        ok({"jobs": [job(id="j3")], "next_cursor": None}),
    )

    with open_client(transport=service.transport) as client:
        found = [one.id for one in client.jobs(status="running", limit=2)]

    assert found == ["j1", "j2", "j3"]
    queries = [dict(request.url.params) for request in service.requests]
    assert queries[0] == {"status": "running", "limit": "2"}
    assert queries[1] == queries[0] | {"cursor": "c1"}
