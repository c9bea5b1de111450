"""A key sees what is its own; what is another's answers as if it were not there."""

import re

import pytest

from api_schemas.atlases import AtlasDocument
from api_schemas.job_kind import JobKind
from api_schemas.job_kinds import JOB_KINDS
from api_schemas.packed_jobs import PackedJob
from api_schemas.schema import Schema
from messaging.access.store import KeyStore
from messaging.jobs.ledger import JobLedger
from messaging.jobs.message import JobMessage
from messaging.jobs.shipped import ShippedRecords
from service.describe import openapi_document
from service.jobs import ATLAS_PARAMETER, DATASET_PARAMETER
from storage.job_files import JobFiles
from storage.store import open_store
from tests.messaging.jobs.boards import board_of
from tests.service.application import client_of, png
from tests.service.keyed import USUAL, keyed_front, made_key
from tests.storage.hostile_archives import zip_of

ARCHIVE = zip_of(("pets/cat/1.png", png(3, 5)), ("pets/dog/1.png", png(4, 4)))

OWNED = re.compile(r"{(job|atlas|dataset)}")
ON_WHAT_IS_OWNED = [
    pytest.param(method.upper(), path, id=f"{method.upper()} {path}")
    for path, operations in openapi_document()["paths"].items()
    for method in operations
    if OWNED.search(path)
]

ATLAS_JSON = AtlasDocument(
    kind="atlas",
    model="tiny",
    model_sha256="ab" * 32,
    dataset="pets",
    layer="last_maps",
    layer_shape=(2, 2, 4),
    classes=("cat", "dog"),
    filter_classes=(),
    full_influence=1.0,
    images=2,
    unread=0,
    points=4,
    silent=0,
    grids=(),
    preview_path="preview.png",
    landmarks_path=None,
    parameters={},
)


class Parameters(Schema):
    """Of the kind for these tests."""

    steps: int = 3
    """How many."""
    dataset: str | None = None
    """Looked at."""
    atlas: str | None = None
    """Drawn from."""


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    kinds = {name: JobKind(name, "Go round.", Parameters) for name in ("loop", "atlas")}
    monkeypatch.setattr("service.jobs.JOB_KINDS", kinds)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def alice(redis_url, connection):
    return made_key(redis_url, name="Alice")[1]


@pytest.fixture
def bob(redis_url, connection):
    return made_key(redis_url, name="Bob")[1]


@pytest.fixture
def admin(redis_url, connection):
    return made_key(redis_url, "admin", name="who runs it")[1]


@pytest.fixture
def small(redis_url, connection):
    return made_key(redis_url, name="Small", max_stored_bytes=1)[1]


@pytest.fixture
async def front(redis_url, store, alice, bob, admin):
    async with keyed_front(redis_url, store) as client:
        yield client


async def submitted(front, headers, kind="loop", word=None, **params) -> dict:
    words = {"Idempotency-Key": word} if word else {}
    body = {"kind": kind, "params": params}
    answer = await front.post("/jobs", json=body, headers=headers | words)
    assert answer.status_code == 202, answer.text
    return answer.json()


