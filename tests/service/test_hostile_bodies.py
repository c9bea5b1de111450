"""Every route with a body, and bodies that no route may choke on."""

import json

import pytest

from service.describe import openapi_document
from tests.service.application import client_of, png
from tests.storage.hostile_archives import zip_of

DOCUMENT = openapi_document()
NAMES = {"method": "gradcam", "model": "tiny", "atlas": "j1", "job": "j1", "dataset": "d1"}
OPERATIONS = {
    path: operations["post"]["requestBody"]["content"]
    for path, operations in DOCUMENT["paths"].items()
    if "requestBody" in operations.get("post", {})
}
ADDRESSED = [
    path
    for path in DOCUMENT["paths"]
    if "{" in path and not path.startswith(("/jobs", "/atlases"))
]
"""Jobs are asked for in tests/end_to_end/test_openapi.py: here is nobody to ask."""
WITH_JSON = [path for path, types in OPERATIONS.items() if "application/json" in types]
WITH_FORM = [path for path, types in OPERATIONS.items() if "multipart/form-data" in types]

LONG = "n" * 10_000
MOST_ANSWERED = 4_000
"""Bytes of a refusal, whatever it refuses."""

every_json = pytest.mark.parametrize("path", WITH_JSON)
every_form = pytest.mark.parametrize("path", WITH_FORM)

UNREADABLE = {
    "nested arrays": b"[" * 100_000,
    "nested objects": b'{"params":' * 50_000,
    "nested in a member": b'{"kind": "atlas", "params": {"a": ' + b"[" * 5_000,
    "nested and closed": b'{"image": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "no UTF-8": b'{"kind": "\xff\xfe"}',
    "cut off": b'{"kind": "atlas", ',
    "empty": b"",
}


def url_of(path: str) -> str:
    return path.format(**NAMES)


def check_refused(response, *statuses: int) -> dict:
    assert response.status_code in statuses, (response.status_code, response.text[:500])
    assert response.headers["Content-Type"] == "application/problem+json"
    assert len(response.content) < MOST_ANSWERED
    return response.json()


def test_there_are_routes_of_each_kind():
    assert len(WITH_JSON) >= 11
    assert len(WITH_FORM) >= 7


@every_json
async def test_json_without_end_or_sense_is_refused_by_every_route(path):
    async with client_of() as client:
        for content in UNREADABLE.values():
            headers = {"Content-Type": "application/json"}
            response = await client.post(url_of(path), content=content, headers=headers)

            problem = check_refused(response, 422)
            assert problem["code"] in ("body_invalid", "fields_invalid", "image_missing")


@pytest.mark.parametrize("depth", [50, 150, 250, 900])
async def test_parameters_nested_so_deep_that_they_can_be_read_are_refused_as_fields(depth):
    inner = json.loads("[" * depth + "]" * depth)
    body = {"kind": "atlas", "params": {"dataset": "d1", "samples": inner}}
    async with client_of() as client:
        response = await client.post("/jobs", json=body)

    assert check_refused(response, 422)["code"] in ("fields_invalid", "body_invalid")


@pytest.mark.parametrize("path", OPERATIONS)
async def test_a_content_type_that_a_route_does_not_name_is_refused(path):
    others = ("text/plain", "application/x-www-form-urlencoded", "application/xml", "a/b", "x")
    async with client_of() as client:
        for content_type in others:
            headers = {"Content-Type": content_type}
            response = await client.post(url_of(path), content=b"{}", headers=headers)

            assert check_refused(response, 415)["code"] == "media_type_unsupported"


@every_form
async def test_a_form_of_a_thousand_parts_is_refused(path):
    fields = [(f"field{number}", (None, "1")) for number in range(1_000)]
    files = [("image", (f"{number}.png", png())) for number in range(1_000)]
    nameless = [("", (None, ""))] * 1_000
    async with client_of() as client:
        for parts in (fields, files, nameless):
            check_refused(await client.post(url_of(path), files=parts), 413, 422)


@every_form
async def test_names_of_ten_thousand_characters_are_refused_in_few_words(path, tmp_path):
    image = ("image", (f"{LONG}.png", png()))
    archive = ("archive", ("a.zip", zip_of(("a/1.png", png()))))
    file = archive if path == "/datasets" else image
    async with client_of(store=tmp_path) as client:
        for parts in (
            [file, (LONG, (None, "1"))],
            [file, ("model", (None, LONG)), ("name", (None, LONG))],
            [(LONG, ("i.png", png()))],
        ):
            check_refused(await client.post(url_of(path), files=parts), 404, 422)
        asked = await client.post(url_of(path), files=[file], params={LONG: "1"})

    if path != "/datasets":
        check_refused(asked, 422)


@pytest.mark.parametrize("path", ADDRESSED)
async def test_a_path_of_ten_thousand_characters_is_refused_in_few_words(path):
    operations = DOCUMENT["paths"][path]
    long = path.format(**dict.fromkeys((*NAMES, "layer", "path"), LONG))
    async with client_of() as client:
        for method in operations:
            content = {"files": {"image": png()}} if method == "post" else {}
            response = await client.request(method, long, **content)

            assert 400 <= response.status_code < 500 or response.status_code == 503
            assert len(response.content) < MOST_ANSWERED + len(long)


async def test_headers_of_ten_thousand_characters_change_nothing():
    names = ("X-Request-ID", "Accept", "Cache-Control", "Authorization", "X-API-Key")
    async with client_of() as client:
        for name in names:
            files = {"image": png()}
            response = await client.post("/predict", files=files, headers={name: LONG})

            assert response.status_code in (200, 406)
            assert len(response.headers["X-Request-ID"]) <= 128
