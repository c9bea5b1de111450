"""HEAD says of every address what GET would, and sends nothing behind it."""

import pytest

from tests.service.application import client_of


@pytest.mark.parametrize(
    "path",
    ["/", "/docs", "/openapi.json", "/healthz/live", "/models", "/web/page.css", "/nowhere"],
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
