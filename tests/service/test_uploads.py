"""Images and options arrive alike in each form, and hostile bodies are refused."""

import asyncio
import base64
import json

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.application import FakeLane, client_of, png

IMAGE = png()
FILE = ("image.png", IMAGE, "image/png")
ENCODED = {"b64": base64.b64encode(IMAGE).decode()}
LONG_NAME = "n" * 10_000

FORMS = {
    "form": lambda **options: {"files": {"image": FILE}, "data": options},
    "form and query": lambda **options: {"files": {"image": FILE}, "params": options},
    "raw": lambda **options: {
        "content": IMAGE,
        "headers": {"Content-Type": "image/png"},
        "params": options,
    },
    "json": lambda **options: {"json": {"image": ENCODED, **options}},
    "json and query": lambda **options: {"json": {"image": ENCODED}, "params": options},
}
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


async def post(
    path: str = "/predict", *, limits: dict | None = None, **request
) -> httpx.Response:
    async with client_of(**(limits or {})) as client:
        return await client.post(path, **request)


def refusal(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def pointers(response: httpx.Response) -> list[str]:
    return [fault["pointer"] for fault in response.json()["errors"]]


async def test_the_time_that_a_client_takes_to_send_is_told_apart():
    async def slowly():
        yield IMAGE[:20]
        await asyncio.sleep(0.05)
        yield IMAGE[20:]

    response = await post(content=slowly(), headers={"Content-Type": "image/png"})

    assert response.status_code == 200
    times = dict(part.split(";dur=") for part in response.headers["Server-Timing"].split(", "))
    assert 50 <= float(times["receive"]) <= float(times["total"])


@every_form
async def test_an_image_and_options_are_read_from_every_form(form):
    lane = FakeLane()
    async with client_of(lane) as client:
        response = await client.post("/predict", **form(top_k="1"))

    assert response.status_code == 200, response.text
    assert [one["label"] for one in response.json()["predictions"]] == ["cat"]
    np.testing.assert_array_equal(lane.pixels[0][0, 0], (200, 30, 90))


UNSUITED = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "top_k": st.integers(1, 1000),
        "target": st.sampled_from(["cat", "dog", "0", 1]),
        "opacity": st.floats(0, 1),
        "polarity": st.sampled_from(["positive", "negative", "both"]),
        "outputs": st.lists(st.sampled_from(["raw", "box"]), min_size=1).map(",".join),
        "clip_percentile": st.floats(50, 100, exclude_min=True),
    },
)


@settings(max_examples=15, suppress_health_check=UNSUITED)
@given(options=OPTIONS)
async def test_the_same_options_give_the_same_answer_in_every_form(options):
    async with client_of() as client:
        answers = [
            (await client.post("/explain/gradcam", **form(**options))).json()
            for form in FORMS.values()
        ]

    assert "model" in answers[0], answers[0]
    assert all(answer == answers[0] for answer in answers)


@settings(max_examples=30)
@given(name=st.text(min_size=1, max_size=30), value=st.text(max_size=30))
async def test_whatever_an_option_is_called_it_is_answered_or_refused(name, value):
    async with client_of() as client:
        for form in FORMS.values():
            try:
                response = await client.post("/explain/gradcam", **form(**{name: value}))
            except (UnicodeError, httpx.InvalidURL):
                continue
            assert response.status_code < 500, response.text


@settings(max_examples=40)
@given(body=st.binary(max_size=200), boundary=st.sampled_from(["x", "", '"', "x" * 300]))
async def test_whatever_a_multipart_body_holds_it_is_refused(body, boundary):
    content_type = f"multipart/form-data; boundary={boundary}"
    for content in (body, b"--x\r\n" + body, b"--x\r\nContent-Disposition: form-data" + body):
        response = await post(content=content, headers={"Content-Type": content_type})

        assert 400 <= response.status_code < 500
        assert response.json()["code"] in ("body_invalid", "image_missing", "fields_invalid")


@settings(max_examples=40)
@given(body=st.binary(max_size=60) | st.recursive(st.none() | st.text(), st.lists).map(repr))
async def test_whatever_a_json_body_holds_it_is_refused(body):
    response = await post(content=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"[" * 100_000, id="nested arrays"),
        pytest.param(b'{"image":' * 50_000, id="nested objects"),
        pytest.param(b'{"top_k": ' + b"9" * 10_000 + b"}", id="endless number"),
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(b"", id="empty"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"image"', id="text"),
    ],
)
async def test_json_that_cannot_be_read_is_refused_as_a_body(body):
    response = await post(content=body, headers={"Content-Type": "application/json"})

    assert refusal(response) == (422, "body_invalid")


@pytest.mark.parametrize(
    "image",
    ["text", {}, {"b64": 5}, {"b64": "not base64!"}, {"b64": "é"}, {"url": "x"}, [ENCODED], 5],
    ids=str,
)
async def test_a_json_image_that_is_no_base64_is_pointed_at(image):
    response = await post(json={"image": image})

    assert refusal(response) == (422, "fields_invalid")
    assert pointers(response)[0] in ("/image", "/image/b64")


