"""A walk through the OpenAPI document: what it declares is true, and every refusal conforms."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema
import pytest

from api_schemas.problems import Problem
from service.problem_table import ANSWERS, INTERNAL_ERROR, JOB_ENDS, STATUS_CODES
from tests.end_to_end.images import encoded, noise
from tests.processes import ROOT
from tests.storage.hostile_archives import zip_of

pytestmark = pytest.mark.processes

CODES = {
    *(answer.code for answer in (*ANSWERS.values(), *JOB_ENDS.values())),
    *(code for code, _ in STATUS_CODES.values()),
    INTERNAL_ERROR[0],
}
OTHER_PROTOCOLS = ("/v1/", "/v2/")
NAMES = {
    "method": "gradcam",
    "model": "tiny",
    "layer": "second",
    "job": "nobody",
    "atlas": "nobody",
    "path": "grid.png",
    "dataset": "nobody",
}
"""What stands in the paths asked for; there is no such job, file or dataset."""
OTHER_BODY = "/healthz/ready"
"""Its 503 says what is missing, in the body of its 200."""


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    return client.get("/openapi.json").json()


@pytest.fixture(scope="module")
def dataset(client: httpx.Client) -> Iterator[str]:
    """The ID of a dataset that is there."""
    archive = zip_of(("a/1.png", encoded(noise(1))))
    made = client.post("/datasets", files={"archive": archive}).raise_for_status().json()
    yield made["id"]
    client.delete(f"/datasets/{made['id']}").raise_for_status()


@pytest.fixture(scope="module")
def operations(document) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method.upper(), operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def path_with(path: str, /, **names: str) -> str:
    return path.format(**{**NAMES, **names})


def refused_requests(path: str, method: str) -> Iterator[dict[str, Any]]:
    """Think of requests that this operation must refuse."""
    yield {"method": "PATCH", "url": path_with(path)}
    yield {"method": method, "url": f"{path_with(path)}/no/such/thing"}
    for name in re.findall(r"{(\w+)}", path):
        image = {"files": {"image": b"no image"}} if method == "POST" else {}
        for length in (300, 10_000):
            url = path_with(path, **{name: "n" * length})
            yield {"method": method, "url": url, **image}
    if method != "POST":
        return
    url = path_with(path)
    yield {"method": method, "url": url}
    yield {"method": method, "url": url, "content": b"x", "headers": {"Content-Type": "a/b"}}
    yield {"method": method, "url": url, "files": {"image": b"no image"}}
    yield {"method": method, "url": url, "files": {"image": b"x"}, "data": {"no_such": "1"}}
    yield {"method": method, "url": url, "json": []}
    yield {"method": method, "url": url, "json": {"image": {"b64": "?"}}}
    yield {"method": method, "url": url, "json": {"image": {"b64": ""}, "model": "lion"}}


def check_problem(response: httpx.Response) -> None:
    assert response.headers["Content-Type"] == "application/problem+json", response.text
    problem = Problem.model_validate_json(response.content)
    assert problem.status == response.status_code
    assert problem.code in CODES
    assert problem.type.endswith(f":{problem.code}")
    assert problem.request_id == response.headers["X-Request-ID"]
    assert response.url.raw_path.decode().startswith(problem.instance[:50])
    assert problem.title
    assert problem.detail
    assert not re.search(r"Traceback|\.py\b|site-packages", response.text)
    assert str(ROOT) not in response.text
    for fault in problem.errors or ():
        assert re.fullmatch(r"(/([^/~]|~[01])*)+", fault.pointer)


def test_every_refusal_of_every_route_conforms(client, operations):
    refused = 0
    for path, method, operation in operations:
        for request in refused_requests(path, method):
            response = client.request(**request)
            assert 400 <= response.status_code < 500, (request, response.text)
            check_problem(response)
            assert "Server-Timing" in response.headers
            refused += 1
            if request["method"] == method and response.json()["code"] != "route_not_found":
                assert str(response.status_code) in operation["responses"]
    assert refused > 3 * len(operations)


def test_every_declared_refusal_is_a_problem_with_codes_that_exist(operations):
    for path, _, operation in operations:
        for status, answer in operation["responses"].items():
            if status.startswith(("2", "3")) or path == OTHER_BODY:
                continue
            schema = answer["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}
            codes = re.findall(r"`(\w+)`", answer["description"])
            assert codes
            assert set(codes) <= CODES
            for answers in (one for one in ANSWERS.values() if one.code in codes):
                assert str(int(answers.status)) == status


def test_nothing_is_left_of_the_frameworks_own_refusals(document):
    assert "ValidationError" not in json.dumps(document)


def test_every_reference_in_the_document_leads_somewhere(document):
    references = set(re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(document)))

    assert references <= set(document["components"]["schemas"])


def test_every_operation_and_parameter_says_what_it_is(operations):
    for path, method, operation in operations:
        assert operation.get("description"), (method, path)
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "query":
                assert parameter["description"], (path, parameter["name"])


def test_every_route_that_takes_an_image_takes_it_in_three_forms(operations):
    forms = [
        set(operation["requestBody"]["content"])
        for _, _, operation in operations
        if "image/*" in operation.get("requestBody", {}).get("content", {})
    ]

    assert forms
    for form in forms:
        assert form == {"multipart/form-data", "image/*", "application/json"}


def test_what_is_read_without_a_body_answers(client, operations, dataset):
    for path, method, operation in operations:
        if method == "GET" and not {"{job}", "{atlas}"} & set(path.split("/")):
            needed = {
                parameter["name"]: parameter["schema"]["minimum"]
                for parameter in operation.get("parameters", ())
                if parameter["in"] == "query" and parameter["required"]
            }
            response = client.get(path_with(path, dataset=dataset), params=needed)
            assert response.status_code == 200, response.text
            assert "X-Request-ID" in response.headers
            assert "Server-Timing" in response.headers


IMAGE = encoded(noise(0))
EVERY_OUTPUT = {"outputs": "heatmap,overlay,raw,contour,box", "target": "0", "versus": "1"}


@pytest.mark.parametrize("accept", ["application/json", "image/png", "image/webp"])
@pytest.mark.parametrize("images", [1, 2], ids=["one image", "a batch"])
@pytest.mark.parametrize(
    ("path", "options"),
    [
        pytest.param("/predict", {}, id="predict"),
        pytest.param("/explain/{method}", EVERY_OUTPUT, id="explain"),
        pytest.param("/explain/{method}", {"evidence": "true"}, id="evidence"),
        pytest.param("/explain/feature-maps", {"outputs": "grid,channels,raw"}, id="maps"),
        pytest.param("/localize", {}, id="localize"),
    ],
)
def test_an_answer_to_an_image_is_as_the_document_declares(
    client, document, path, options, images, accept
):
    response = client.post(
        path_with(path),
        files=[("image", ("i.png", IMAGE))] * images,
        data=options,
        headers={"Accept": accept},
    )

    check_declared(document, path, "post", response)


def test_what_is_read_without_a_body_is_as_the_document_declares(client, document, operations):
    for path, method, _ in operations:
        if method == "GET":
            check_declared(document, path, "get", client.get(path_with(path)))


def check_declared(document: dict[str, Any], path: str, method: str, response) -> None:
    """Hold status, content type and body against the document."""
    answers = document["paths"][path][method]["responses"]
    media_type = response.headers["Content-Type"].split(";")[0]
    declared = answers[str(response.status_code)]["content"][media_type]
    if media_type.endswith("json"):
        schema = {**declared["schema"], "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(response.json())
