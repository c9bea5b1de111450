"""Every route but health and the page's files asks for a key, once there are any."""

import asyncio
from datetime import timedelta

import pytest

from api_schemas.api_keys import KEY_SCOPES
from messaging.access.store import KeyStore
from messaging.connection import connect_async
from service.describe import openapi_document
from service.gate import OpenGate, open_gate
from service.scopes import SCOPES, scope_of
from tests.processes import free_port
from tests.service.application import client_of
from tests.service.keyed import bearer, keyed_front, made_key, moment

DOCUMENT = openapi_document()

OPERATIONS = [
    (method.upper(), path, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]

HEALTH = {
    ("GET", "/healthz/live"),
    ("GET", "/healthz/ready"),
    ("GET", "/v2/health/live"),
    ("GET", "/v2/health/ready"),
}
PAGES = {("GET", "/"), ("GET", "/docs")}

PROTECTED = [
    pytest.param(method, path, id=f"{method} {path}")
    for method, path, _ in OPERATIONS
    if (method, path) not in HEALTH
]

NAMES = {
    "method": "gradcam",
    "model": "tiny",
    "layer": "last_maps",
    "job": "nobody",
    "atlas": "nobody",
    "path": "grid.png",
    "dataset": "nobody",
}


def table_path(path: str) -> str:
    """Write a path as the OpenAPI document does."""
    return path.replace(":path}", "}")


TABLE = {(method, table_path(path)): scope for (method, path), scope in SCOPES.items()}


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
async def front(redis_url, connection, store):
    made_key(redis_url)
    async with keyed_front(redis_url, store) as client:
        yield client


async def asked(client, method, path, headers):
    return await client.request(method, path.format(**NAMES), headers=headers)


def test_the_table_of_scopes_has_exactly_the_routes_that_there_are():
    routes = {(method, path) for method, path, _ in OPERATIONS} | PAGES

    assert set(TABLE) == routes


def test_only_health_and_the_pages_are_open_to_everybody():
    assert {route for route, scope in TABLE.items() if scope is None} == HEALTH | PAGES


def test_a_route_that_nobody_has_thought_of_is_for_admin_alone():
    assert scope_of("GET", "/no/such/route") == "admin"


def test_every_scope_but_admin_opens_something_of_its_own():
    assert set(SCOPES.values()) - {None} == set(KEY_SCOPES) - {"admin"}


@pytest.mark.parametrize(("method", "path"), PROTECTED)
async def test_a_route_refuses_whoever_comes_without_a_key(front, method, path):
    answer = await asked(front, method, path, {})

    problem = answer.json()
    assert answer.status_code == problem["status"] == 401
    assert problem["code"] == "unauthenticated"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert ("error" in problem) == path.startswith(("/v1/", "/v2"))


@pytest.mark.parametrize(("method", "path"), PROTECTED)
async def test_a_route_names_the_scope_that_a_key_is_without(
    redis_url, connection, store, method, path
):
    needed = TABLE[method, path]
    others = [scope for scope in KEY_SCOPES if scope not in (needed, "admin")]
    _, narrow = made_key(redis_url, *others)
    _, fitting = made_key(redis_url, needed)
    _, admin = made_key(redis_url, "admin")
    async with keyed_front(redis_url, store) as client:
        refused = await asked(client, method, path, narrow)
        let_in = [await asked(client, method, path, one) for one in (fitting, admin)]

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (403, "forbidden")
    assert f"`{needed}`" in problem["detail"]
    assert ("error" in problem) == path.startswith(("/v1/", "/v2"))
    assert {answer.status_code for answer in let_in}.isdisjoint({401, 403, 429, 500})


@pytest.mark.parametrize(("method", "path"), sorted(HEALTH | PAGES))
async def test_health_and_the_pages_are_open(front, method, path):
    answer = await front.request(method, path)

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/openapi.json", "/swagger/swagger-ui.css"])
async def test_files_of_the_documentation_are_open(front, path):
    assert (await front.get(path)).status_code == 200


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_the_document_says_which_operations_ask_for_a_key(method, path, operation):
    asks = TABLE[method, path] is not None

    assert ("security" in operation) == asks
    assert {"401", "403", "429", "503"} <= set(operation["responses"]) or not asks
    assert ("401" in operation["responses"]) == asks


async def test_a_key_is_taken_from_either_header_in_any_case(redis_url, connection, store):
    _, headers = made_key(redis_url)
    secret = headers["Authorization"].split()[1]
    async with keyed_front(redis_url, store) as client:
        sent = [
            {"X-API-Key": secret},
            {"authorization": f"bearer {secret}"},
            {"Authorization": f"BEARER  {secret} "},
            {"Authorization": "Basic bm90OnRoaXM=", "X-API-Key": secret},
        ]
        answers = [await client.get("/methods", headers=one) for one in sent]

    assert [answer.status_code for answer in answers] == [200] * 4


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic dTpw"},
        {"Authorization": f"Bearer vitrine_{'0' * 12}_{'A' * 43}"},
        {"X-API-Key": ""},
        {"X-API-Key": "ключ".encode()},
        {"X-API-Key": "A" * 10_000},
        {"Cookie": "key=vitrine_000000000000_A"},
    ],
)
async def test_what_is_no_key_of_ours_is_refused(front, headers):
    answer = await front.get("/methods", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_a_key_in_the_address_is_not_taken(redis_url, connection, store):
    _, headers = made_key(redis_url)
    secret = headers["Authorization"].split()[1]
    async with keyed_front(redis_url, store) as client:
        for name in ("key", "api_key", "access_token", "X-API-Key"):
            answer = await client.get("/methods", params={name: secret})
            assert answer.status_code == 401


async def test_the_secret_of_one_key_under_the_id_of_another_is_refused(
    redis_url, connection, store
):
    one, headers = made_key(redis_url)
    other, _ = made_key(redis_url, "admin")
    secret = headers["Authorization"].replace(one.id, other.id)
    async with keyed_front(redis_url, store) as client:
        answer = await client.get("/methods", headers={"Authorization": secret})

    assert answer.status_code == 401


async def test_a_key_is_taken_until_it_expires_and_not_a_moment_longer(
    redis_url, connection, store
):
    end = moment("2030-01-01T00:00:00")
    _, headers = made_key(redis_url, expires_at=end)
    times = iter([end - timedelta(microseconds=1), end, end + timedelta(days=9)])
    async with keyed_front(redis_url, store, now=lambda: next(times)) as client:
        answers = [await client.get("/methods", headers=headers) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 401, 401]


async def test_a_revoked_key_is_refused_within_seconds(redis_url, connection, store):
    record, headers = made_key(redis_url)
    async with keyed_front(redis_url, store) as client:
        assert (await client.get("/methods", headers=headers)).status_code == 200
        KeyStore(connection).revoke(record.id)

        async with asyncio.timeout(60):
            while (answer := await client.get("/methods", headers=headers)).is_success:
                await asyncio.sleep(0.02)

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_refused_keys_are_told_the_same_whatever_is_wrong_with_them(
    redis_url, connection, store
):
    revoked, headers = made_key(redis_url)
    KeyStore(connection).revoke(revoked.id)
    _, expired = made_key(redis_url, expires_at=moment("2020-01-01T00:00:00"))
    unknown = bearer(f"vitrine_{'0' * 12}_{'A' * 43}")
    async with keyed_front(redis_url, store) as client:
        answers = [
            await client.get("/methods", headers=one) for one in (headers, expired, unknown)
        ]

    assert len({answer.json()["detail"] for answer in answers}) == 1


async def test_where_the_keys_cannot_be_read_nobody_is_let_in_but_health_answers(store):
    url = f"redis://127.0.0.1:{free_port()}"
    async with keyed_front(url, store) as client:
        for headers in ({}, bearer(f"vitrine_{'0' * 12}_{'A' * 43}")):
            for method, path in (("GET", "/methods"), ("POST", "/predict"), ("GET", "/jobs")):
                answer = await client.request(method, path, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (
                    503,
                    "broker_unavailable",
                )
                assert "Retry-After" in answer.headers
        for method, path in HEALTH | PAGES:
            assert (await client.request(method, path)).status_code == 200


async def test_nothing_of_a_body_is_read_before_a_key_is_taken(front):
    read = []

    async def body():
        read.append(1)
        yield b"x" * 1000

    for path in ("/predict", "/jobs", "/datasets", "/v2/models/tiny/infer"):
        answer = await front.post(path, content=body())
        assert answer.status_code == 401

    assert read == []


async def test_without_any_key_every_route_answers_as_if_there_were_no_gate(
    redis_url, connection, store
):
    same = {"X-Request-ID": "the-same"}
    async with (
        keyed_front(redis_url, store) as asking,
        client_of(store=store, gate=OpenGate()) as never_asking,
    ):
        for method, path, _ in OPERATIONS:
            if path.startswith(("/jobs", "/atlases")):
                continue
            answers = [
                await asked(client, method, path, same) for client in (asking, never_asking)
            ]
            assert answers[0].status_code == answers[1].status_code
            if path != "/metrics":
                assert answers[0].content == answers[1].content
            assert "RateLimit-Limit" not in answers[0].headers


async def test_the_log_names_the_id_of_a_key_and_never_its_secret(
    redis_url, connection, store, logged
):
    record, headers = made_key(redis_url, "admin")
    secret = headers["Authorization"].split()[1]
    drawn = secret.rpartition("_")[2]
    image = {"image": ("i.png", b"no image")}
    async with keyed_front(redis_url, store) as client:
        for method, path, _ in OPERATIONS:
            files = image if method == "POST" else None
            answer = await client.request(
                method, path.format(**NAMES), headers=headers, files=files
            )
            assert drawn not in answer.text
            assert drawn not in str(answer.headers)

    lines = [line for line in logged if line["event"] == "request"]
    assert {line.get("key") for line in lines} == {record.id, None}
    assert drawn not in str(logged)
    for path in store.rglob("*"):
        assert path.is_dir() or drawn.encode() not in path.read_bytes()
    for name in connection.scan_iter("*"):
        assert drawn.encode() not in (connection.dump(name) or b"")


@pytest.mark.parametrize(
    ("authentication", "has_keys", "status"),
    [
        ("auto", False, 200),
        ("auto", True, 401),
        ("required", False, 401),
        ("required", True, 401),
        ("off", False, 200),
        ("off", True, 200),
    ],
)
async def test_the_settings_say_when_keys_are_asked_for(
    redis_url, connection, store, authentication, has_keys, status
):
    if has_keys:
        made_key(redis_url)
    async with (
        connect_async(redis_url, reply_seconds=5.0) as opened,
        open_gate(authentication, opened, opened) as gate,
        client_of(store=store, gate=gate) as client,
    ):
        answer = await client.get("/methods")

    assert answer.status_code == status
