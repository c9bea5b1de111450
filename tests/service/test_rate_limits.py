"""A key's rate over HTTP, by a clock that the test moves."""

import pytest

from service.gate import OpenGate
from tests.service.application import client_of
from tests.service.keyed import keyed_front, made_key


class Clock:
    """Stands still unless it is moved; ms."""

    def __init__(self) -> None:
        self.ms = 1_700_000_000_000

    def __call__(self) -> float:
        return self.ms


@pytest.fixture
def clock():
    return Clock()


def numbers(answer) -> dict[str, int]:
    names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
    return {name.removeprefix("RateLimit-"): int(answer.headers[name]) for name in names}


async def test_a_key_that_asks_too_fast_is_told_when_to_come_again(
    redis_url, connection, tmp_path, clock
):
    _, headers = made_key(redis_url, requests_per_minute=3)
    async with keyed_front(redis_url, tmp_path, clock_ms=clock) as client:
        answers = [await client.get("/methods", headers=headers) for _ in range(4)]
        clock.ms += 20_000
        later = [await client.get("/methods", headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["code"] == "rate_limited"
    assert answers[3].headers["Retry-After"] == "20"
    assert numbers(answers[0]) == {"Limit": 3, "Remaining": 2, "Reset": 20}
    assert numbers(answers[3]) == {"Limit": 3, "Remaining": 0, "Reset": 60}
    assert [answer.status_code for answer in later] == [200, 429]


async def test_what_is_refused_for_another_reason_counts_too(
    redis_url, connection, tmp_path, clock
):
    _, headers = made_key(redis_url, "explain", requests_per_minute=2)
    async with keyed_front(redis_url, tmp_path, clock_ms=clock) as client:
        statuses = [
            (await client.get("/jobs", headers=headers)).status_code,
            (await client.post("/predict", headers=headers)).status_code,
            (await client.post("/predict", headers=headers)).status_code,
        ]

    assert statuses == [403, 415, 429]


async def test_other_keys_and_those_without_a_rate_are_not_slowed(
    redis_url, connection, tmp_path, clock
):
    _, slow = made_key(redis_url, requests_per_minute=1)
    _, other = made_key(redis_url, requests_per_minute=1)
    _, free = made_key(redis_url)
    async with keyed_front(redis_url, tmp_path, clock_ms=clock) as client:
        await client.get("/methods", headers=slow)
        statuses = [
            (await client.get("/methods", headers=headers)).status_code
            for headers in (slow, other, free, free)
        ]
        unlimited = await client.get("/methods", headers=free)

    assert statuses == [429, 200, 200, 200]
    assert "RateLimit-Limit" not in unlimited.headers


async def test_a_refusal_in_another_protocol_has_its_form(
    redis_url, connection, tmp_path, clock
):
    _, headers = made_key(redis_url, requests_per_minute=1)
    async with keyed_front(redis_url, tmp_path, clock_ms=clock) as client:
        await client.get("/v2", headers=headers)
        refused = await client.get("/v2", headers=headers)

    assert refused.status_code == 429
    assert refused.json()["error"] == refused.json()["detail"]


async def test_health_is_neither_counted_nor_limited(redis_url, connection, tmp_path, clock):
    _, headers = made_key(redis_url, requests_per_minute=1)
    async with keyed_front(redis_url, tmp_path, clock_ms=clock) as client:
        statuses = [
            (await client.get("/healthz/live", headers=headers)).status_code for _ in range(5)
        ]
        first = await client.get("/methods", headers=headers)

    assert statuses == [200] * 5
    assert first.status_code == 200


async def test_other_sites_pages_are_given_no_leave_to_ask(redis_url, connection, tmp_path):
    asks = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    asks |= {"Access-Control-Request-Headers": "authorization"}
    async with client_of(gate=OpenGate()) as client:
        answers = [
            await client.options("/methods", headers=asks),
            await client.get("/methods", headers=asks),
        ]

    for answer in answers:
        assert not [name for name in answer.headers if name.startswith("access-control")]
