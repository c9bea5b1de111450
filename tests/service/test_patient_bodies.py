"""A body that stalls or drips is refused; one that is merely long, or waits for us, is not."""

import asyncio

import pytest

from service.errors import BodyTooSlowError
from service.patient_bodies import PatientBodies
from tests.service.application import client_of, png

COMPLETE = {"type": "http.request", "body": b"", "more_body": False}
HEADERS = {"Content-Type": "image/png"}


def part(size: int) -> dict:
    return {"type": "http.request", "body": b"x" * size, "more_body": True}


async def read_by(app, messages, *, patience_seconds: float) -> None:
    """Have an application read a body that comes as a generator gives it."""

    async def receive():
        return await anext(messages)

    patient = PatientBodies(app, patience_seconds=patience_seconds)
    await patient({"type": "http"}, receive, None)


async def read_all(scope, receive, send) -> None:
    while (await receive()).get("more_body"):
        pass


async def test_a_body_that_stalls_is_given_up():
    async def stalling():
        yield part(100)
        await asyncio.Event().wait()

    with pytest.raises(BodyTooSlowError):
        await read_by(read_all, stalling(), patience_seconds=0.2)


async def test_a_body_that_drips_is_given_up_though_each_drop_comes_soon():
    drops = 0

    async def dripping():
        nonlocal drops
        while True:
            drops += 1
            yield part(1)
            await asyncio.sleep(0.01)

    with pytest.raises(BodyTooSlowError):
        await read_by(read_all, dripping(), patience_seconds=0.2)

    # Each drop is worth a thousandth of a second and takes ten.
    assert drops < 30


async def test_a_body_that_comes_on_is_waited_for_beyond_its_first_patience():
    async def long():
        yield part(100 * 1024)
        for _ in range(5):
            await asyncio.sleep(0.1)
            yield part(1024)
        yield COMPLETE

    await read_by(read_all, long(), patience_seconds=0.1)


async def test_a_caller_does_not_pay_for_the_time_that_we_take():
    async def prompt():
        yield part(1)
        yield part(1)
        yield COMPLETE

    async def slow(scope, receive, send):
        while (await receive()).get("more_body"):
            await asyncio.sleep(0.3)

    await read_by(slow, prompt(), patience_seconds=0.2)


async def test_the_end_of_a_connection_is_waited_for_as_long_as_it_takes():
    seen = []

    async def lasting():
        yield COMPLETE
        await asyncio.sleep(0.4)
        yield {"type": "http.disconnect"}

    async def listening(scope, receive, send):
        seen.extend([await receive(), await receive()])

    await read_by(listening, lasting(), patience_seconds=0.1)

    assert [message["type"] for message in seen] == ["http.request", "http.disconnect"]


@pytest.mark.parametrize("path", ["/predict", "/datasets", "/v1/models/tiny:predict", "/jobs"])
async def test_every_form_of_body_that_stalls_is_answered_with_the_same_problem(path):
    types = {
        "/predict": "image/png",
        "/datasets": "multipart/form-data; boundary=b",
    }

    async def stalling():
        yield png()[:20] if path == "/predict" else b'{"' if path != "/datasets" else b"--b\r\n"
        await asyncio.Event().wait()

    headers = {"Content-Type": types.get(path, "application/json")}
    async with client_of(client_patience_seconds=0.2) as client:
        answer = await client.post(path, content=stalling(), headers=headers)

    assert answer.status_code == 408
    assert answer.json()["code"] == "body_too_slow"
