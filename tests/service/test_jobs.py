"""`/jobs` over HTTP, with a real Redis and a store; what workers do is told to the ledger."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
import redis

from api_schemas.job_kind import JobKind
from api_schemas.jobs import JobError, JobProgress
from api_schemas.schema import Schema
from messaging.jobs.ledger import JobLedger, StageWeight
from messaging.jobs.message import JobMessage
from storage.job_files import JobFiles
from storage.store import open_store
from tests.messaging.jobs.boards import board_of
from tests.processes import valkey
from tests.service.application import FixedModels, client_of, record

WHOLE = StageWeight(before=0.0, weight=1.0, tasks=1)


class LoopParameters(Schema):
    """Of a kind for these tests."""

    steps: int = 3
    """How many."""


@pytest.fixture(scope="module")
def redis_url():
    with valkey() as url:
        yield url


@pytest.fixture(autouse=True)
def _loop_kind(redis_url, monkeypatch):
    kind = JobKind("loop", "Go round.", LoopParameters)
    monkeypatch.setattr("service.jobs.JOB_KINDS", {"loop": kind})
    with redis.Redis.from_url(redis_url) as connection:
        connection.flushall()


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def ledger(redis_url):
    with redis.Redis.from_url(redis_url) as connection:
        yield JobLedger(connection)


@asynccontextmanager
async def front(redis_url, store, models=None, **settings):
    async with (
        board_of(redis_url) as board,
        client_of(models=models, board=board, store=store, **settings) as client,
    ):
        yield client


@pytest.fixture
async def client(redis_url, store):
    async with front(redis_url, store) as opened:
        yield opened


async def submitted(client, **params) -> dict:
    answer = await client.post("/jobs", json={"kind": "loop", "params": params})
    assert answer.status_code == 202
    return answer.json()


def begin(ledger, job):
    message = JobMessage(job["id"], job["model"], 1, 0, None)
    assert ledger.begin_stage(message) == "begun"
    return message, ledger.start_task(message)[1]


async def test_a_submission_is_answered_with_the_job_and_where_to_follow_it(client):
    answer = await client.post("/jobs", json={"kind": "loop", "params": {"steps": 7}})

    job = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/jobs/{job['id']}" == job["links"]["self"]
    assert int(answer.headers["retry-after"]) > 0
    assert (job["status"], job["queue_position"], job["attempt"]) == ("queued", 0, 0)
    assert (job["kind"], job["model"], job["params"]) == ("loop", "tiny", {"steps": 7})
    assert job["started_at"] is job["finished_at"] is job["expires_at"] is job["error"] is None
    assert (await client.get(job["links"]["self"])).json() == job


async def test_links_name_the_prefix_under_which_a_proxy_serves_us(redis_url, store):
    async with front(redis_url, store, root_path="/shown") as client:
        job = await submitted(client)

        assert job["links"]["events"] == f"/shown/jobs/{job['id']}/events"
        assert (await client.get(f"/jobs/{job['id']}")).status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({"kind": "lop"}, "/kind", "loop"),
        ({"params": {}}, "/kind", "required"),
        ({"kind": "loop", "params": {"steps": "many"}}, "/params/steps", "integer"),
        ({"kind": "loop", "params": {"stpes": 1}}, "/params/stpes", "steps"),
        ({"kind": "loop", "parameters": {}}, "/parameters", "params"),
        ({"kind": "loop", "params": 3}, "/params", "object"),
    ],
)
async def test_a_wrong_submission_names_the_field_and_records_nothing(
    client, body, pointer, words
):
    answer = await client.post("/jobs", json=body)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "fields_invalid")
    assert problem["errors"][0]["pointer"] == pointer
    assert words in problem["errors"][0]["detail"]
    assert (await client.get("/jobs")).json()["jobs"] == []


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/json", 422, "body_invalid"),
        (b"{}", "text/plain", 415, "media_type_unsupported"),
        (b" " * 2000, "application/json", 413, "image_too_large"),
    ],
)
async def test_a_body_that_is_no_submission_is_refused(
    redis_url, store, content, content_type, status, code
):
    async with front(redis_url, store, max_body_bytes=1000) as client:
        answer = await client.post(
            "/jobs", content=content, headers={"Content-Type": content_type}
        )

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_unknown_model_is_refused_but_one_that_nobody_hosts_is_waited_for(
    redis_url, store
):
    async with front(redis_url, store, FixedModels(record(), hosted=False)) as client:
        unknown = await client.post("/jobs", json={"kind": "loop", "model": "none"})
        unhosted = await client.post("/jobs", json={"kind": "loop", "model": "tiny"})

    assert (unknown.status_code, unknown.json()["code"]) == (404, "model_not_found")
    assert unhosted.status_code == 202


async def test_the_same_key_and_body_give_the_same_job_and_another_body_is_refused(client):
    headers = {"Idempotency-Key": "0b7e"}
    first = await client.post("/jobs", json={"kind": "loop"}, headers=headers)

    # The body is the same once its defaults are filled in.
    again = await client.post(
        "/jobs", json={"kind": "loop", "params": {"steps": 3}}, headers=headers
    )
    other = await client.post(
        "/jobs", json={"kind": "loop", "params": {"steps": 4}}, headers=headers
    )

    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


async def test_an_idempotency_key_that_is_too_long_is_refused(client):
    answer = await client.post(
        "/jobs", json={"kind": "loop"}, headers={"Idempotency-Key": "k" * 256}
    )

    assert answer.json()["errors"][0]["pointer"] == "/Idempotency-Key"


async def test_a_preference_to_wait_is_met_until_the_job_ends(client, ledger):
    async def finish_soon() -> None:
        while not (jobs := (await client.get("/jobs")).json()["jobs"]):
            await asyncio.sleep(0.01)
        message, _ = begin(ledger, jobs[0])
        ledger.succeed(message, {"went": "round"})

    answer, _ = await asyncio.gather(
        client.post("/jobs", json={"kind": "loop"}, headers={"Prefer": "wait=20"}),
        finish_soon(),
    )

    assert (answer.status_code, answer.json()["status"]) == (200, "succeeded")
    assert answer.headers["preference-applied"] == "wait=20"


async def test_a_job_that_outlasts_the_wait_is_answered_as_accepted(client):
    answer = await client.post(
        "/jobs", json={"kind": "loop"}, headers={"Prefer": "respond-async, wait=1"}
    )

    assert (answer.status_code, answer.json()["status"]) == (202, "queued")


async def test_progress_and_result_are_told_as_the_worker_tells_them(client, ledger):
    job = await submitted(client)
    early = await client.get(job["links"]["result"])

    message, task = begin(ledger, job)
    ledger.report(task, JobProgress(fraction=0.5, stage="loop", step=2, total=4), WHOLE)
    running = (await client.get(job["links"]["self"])).json()
    ledger.finish_task(task, {})
    ledger.succeed(message, {"went": "round"})
    ended = (await client.get(job["links"]["self"])).json()

    assert (early.status_code, early.json()["code"]) == (409, "job_not_finished")
    assert int(early.headers["retry-after"]) > 0
    assert (running["status"], running["attempt"]) == ("running", 1)
    assert running["progress"]["fraction"] == 0.5
    assert running["queue_position"] is None
    assert (ended["status"], ended["progress"]["fraction"]) == ("succeeded", 1.0)
    assert ended["started_at"] <= ended["finished_at"] < ended["expires_at"]
    assert (await client.get(job["links"]["result"])).json() == {"went": "round"}


@pytest.mark.parametrize(
    ("code", "status"),
    [("layer_not_found", 422), ("job_failed", 500), ("job_killed_its_worker", 500)],
)
async def test_the_result_of_a_failed_job_is_the_problem_that_ended_it(
    client, ledger, code, status
):
    job = await submitted(client)
    ledger.fail(begin(ledger, job)[0], JobError(code=code, detail="what is wrong"))

    answer = await client.get(job["links"]["result"])

    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"] == "what is wrong"
    assert (await client.get(job["links"]["self"])).json()["error"]["code"] == code


async def test_deleting_cancels_what_is_queued_and_removes_what_has_ended(client, store):
    job = await submitted(client)
    files = JobFiles(open_store(str(store)), job["id"])
    files.write_artifact("grid.png", b"PNG")

    cancelled = await client.delete(job["links"]["self"])
    removed = await client.delete(job["links"]["self"])
    again = await client.delete(job["links"]["self"])

    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    assert (removed.status_code, again.status_code) == (204, 204)
    assert not files.has_artifact("grid.png")
    for path in ("", "/result", "/events", "/artifacts", "/artifacts/grid.png"):
        answer = await client.get(job["links"]["self"] + path)
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


async def test_deleting_a_running_job_is_accepted_and_told_to_the_worker(client, ledger):
    job = await submitted(client)
    _, task = begin(ledger, job)

    answers = [await client.delete(job["links"]["self"]) for _ in range(2)]

    assert [one.status_code for one in answers] == [202, 202]
    assert ledger.look(task) == "cancelled"


async def test_only_failed_and_cancelled_jobs_are_retried(client):
    job = await submitted(client)
    too_soon = await client.post(f"{job['links']['self']}/retry")
    await client.delete(job["links"]["self"])

    retried = await client.post(f"{job['links']['self']}/retry")

    assert (too_soon.status_code, too_soon.json()["code"]) == (409, "job_not_retryable")
    assert (retried.status_code, retried.json()["status"]) == (202, "queued")
    assert retried.headers["location"] == job["links"]["self"]


async def test_an_unknown_job_is_not_found_on_any_route(client):
    for method, path in (
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/retry"),
        ("GET", "/result"),
        ("GET", "/events"),
        ("GET", "/artifacts"),
        ("GET", "/artifacts/grid.png"),
    ):
        answer = await client.request(method, f"/jobs/nothing{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


def events_in(text: str) -> list[tuple[str, str, dict]]:
    """Read a stream of events: name, ID, data."""
    events = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line[0] != ":")
        events.append((fields["event"], fields["id"], json.loads(fields["data"])))
    return events


async def test_events_tell_the_progress_and_end_with_the_job(client, ledger):
    job = await submitted(client)
    message, task = begin(ledger, job)
    ledger.report(task, JobProgress(fraction=0.5, stage="loop", step=1, total=2), WHOLE)
    ledger.preview(task, json.dumps({"step": 1, "image": "QUJD"}))
    ledger.succeed(message, {})

    answer = await client.get(job["links"]["events"])
    events = events_in(answer.text)

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [name for name, _, _ in events] == ["progress", "preview", "done"]
    assert events[0][2]["fraction"] == 0.5
    assert events[1][2] == {"step": 1, "image": "QUJD"}
    assert events[2][2] == (await client.get(job["links"]["self"])).json()


async def test_a_follower_goes_on_behind_the_last_event_that_it_heard(client, ledger):
    job = await submitted(client)
    message, task = begin(ledger, job)
    for step in (1, 2, 3):
        progress = JobProgress(fraction=step / 3, stage="loop", step=step, total=3)
        ledger.report(task, progress, WHOLE)
    ledger.fail(message, JobError(code="layer_not_found", detail="no such layer"))
    same = {"X-Request-ID": "the-same"}
    heard = events_in((await client.get(job["links"]["events"], headers=same)).text)

    after = same | {"Last-Event-ID": heard[1][1]}
    answer = await client.get(job["links"]["events"], headers=after)

    assert events_in(answer.text) == heard[2:]
    assert heard[-1][0] == "error"
    assert heard[-1][2]["code"] == "layer_not_found"


@pytest.mark.parametrize("word", ["nonsense", "-1-1", "9" * 80 + "-1", "1", "\u0661-\u0661"])
async def test_a_last_event_that_is_none_of_ours_means_from_the_start(client, ledger, word):
    job = await submitted(client)
    ledger.succeed(begin(ledger, job)[0], {})

    answer = await client.get(job["links"]["events"], headers={"Last-Event-ID": word.encode()})

    assert [name for name, _, _ in events_in(answer.text)] == ["done"]


async def test_jobs_are_listed_from_the_newest_by_pages_and_filters(client):
    jobs = [await submitted(client, steps=step) for step in range(7)]
    for job in jobs[:3]:
        await client.delete(job["links"]["self"])
    newest = [
        job["id"] for job in sorted(jobs, key=lambda one: (one["created_at"], one["id"]))
    ][::-1]

    listed, cursor = [], ""
    while cursor is not None:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/jobs", params=query)).json()
        listed += [job["id"] for job in page["jobs"]]
        cursor = page["next_cursor"]
    cancelled = (await client.get("/jobs?status=cancelled&limit=2")).json()

    assert listed == newest
    assert [job["status"] for job in cancelled["jobs"]] == ["cancelled"] * 2
    assert cancelled["next_cursor"] is not None
    assert (await client.get("/jobs?kind=other")).json() == {"jobs": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("status=lost", "/status"),
        ("cursor=nonsense", "/cursor"),
        ("cursor=1-a%2Fb", "/cursor"),
        ("page=2", "/page"),
    ],
)
async def test_a_list_that_cannot_be_is_refused_by_its_field(client, query, pointer):
    answer = await client.get(f"/jobs?{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.fixture
async def artifact(client, store):
    job = await submitted(client)
    files = JobFiles(open_store(str(store)), job["id"])
    files.write_artifact("cells/8.json", b"0123456789")
    return f"{job['links']['artifacts']}/cells/8.json"


async def test_artifacts_are_listed_with_what_fetches_them(client, artifact):
    listed = (await client.get(artifact.removesuffix("/cells/8.json"))).json()["artifacts"]

    assert [one["path"] for one in listed] == ["cells/8.json"]
    assert (listed[0]["bytes"], listed[0]["href"]) == (10, artifact)
    assert listed[0]["media_type"] == "application/json"
    whole = await client.get(listed[0]["href"])
    assert (whole.content, whole.headers["etag"]) == (b"0123456789", listed[0]["etag"])
    assert whole.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("asked", "status", "content", "sent"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-30", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=0-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=4-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("pages=1-2", 200, b"0123456789", None),
    ],
)
async def test_the_part_of_an_artifact_that_is_asked_for_is_sent(
    client, artifact, asked, status, content, sent
):
    answer = await client.get(artifact, headers={"Range": asked})

    assert (answer.status_code, answer.content) == (status, content)
    assert answer.headers.get("content-range") == sent
    assert int(answer.headers["content-length"]) == len(content)


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=99-100", "bytes=-0"])
async def test_a_range_behind_the_end_is_refused_with_the_size(client, artifact, asked):
    answer = await client.get(artifact, headers={"Range": asked})

    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")
    assert answer.headers["content-range"] == "bytes */10"


async def test_what_a_cache_has_already_is_not_sent_again(client, artifact):
    tag = (await client.get(artifact)).headers["etag"]

    known = await client.get(artifact, headers={"If-None-Match": f'"other", W/{tag}'})
    changed = await client.get(artifact, headers={"If-None-Match": '"other"'})
    part = {"Range": "bytes=0-1"}
    same = await client.get(artifact, headers=part | {"If-Range": tag})
    other = await client.get(artifact, headers=part | {"If-Range": '"other"'})

    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    assert changed.status_code == 200
    assert (same.status_code, other.status_code) == (206, 200)


async def test_artifacts_may_be_kept_for_good_once_their_job_has_ended(client, artifact):
    running = await client.get(artifact)
    await client.delete(artifact.split("/artifacts")[0])

    ended = await client.get(artifact)

    assert "no-cache" in running.headers["cache-control"]
    assert "immutable" in ended.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["none.png", "../secret", "%2e%2e/secret", "a//b", "cells", "%2Fetc%2Fpasswd"]
)
async def test_a_path_that_names_no_artifact_is_not_found(client, artifact, path):
    root = artifact.removesuffix("/cells/8.json")

    answer = await client.get(f"{root}/{path}")

    assert answer.status_code == 404
    assert answer.json()["code"] in ("artifact_not_found", "route_not_found", "job_not_found")