async def uploaded(front, headers) -> dict:
    answer = await front.post("/datasets", files={"archive": ARCHIVE}, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def finish(connection, store, job) -> None:
    """Have a job succeed, with an atlas among its artifacts."""
    files = JobFiles(open_store(str(store)), job["id"])
    files.write_artifact("atlas.json", ATLAS_JSON.model_dump_json().encode())
    ledger = JobLedger(connection)
    message = JobMessage(job["id"], job["model"], 1, 0, None)
    assert ledger.begin_stage(message) == "begun"
    assert ledger.succeed(message, {})


async def asked(front, method, path, names, headers):
    """Ask for a path with names in it; what needs an image gets one."""
    image = {"image": ("i.png", png())} if path.endswith("/locate") else None
    filled = path.format(path="atlas.json", **names)
    same = headers | {"X-Request-ID": "the-same"}
    return await front.request(method, filled, headers=same, files=image)


def seen(answer, name) -> tuple[int, str, dict[str, str]]:
    """Give all that a caller is told, with what it asked for taken out."""
    headers = {
        field: value
        for field, value in answer.headers.items()
        if field not in ("server-timing", "content-length")
    }
    return answer.status_code, answer.text.replace(name, "…"), headers


@pytest.fixture
async def things(front, alice, connection, store):
    """What Alice has: a dataset, and a job that has made an atlas."""
    dataset = await uploaded(front, alice)
    job = await submitted(front, alice, kind="atlas", dataset=dataset["id"])
    finish(connection, store, job)
    return {"job": job["id"], "atlas": job["id"], "dataset": dataset["id"]}


@pytest.mark.parametrize(("method", "path"), ON_WHAT_IS_OWNED)
async def test_what_others_own_answers_as_if_it_were_not_there(
    front, things, bob, method, path
):
    (name,) = OWNED.findall(path)
    absent = {key: "0" * len(value) for key, value in things.items()}

    others = await asked(front, method, path, things, bob)
    nobodys = await asked(front, method, path, absent, bob)

    assert others.status_code == 404
    assert seen(others, things[name]) == seen(nobodys, absent[name])


@pytest.mark.parametrize("who", ["alice", "admin"])
@pytest.mark.parametrize(("method", "path"), ON_WHAT_IS_OWNED)
async def test_what_is_ones_own_is_found_and_admin_finds_everything(
    front, things, who, request, method, path
):
    answer = await asked(front, method, path, things, request.getfixturevalue(who))

    assert answer.status_code in (200, 204, 409)


@pytest.mark.parametrize("path", ["/jobs", "/datasets", "/atlases"])
async def test_lists_have_what_is_ones_own_and_all_of_it_for_admin(
    front, things, alice, bob, admin, path
):
    told = {
        name: next(iter((await front.get(path, headers=headers)).json().values()))
        for name, headers in {"alice": alice, "bob": bob, "admin": admin}.items()
    }

    assert told["bob"] == []
    assert len(told["alice"]) == 1
    assert told["admin"] == told["alice"]


async def test_pages_of_jobs_pass_over_what_others_own(front, alice, bob):
    mine = []
    for turn in range(6):
        headers = alice if turn % 2 else bob
        job = await submitted(front, headers)
        mine += [job["id"]] if turn % 2 else []

    listed, cursor = [], ""
    while cursor is not None:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await front.get("/jobs", params=query, headers=alice)).json()
        listed += [job["id"] for job in page["jobs"]]
        cursor = page["next_cursor"]

    assert sorted(listed) == sorted(mine)


async def test_a_deleted_job_of_others_is_as_unknown_as_ever(front, things, alice, bob):
    path = f"/jobs/{things['job']}"

    assert (await front.delete(path, headers=alice)).status_code == 204
    assert (await front.delete(path, headers=alice)).status_code == 204
    assert (await front.delete(path, headers=bob)).status_code == 404


async def test_nothing_of_others_is_changed_by_who_does_not_see_it(front, things, alice, bob):
    running = await submitted(front, alice)
    for method, path in (
        ("DELETE", running["links"]["self"]),
        ("DELETE", f"/jobs/{things['job']}"),
        ("POST", f"{running['links']['self']}/retry"),
        ("DELETE", f"/datasets/{things['dataset']}"),
    ):
        assert (await front.request(method, path, headers=bob)).status_code == 404

    still = (await front.get(running["links"]["self"], headers=alice)).json()
    assert still["status"] == "queued"
    for path in (f"/jobs/{things['job']}", f"/datasets/{things['dataset']}"):
        assert (await front.get(path, headers=alice)).status_code == 200


@pytest.mark.parametrize("name", [DATASET_PARAMETER, ATLAS_PARAMETER])
async def test_a_job_on_what_others_own_is_refused_as_on_what_is_not_there(
    front, things, bob, name
):
    answers = [
        await front.post(
            "/jobs",
            json={"kind": "loop", "params": {name: word}},
            headers=bob | {"X-Request-ID": "the-same"},
        )
        for word in (things[name], "0" * len(things[name]))
    ]

    assert answers[0].status_code == 404
    told = [
        seen(answer, word)
        for answer, word in zip(answers, (things[name], "0" * len(things[name])), strict=True)
    ]
    assert told[0] == told[1]
    assert (await front.get("/jobs", headers=bob)).json()["jobs"] == []


async def test_a_job_on_what_is_ones_own_is_taken(front, things, alice):
    job = await submitted(front, alice, dataset=things["dataset"], atlas=things["atlas"])

    assert job["status"] == "queued"


NAMES_OWNED = re.compile(r"(^|_)(dataset|atlas|atlases|job)s?$")


@pytest.mark.parametrize("kind", JOB_KINDS.values(), ids=lambda kind: kind.name)
def test_a_kinds_parameters_call_what_is_owned_by_the_names_that_are_checked(kind):
    properties = kind.parameters.model_json_schema()["properties"]
    owned = {name for name in properties if NAMES_OWNED.search(name)}

    assert owned <= {DATASET_PARAMETER, ATLAS_PARAMETER}
    assert all(properties[name]["type"] == "string" for name in owned)


