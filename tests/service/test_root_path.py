"""Under a prefix everything is where its links say, whatever the proxy does with the prefix."""

import re

import pytest

from tests.service.application import client_of, png

PREFIX = "/tools/vitrine"

whatever_the_proxy_does = pytest.mark.parametrize(
    "arriving", ["", PREFIX], ids=["stripped", "passed on"]
)


@whatever_the_proxy_does
@pytest.mark.parametrize("page", ["/", "/docs"])
async def test_every_file_that_a_page_names_is_found_beside_it(arriving, page):
    async with client_of(root_path=PREFIX) as client:
        html = (await client.get(arriving + page)).text
        links = re.findall(r'(?:src|href)="([\w./-]+)"', html)
        statuses = {
            link: (await client.get(f"{arriving}/{link}")).status_code for link in links
        }

    assert len(links) >= 3
    assert not any(link.startswith("/") for link in links)
    assert set(statuses.values()) == {200}


@whatever_the_proxy_does
async def test_a_refusal_names_the_address_that_the_caller_used(arriving):
    async with client_of(root_path=PREFIX) as client:
        refused = await client.get(f"{arriving}/models/no%20such")
        unknown = await client.get(f"{arriving}/nowhere")

    assert refused.json()["code"] == "model_not_found"
    assert refused.json()["instance"] == f"{PREFIX}/models/no%20such"
    assert unknown.json()["instance"] == f"{PREFIX}/nowhere"


@whatever_the_proxy_does
async def test_an_image_is_taken_and_documented_under_the_prefix(arriving):
    async with client_of(root_path=PREFIX) as client:
        predicted = await client.post(f"{arriving}/predict", files={"image": png()})
        document = (await client.get(f"{arriving}/openapi.json")).json()

    assert predicted.status_code == 200
    assert document["servers"] == [{"url": PREFIX}]


async def test_a_path_that_only_begins_alike_is_no_path_with_the_prefix():
    async with client_of(root_path="/models") as client:
        assert (await client.get("/models")).json()["code"] == "route_not_found"
        assert (await client.get("/models/models")).status_code == 200
        assert (await client.get("/modelsmodels")).status_code == 404


@pytest.mark.parametrize("path", ["/models/", "/healthz/live/"])
async def test_no_answer_leads_to_a_host_that_only_the_proxy_may_know(path):
    async with client_of() as client:
        response = await client.get(path)

    assert response.status_code == 404
    assert "Location" not in response.headers
