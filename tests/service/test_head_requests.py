"""HEAD says of every address what GET would, and sends nothing behind it."""

import pytest

from tests.service.application import client_of


@pytest.mark.parametrize(
    "path",
    ["/", "/docs", "/openapi.json", "/healthz/live", "/models", "/web/favicon.svg", "/nowhere"],
)
async def test_head_is_answered_as_get_without_the_body(path):
    async with client_of() as client:
        asked, got = await client.head(path), await client.get(path)

    assert asked.content == b""
    assert asked.status_code == got.status_code
    for header in ("Content-Type", "Content-Length", "Content-Security-Policy"):
        assert asked.headers[header] == got.headers[header]
    assert asked.headers["X-Request-ID"]


async def test_a_route_that_only_takes_images_refuses_head_as_it_does_get():
    async with client_of() as client:
        asked = await client.head("/predict")

    assert (asked.status_code, asked.headers["Allow"]) == (405, "POST")
    assert asked.content == b""


async def test_a_refusal_of_another_method_names_head_beside_get():
    async with client_of() as client:
        refused = await client.delete("/models")

    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/jobs", "GET, HEAD, POST"),
        ("/jobs/j1", "DELETE, GET, HEAD"),
        ("/datasets/d1", "DELETE, GET, HEAD"),
        ("/predict", "POST"),
        ("/v2/models/tiny/infer", "POST"),
        ("/web/no-such-file", "GET, HEAD"),
    ],
)
async def test_a_refused_method_is_told_all_that_the_address_takes(path, allowed):
    async with client_of() as client:
        plain = await client.request("PATCH", path)
    async with client_of(root_path="/vitrine") as client:
        prefixed = await client.request("PATCH", f"/vitrine{path}")

    assert [plain.status_code, prefixed.status_code] == [405, 405]
    assert [plain.headers["Allow"], prefixed.headers["Allow"]] == [allowed, allowed]
