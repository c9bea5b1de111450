"""Every operation of the OpenAPI document, asked with all that fits it and all that does not.

No answer is a 5xx, each is as the document declares it, methods and data that it does not
allow are refused, and what it allows is refused only for what no document can know. The same
requests each time; `make fuzz` makes many more.
"""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
import requests
import schemathesis
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    negative_data_rejection,
    positive_data_acceptance,
)

from api_schemas.explanations import ExplanationOptions
from service.describe import openapi_document
from tests.end_to_end.conftest import ANSWER_SECONDS
from tests.end_to_end.images import encoded, noise
from tests.end_to_end.test_openapi import CODES
from tests.fuzz.extent import IS_LONG, inputs
from tests.processes import front, valkey, wait_ready, worker
from tests.storage.hostile_archives import zip_of

pytestmark = [
    pytest.mark.processes,
    # A server that closes an idle connection leaves the other end to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

SEED = 7
EXAMPLES = inputs(10, 60)
"""Random requests to each operation; where much is asked for, beside those for each limit that
the document names."""

KNOWN_TO_THE_SERVICE = frozenset(
    {
        "archive_undecodable", "archive_unsafe", "atlas_outdated", "class_not_found",
        "classes_not_shared", "dataset_empty", "dataset_not_found", "dataset_path_outside",
        "image_missing", "image_too_large", "image_undecodable", "layer_not_convolution",
        "layer_not_found", "layer_not_spatial", "method_unsupported", "nothing_to_localize",
        "not_acceptable", "too_many_images", "unit_not_found",
    }
)  # fmt: skip
"""Codes of refusals of requests that fit the document: it cannot tell what there is."""

UNTOLD = {
    "GET /models/{model}/layers/{layer}/filters": ("/channels", "/input_channel"),
    "POST /explain/feature-maps": ("/channels",),
    "POST /explain/{method}": ("/outputs",),
    "POST /replay": ("/receipt",),
    "POST /localize": ("/",),
    "POST /jobs": ("/params",),
    "POST /v1/models/{model}:predict": ("/instances",),
    "POST /v1/models/{model}:explain": ("/instances", "/parameters"),
    "POST /v2/models/{model}/infer": ("/inputs", "/parameters", "/outputs", "/model_name"),
    "POST /v2/models/{model}/explain": ("/inputs", "/parameters", "/outputs", "/model_name"),
}
"""Where fields are wrong in ways that JSON Schema has no words for: numbers that must be in
order, lists of one length, data as long as a shape says, a method's parameters; `consensus` of
one method alone; a receipt that may be in the query."""

EXPLAIN = "/explain/{method}"
"""Takes options that the document cannot name: those of each method."""

OPAQUE = ("image/*", "application/octet-stream")
"""Bodies of which the document says no more than that they are bytes."""

OTHERS_ADDRESS = ("POST /v1/models/{model}:predict", "POST /v1/models/{model}:explain")
"""A GET is taken there for the readiness of a model of that name: `Allow` names it, too."""

SCHEMA = schemathesis.openapi.from_dict(openapi_document())
SCHEMA.config.seed = SEED
SCHEMA.config.generation.deterministic = True
SCHEMA.config.generation.max_examples = EXAMPLES
SCHEMA.config.phases.coverage.enabled = IS_LONG


@pytest.fixture(scope="module")
def service(models_folder, tmp_path_factory) -> Iterator[tuple[str, dict[str, str]]]:
    """A service of its own, in which everything may be deleted; what there is in it."""
    store = tmp_path_factory.mktemp("fuzzed")
    with ExitStack() as stack:
        redis_url = stack.enter_context(valkey())
        stack.enter_context(worker(redis_url, models_folder, store=store))
        limits = {"max_image_pixels": 4_000_000, "deadline_seconds": 60.0}
        url = stack.enter_context(front(redis_url, "tiny", store=store, **limits))
        wait_ready(url)
        archive = zip_of(("a/1.png", encoded(noise(1))))
        with httpx.Client(base_url=url, timeout=ANSWER_SECONDS) as client:
            dataset = client.post("/datasets", files={"archive": archive}).json()["id"]
        yield url, {"model": "tiny", "layer": "first", "method": "gradcam", "dataset": dataset}


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """One connection for all: thousands of new ones would use up the ports."""
    with requests.Session() as opened:
        yield opened


def is_positive(case: schemathesis.Case) -> bool:
    return case.meta is not None and case.meta.generation.mode.is_positive


def make_askable(case: schemathesis.Case, names: dict[str, str]) -> None:
    """Name what there is in a path; give an option once, and none that no method has."""
    for name in set(names) & set(case.path_parameters):
        case.path_parameters[name] = names[name]
    if isinstance(case.body, dict) and case.operation.path == EXPLAIN:
        known = {"image"} | set(ExplanationOptions.model_fields)
        case.body = {name: case.body[name] for name in case.body if name in known}
    if isinstance(case.body, dict):
        case.query = {name: case.query[name] for name in case.query if name not in case.body}
    if "idempotency-key" in case.headers:
        case.headers["idempotency-key"] = uuid.uuid4().hex


def check_accepted(case: schemathesis.Case, response) -> None:
    """Let a request that fits be refused only for what the document cannot know."""
    if response.status_code < 400 or response.status_code in (401, 403, 404, 409, 429):
        return
    if case.media_type in OPAQUE:
        return
    problem = response.json()
    if problem["code"] in KNOWN_TO_THE_SERVICE:
        return
    untold = UNTOLD.get(case.operation.label, ())
    pointers = [fault["pointer"] for fault in problem.get("errors", [])]
    assert pointers, problem
    assert all(pointer.startswith(untold) for pointer in pointers), problem


def clean_up(response, url: str, session: requests.Session) -> None:
    """Cancel and delete a job that was begun, or nothing else is got to."""
    if response.request.method == "POST" and response.status_code in (200, 202):
        job = response.json().get("links", {}).get("self")
        for _ in range(2 if job else 0):
            session.delete(f"{url}{job}", timeout=ANSWER_SECONDS)


@SCHEMA.parametrize()
def test_an_operation_answers_whatever_it_is_asked_as_the_document_says(case, service, session):
    url, names = service
    load_all_checks()
    passed_over, is_fit = [positive_data_acceptance], is_positive(case)
    if is_fit:
        make_askable(case, names)
        passed_over.append(negative_data_rejection)
    response = case.call(base_url=url, session=session, timeout=ANSWER_SECONDS)
    clean_up(response, url, session)
    if case.operation.label in OTHERS_ADDRESS:
        passed_over.append(allow_header_conformance)
    case.validate_response(response, excluded_checks=passed_over)
    if is_fit and case.method == case.operation.method.upper():
        check_accepted(case, response)


def test_every_code_that_a_fitting_request_may_get_is_one_of_ours():
    assert KNOWN_TO_THE_SERVICE <= CODES
