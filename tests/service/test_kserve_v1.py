"""KServe's protocol v1: instances in both forms reach the model, and all else is refused."""

import base64
import json
from io import BytesIO

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from tests.service.application import SIDE, FakeLane, FixedModels, client_of, png

FILE = {"b64": base64.b64encode(png()).decode()}
PIXELS = np.arange(SIDE * SIDE * 3, dtype=np.uint8).reshape(SIDE, SIDE, 3)
NUMBERS = PIXELS.tolist()


async def post(verb: str, body: object, lane: FakeLane | None = None, **settings: object):
    async with client_of(lane, **settings) as client:
        return await client.post(f"/v1/models/tiny:{verb}", json=body)


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    """Status, code and first pointer of a refusal; it is checked for the protocol's member."""
    problem = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["error"] == problem["detail"]
    pointers = [fault["pointer"] for fault in problem.get("errors", ())]
    return response.status_code, problem["code"], "".join(pointers[:1])


async def test_models_are_listed_by_their_names():
    async with client_of() as client:
        assert (await client.get("/v1/models")).json() == {"models": ["tiny"]}


async def test_a_model_with_a_live_worker_is_ready():
    async with client_of() as client:
        answer = await client.get("/v1/models/tiny")

    assert answer.json() == {"name": "tiny", "ready": True}


async def test_a_model_without_a_worker_is_a_problem_that_passes():
    async with client_of(models=FixedModels(hosted=False)) as client:
        answer = await client.get("/v1/models/tiny")

    assert refusal(answer) == (503, "model_not_ready", "")
    assert "Retry-After" in answer.headers


async def test_files_and_pixels_in_one_request_are_predicted_in_order():
    lane = FakeLane()

    answer = await post("predict", {"instances": [FILE, NUMBERS]}, lane)

    assert answer.json() == {"predictions": [[0.75, 0.25], [0.75, 0.25]]}
    seen = sorted(lane.pixels, key=lambda pixels: int(pixels[0, 0, 0]))
    np.testing.assert_array_equal(seen[0], PIXELS)
    np.testing.assert_array_equal(seen[1][0, 0], (200, 30, 90))


@settings(max_examples=25)
@given(
    pixels=arrays.arrays(np.uint8, st.tuples(*[st.integers(1, 9)] * 2, st.just(3))),
    as_floats=st.booleans(),
)
async def test_pixels_reach_the_model_as_a_file_of_them_would(pixels, as_floats):
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    encoded = {"b64": base64.b64encode(file.getvalue()).decode()}
    numbers = pixels.astype(float).tolist() if as_floats else pixels.tolist()
    lane = FakeLane()

    for instance in (encoded, numbers):
        await post("predict", {"instances": [instance]}, lane)

    np.testing.assert_array_equal(lane.pixels[0], lane.pixels[1])


async def test_an_explanation_is_the_answer_of_our_own_route():
    options = {"target": "dog", "outputs": "raw,box", "polarity": "both"}
    async with client_of() as client:
        own = await client.post("/explain/layercam", json={"image": FILE, **options})
        answer = await client.post(
            "/v1/models/tiny:explain",
            json={"instances": [FILE], "parameters": {"method": "layercam", **options}},
        )

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {"predictions": [[0.75, 0.25]], "explanations": [own.json()]}


async def test_a_method_is_chosen_where_none_is_named():
    answer = await post("explain", {"instances": [NUMBERS]})

    [explanation] = answer.json()["explanations"]
    assert explanation["method"] == "gradcam"
    assert {"heatmap", "overlay"} <= set(explanation)


WRONG_INSTANCES = {
    "fractions": [[[0.5, 0.5, 0.5]]],
    "no number": [[[float("nan"), 0, 0]]],
    "above 255": [[[256, 0, 0]]],
    "below 0": [[[-1, 0, 0]]],
    "huge": [[[10**400, 0, 0]]],
    "texts": [[["1", "2", "3"]]],
    "truths": [[[True, True, True]]],
    "ragged": [[[1, 2, 3], [1, 2]]],
    "grey": [[1, 2], [3, 4]],
    "transparent": [[[1, 2, 3, 4]]],
    "empty": [],
    "empty rows": [[], []],
    "nested far": [[[[1, 2, 3]]]],
    "other object": {"image": FILE},
    "more members": FILE | {"key": 1},
    "text": "image",
    "null": None,
}


@pytest.mark.parametrize("instance", WRONG_INSTANCES.values(), ids=WRONG_INSTANCES)
async def test_an_instance_that_is_no_image_is_pointed_at(instance):
    lane = FakeLane()
    body = {"instances": [NUMBERS, instance]}
    async with client_of(lane) as client:
        answer = await client.post("/v1/models/tiny:predict", content=json.dumps(body))

    assert refusal(answer) == (422, "fields_invalid", "/instances/1")
    assert lane.orders == []