async def test_the_same_word_of_two_keys_is_two_submissions(front, alice, bob):
    mine = await submitted(front, alice, word="the word", steps=1)
    theirs = await submitted(front, bob, word="the word", steps=2)

    again = await front.post(
        "/jobs",
        json={"kind": "loop", "params": {"steps": 1}},
        headers=alice | {"Idempotency-Key": "the word"},
    )
    assert mine["id"] != theirs["id"]
    assert (again.status_code, again.json()["id"]) == (200, mine["id"])


async def test_what_was_made_before_there_were_keys_is_for_admin_alone(
    redis_url, connection, store
):
    async with board_of(redis_url) as board, client_of(board=board, store=store) as before:
        job = (await before.post("/jobs", json={"kind": "loop"})).json()
        dataset = (await before.post("/datasets", files={"archive": ARCHIVE})).json()
    _, usual = made_key(redis_url)
    _, admin = made_key(redis_url, "admin")
    paths = (job["links"]["self"], f"/datasets/{dataset['id']}")

    async with keyed_front(redis_url, store) as front:
        for path in paths:
            assert (await front.get(path, headers=usual)).status_code == 404
            assert (await front.get(path, headers=admin)).status_code == 200
        assert (await front.get("/jobs", headers=usual)).json()["jobs"] == []


async def test_a_front_that_asks_for_no_keys_shows_everything(redis_url, front, things, store):
    async with board_of(redis_url) as board, client_of(board=board, store=store) as open_front:
        for path in (f"/jobs/{things['job']}", f"/datasets/{things['dataset']}"):
            assert (await open_front.get(path)).status_code == 200


async def test_a_new_key_may_follow_a_lost_one(redis_url, connection, store):
    lost, headers = made_key(redis_url)
    async with keyed_front(redis_url, store) as front:
        job = await submitted(front, headers)
        dataset = await uploaded(front, headers)
    KeyStore(connection).revoke(lost.id)
    _, follower = made_key(redis_url, owner=lost.id)

    async with keyed_front(redis_url, store) as front:
        for path in (job["links"]["self"], f"/datasets/{dataset['id']}"):
            assert (await front.get(path, headers=follower)).status_code == 200


async def test_a_path_into_the_store_is_under_no_root(redis_url, connection, tmp_path):
    store = tmp_path / "roots" / "store"
    _, alice = made_key(redis_url)
    _, bob = made_key(redis_url, *USUAL)
    async with keyed_front(redis_url, store, dataset_roots=str(tmp_path / "roots")) as front:
        dataset = await uploaded(front, alice)
        images = store / "datasets" / "files" / dataset["id"] / "images"
        assert images.is_dir()
        for path in (images, store, tmp_path / "roots"):
            answer = await front.post("/datasets", json={"path": str(path)}, headers=bob)
            assert (answer.status_code, answer.json()["code"]) == (422, "dataset_path_outside")


def ship(connection, store, job="a1") -> None:
    """Have an atlas come with a model."""
    JobFiles(open_store(str(store)), job).write_artifact(
        "atlas.json", ATLAS_JSON.model_dump_json().encode()
    )
    packed = PackedJob(
        kind="atlas",
        model="tiny",
        params={"dataset": "pets"},
        result={},
        created_at="2026-01-02T03:04:05Z",
        started_at="2026-01-02T03:04:05Z",
        finished_at="2026-01-02T03:04:05Z",
    )
    assert ShippedRecords(connection).bring(job, packed)


async def test_what_came_with_a_model_is_seen_by_every_key(front, connection, store, alice):
    ship(connection, store)
    own = await submitted(front, alice)

    jobs = (await front.get("/jobs", headers=alice)).json()["jobs"]
    atlases = (await front.get("/atlases", headers=alice)).json()["atlases"]
    document = await front.get("/atlases/a1", headers=alice)
    file = await front.get("/jobs/a1/artifacts/atlas.json", headers=alice)

    assert [job["id"] for job in jobs] == [own["id"], "a1"]
    assert jobs[1]["expires_at"] is None
    assert [atlas["id"] for atlas in atlases] == ["a1"]
    assert (document.status_code, file.status_code) == (200, 200)


async def test_what_came_with_a_model_counts_to_nobodys_storage(
    small, front, connection, store
):
    ship(connection, store)

    answer = await front.post("/jobs", json={"kind": "loop", "params": {}}, headers=small)

    assert answer.status_code == 202


async def test_what_came_with_a_model_is_deleted_by_admins_alone(
    front, connection, store, alice, admin
):
    ship(connection, store)

    refused = await front.delete("/jobs/a1", headers=alice)
    still_there = await front.get("/jobs/a1", headers=alice)
    deleted = await front.delete("/jobs/a1", headers=admin)

    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert still_there.status_code == 200
    assert deleted.status_code == 204
    assert (await front.get("/jobs/a1", headers=alice)).status_code == 404
    assert (await front.delete("/jobs/a1", headers=alice)).status_code == 404
