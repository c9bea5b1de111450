"""Damaged files over HTTP, in each form that takes one: a right answer or a right refusal.

With every run of the tests 300 requests; `make fuzz` sends 6,000.
"""

import base64
from collections import Counter

import httpx
import pytest

from tests.end_to_end.test_datasets import process_at
from tests.end_to_end.test_openapi import check_problem
from tests.fuzz.extent import inputs
from tests.fuzz.inputs import archive_input, image_input

pytestmark = pytest.mark.processes

REQUESTS = inputs(300, 6_000)
MEBIBYTE = 2**20
MOST_GROWTH_BYTES = 48 * MEBIBYTE
"""From the middle to the end: threads hold an image each, and Python keeps some memory."""

FORMS = (
    lambda image: {"files": {"image": ("i.jpg", image)}},
    lambda image: {"content": image, "headers": {"Content-Type": "image/png"}},
    lambda image: {"json": {"image": {"b64": base64.b64encode(image).decode()}}},
    lambda image: {"files": [("image", ("a", image)), ("image", ("b", image))]},
)
REFUSED = {
    "image": {"image_undecodable", "image_too_large"},
    "archive": {"archive_undecodable", "archive_unsafe", "dataset_empty"},
}
"""All that may be said of a damaged file, by what it was."""


def ask(client: httpx.Client, number: int) -> tuple[str, httpx.Response]:
    """Send the damaged file of a number, as an image three times of four."""
    if number % 4 == 3:
        files = {"archive": ("a.zip", archive_input(number))}
        return "archive", client.post("/datasets", files=files)
    form = FORMS[number // 4 % len(FORMS)]
    return "image", client.post("/predict", **form(image_input(number)))


def test_a_damaged_upload_is_answered_or_refused_and_the_front_stays_as_it_was(
    client, base_url
):
    front, middle, ends = process_at(base_url), 0, Counter[str]()
    for number in range(REQUESTS):
        kind, response = ask(client, number)
        if response.is_success:
            ends[f"{kind} taken"] += 1
            if kind == "archive":
                client.delete(response.headers["Location"]).raise_for_status()
        else:
            check_problem(response)
            assert response.json()["code"] in REFUSED[kind], (number, response.text)
            ends[f"{kind} refused"] += 1
        if number == REQUESTS // 2:
            middle = front.memory_info().rss

    assert set(ends) == {f"{kind} {end}" for kind in REFUSED for end in ("taken", "refused")}
    assert front.memory_info().rss - middle < MOST_GROWTH_BYTES
    assert client.get("/healthz/ready").is_success