@pytest.mark.parametrize("text", ["?", "a", 5, None, "é"], ids=str)
async def test_an_instance_that_is_no_base64_is_pointed_at(text):
    answer = await post("predict", {"instances": [{"b64": text}]})

    assert refusal(answer) == (422, "fields_invalid", "/instances/0/b64")


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        pytest.param({}, "fields_invalid", "/instances", id="nothing"),
        pytest.param({"instances": []}, "fields_invalid", "/instances", id="no instance"),
        pytest.param({"instances": 5}, "fields_invalid", "/instances", id="a number"),
        pytest.param({"inputs": [FILE]}, "fields_invalid", "/instances", id="columns"),
        pytest.param([FILE], "body_invalid", "", id="a list"),
        pytest.param(
            {"instances": [FILE], "signature_name": "x"},
            "fields_invalid",
            "/signature_name",
            id="unknown member",
        ),
        pytest.param({"instances": [{"b64": ""}]}, "image_undecodable", "", id="an empty file"),
    ],
)
async def test_a_body_of_another_form_is_refused(body, code, pointer):
    assert refusal(await post("predict", body)) == (422, code, pointer)


@pytest.mark.parametrize(
    ("parameters", "status", "code", "pointer"),
    [
        ({"opacity": 2}, 422, "fields_invalid", "/parameters/opacity"),
        ({"no_such": 2}, 422, "fields_invalid", "/parameters/no_such"),
        ({"model": "tiny"}, 422, "fields_invalid", "/parameters/model"),
        ({"target": "lion"}, 422, "class_not_found", "/parameters/target"),
        ({"layer": "lion"}, 422, "layer_not_found", "/parameters/layer"),
        ({"layer": "scores"}, 422, "layer_not_spatial", "/parameters/layer"),
        ({"method": "lion"}, 404, "method_not_found", ""),
        ({"method": {}}, 404, "method_not_found", ""),
    ],
    ids=str,
)
async def test_an_option_that_is_wrong_is_pointed_at(parameters, status, code, pointer):
    answer = await post("explain", {"instances": [NUMBERS], "parameters": parameters})

    assert refusal(answer) == (status, code, pointer)


async def test_more_instances_than_images_of_a_batch_are_refused():
    answer = await post("predict", {"instances": [NUMBERS] * 3}, max_batch_images=2)

    assert refusal(answer) == (413, "too_many_images", "")


async def test_more_pixels_than_an_image_may_have_are_refused():
    answer = await post("predict", {"instances": [NUMBERS]}, max_image_pixels=63)

    assert refusal(answer) == (413, "image_too_large", "")


async def test_a_body_beyond_the_limit_is_refused():
    answer = await post("predict", {"instances": [NUMBERS]}, max_body_bytes=100)

    assert refusal(answer) == (413, "image_too_large", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Encoding": "gzip"},
    ],
    ids=str,
)
async def test_a_body_that_is_no_plain_json_is_refused(headers):
    async with client_of() as client:
        answer = await client.post("/v1/models/tiny:predict", content=b"{}", headers=headers)

    assert refusal(answer) == (415, "media_type_unsupported", "")


async def test_what_the_router_refuses_carries_the_member_too():
    async with client_of() as client:
        unknown = await client.get("/v1/nothing")
        unnamed = await client.post("/v1/models/lion:predict", json={"instances": [FILE]})
        verb = await client.get("/v1/models/tiny:predict")

    assert refusal(unknown) == (404, "route_not_found", "")
    assert refusal(unnamed) == (404, "model_not_found", "")
    assert refusal(verb)[1] in ("http_method_not_allowed", "model_not_found")


async def test_a_refusal_names_its_path_as_it_was_asked_for():
    answer = await post("predict", {})

    assert answer.json()["instance"] == "/v1/models/tiny:predict"


async def test_our_own_refusals_carry_no_member_of_others():
    async with client_of() as client:
        assert "error" not in (await client.get("/nothing")).json()


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@settings(max_examples=60)
@given(instances=NESTED, parameters=NESTED, verb=st.sampled_from(["predict", "explain"]))
async def test_whatever_a_body_holds_it_is_answered_or_refused(instances, parameters, verb):
    body = json.dumps({"instances": instances, "parameters": parameters})
    async with client_of() as client:
        answer = await client.post(f"/v1/models/tiny:{verb}", content=body)

    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] in ("fields_invalid", "body_invalid", "image_undecodable")