@pytest.mark.parametrize(
    ("request_", "pointer"),
    [
        pytest.param(
            {"files": [("image", FILE), ("top_k", (None, "1")), ("top_k", (None, "2"))]},
            "/top_k",
            id="twice in the form",
        ),
        pytest.param(
            {"files": {"image": FILE}, "params": [("top_k", 1), ("top_k", 2)]},
            "/top_k",
            id="twice in the query",
        ),
        pytest.param(
            {"files": {"image": FILE}, "data": {"top_k": 1}, "params": {"top_k": 1}},
            "/top_k",
            id="in form and query",
        ),
        pytest.param({"files": {"image": (None, "text")}}, "/image", id="image as text"),
        pytest.param({"files": {"image": FILE, "mask": FILE}}, "/mask", id="another file"),
        pytest.param(
            {"files": {"image": FILE}, "data": {LONG_NAME: 1}}, f"/{'n' * 100}", id="long name"
        ),
        pytest.param(
            {"files": {"image": FILE}, "params": {LONG_NAME: 1}},
            f"/{'n' * 100}",
            id="long query",
        ),
        pytest.param({"json": {"image": ENCODED, "a/b~": 1}}, "/a~1b~0", id="escaped name"),
    ],
)
async def test_a_field_that_is_wrong_is_pointed_at(request_, pointer):
    response = await post(**request_)

    if response.json()["code"] == "body_invalid":  # The form's parser bounds its headers.
        assert pointer == f"/{'n' * 100}"
    else:
        assert refusal(response) == (422, "fields_invalid")
        assert pointers(response) == [pointer]


async def test_a_list_may_be_given_word_by_word():
    files = [("image", FILE), ("outputs", (None, "raw")), ("outputs", (None, "box"))]

    answer = (await post("/explain/gradcam", files=files)).json()

    assert {"raw", "box"} <= set(answer)
    assert not {"heatmap", "overlay"} & set(answer)


async def test_several_images_are_answered_in_the_order_sent():
    sizes = [(3, 5), (7, 2), (4, 4)]
    files = [("image", ("i.png", png(*size), "image/png")) for size in sizes]

    results = (await post(files=files)).json()["results"]

    assert [(one["image"]["width"], one["image"]["height"]) for one in results] == sizes


async def test_an_image_of_a_batch_that_is_broken_is_named_by_its_place():
    files = [("image", FILE), ("image", ("b.png", b"broken", "image/png"))]

    response = await post(files=files)

    assert refusal(response) == (422, "image_undecodable")
    assert "image 2 of 2" in response.json()["detail"]


async def test_more_images_than_allowed_are_refused():
    for count in (3, 4, 40):
        response = await post(limits={"max_batch_images": 2}, files=[("image", FILE)] * count)
        assert refusal(response) == (413, "too_many_images")


async def test_more_form_fields_than_any_method_has_are_refused():
    response = await post(files={"image": FILE}, data={f"field{i}": 1 for i in range(100)})

    assert refusal(response) == (422, "body_invalid")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/octet-stream", "video/mp4", "x" * 5000, ""]
)
async def test_a_type_that_cannot_hold_an_image_is_refused(content_type):
    response = await post(content=IMAGE, headers={"Content-Type": content_type})

    assert refusal(response) == (415, "media_type_unsupported")
    assert len(response.json()["detail"]) < 400


@pytest.mark.parametrize(
    "request_", [{"files": {"top_k": (None, "1")}}, {"json": {}}, {"json": {"image": None}}]
)
async def test_a_request_without_an_image_is_told_how_to_send_one(request_):
    response = await post(**request_)

    assert refusal(response) == (422, "image_missing")
    assert "multipart" in response.json()["detail"]


async def in_chunks(count: int):
    for _ in range(count):
        yield b"x" * 1000


@pytest.mark.parametrize("content_type", ["image/png", "multipart/form-data; boundary=x"])
async def test_a_body_of_untold_length_is_read_up_to_the_limit(content_type):
    sent = 0

    async def endless():
        nonlocal sent
        while True:
            sent += 1000
            yield b"--x\r\n" + b"x" * 995

    headers = {"Content-Type": content_type}
    response = await post(limits={"max_body_bytes": 10_000}, content=endless(), headers=headers)

    assert response.status_code in (413, 422)
    assert sent < 20_000


@pytest.mark.parametrize(
    ("declared", "count", "status"),
    [
        pytest.param("99999999999999999999999999", 1, 413, id="more than allowed"),
        pytest.param("5", 20, 413, id="less than sent"),
        pytest.param("²", 1, 422, id="no number"),
        pytest.param("-1", 1, 422, id="negative"),
        pytest.param("9" * 5000, 1, 413, id="endless"),
    ],
)
async def test_a_length_that_lies_is_no_way_around_the_limit(declared, count, status):
    headers = {"Content-Type": "image/png", "Content-Length": declared.encode("latin-1")}
    response = await post(
        limits={"max_body_bytes": 10_000}, content=in_chunks(count), headers=headers
    )

    assert response.status_code == status


async def test_a_caller_who_hangs_up_is_no_failure_of_ours():
    messages = [{"type": "http.request", "body": b"abc", "more_body": True}]
    started = []

    async def receive():
        return messages.pop() if messages else {"type": "http.disconnect"}

    async def send(message):
        started.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/predict",
        "raw_path": b"/predict",
        "query_string": b"",
        "headers": [(b"content-type", b"image/png")],
    }
    async with client_of() as client:
        await client._transport.app(scope, receive, send)

    assert started[0]["status"] == 422
    assert json.loads(started[1]["body"])["code"] == "body_invalid"
