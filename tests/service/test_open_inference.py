"""The Open Inference Protocol: tensors in and out, as JSON and as bytes, and their refusals."""

import base64
import json
import struct
from io import BytesIO

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from messaging.errors import QueueFullError
from tests.service.application import SIDE, FakeLane, FixedModels, client_of, png, reply
from tests.service.test_kserve_v1 import refusal

PIXELS = np.arange(2 * SIDE * SIDE * 3, dtype=np.uint8).reshape(2, SIDE, SIDE, 3)
HEADER = "Inference-Header-Content-Length"
FILE = png(width=5, height=4)


def tensor(**changes: object) -> dict[str, object]:
    """Describe two images as pixels in JSON."""
    described = {
        "name": "image",
        "datatype": "UINT8",
        "shape": list(PIXELS.shape),
        "data": PIXELS.ravel().tolist(),
    }
    described |= changes
    return {name: value for name, value in described.items() if value is not None}


async def post(
    body: dict[str, object], binary: bytes = b"", *, verb: str = "infer", lane=None, **options
) -> httpx.Response:
    """Send a request: plain JSON, or with bytes behind it."""
    head = json.dumps(body).encode()
    headers = {HEADER: str(len(head))} if binary else {}
    async with client_of(lane, **options) as client:
        return await client.post(
            f"/v2/models/tiny/{verb}", content=head + binary, headers=headers
        )


def outputs_of(response: httpx.Response) -> dict[str, dict]:
    assert response.status_code == 200, response.text
    return {output["name"]: output for output in response.json()["outputs"]}


def packed(*elements: bytes) -> bytes:
    return b"".join(struct.pack("<I", len(element)) + element for element in elements)


async def test_server_and_models_describe_themselves():
    async with client_of() as client:
        server = (await client.get("/v2")).json()
        model = (await client.get("/v2/models/tiny")).json()

    assert server["name"] == "vitrine"
    assert "binary_tensor_data" in server["extensions"]
    assert model["name"] == "tiny"
    assert model["inputs"] == [{"name": "image", "datatype": "UINT8", "shape": [-1, -1, -1, 3]}]
    assert model["outputs"] == [
        {"name": "probabilities", "datatype": "FP32", "shape": [-1, 2]},
        {"name": "logits", "datatype": "FP32", "shape": [-1, 2]},
        {"name": "label", "datatype": "BYTES", "shape": [-1]},
    ]


async def test_health_tells_whether_requests_can_be_answered():
    async with client_of() as client:
        assert (await client.get("/v2/health/live")).json() == {"live": True}
        assert (await client.get("/v2/health/ready")).json() == {"ready": True}
        ready = await client.get("/v2/models/tiny/ready")
        assert ready.json() == {"name": "tiny", "ready": True}


@pytest.mark.parametrize("path", ["/v2/health/ready", "/v2/models/tiny/ready"])
async def test_without_a_worker_the_service_is_not_ready(path):
    async with client_of(models=FixedModels(hosted=False)) as client:
        answer = await client.get(path)
        live = await client.get("/v2/health/live")

    assert refusal(answer) == (503, "model_not_ready", "")
    assert live.status_code == 200


async def test_without_redis_the_service_is_not_ready():
    async with client_of(models=FixedModels(is_away=True)) as client:
        assert refusal(await client.get("/v2/health/ready"))[:2] == (503, "broker_unavailable")


FORMS = {
    "flat": (tensor(), b""),
    "nested": (tensor(data=PIXELS.tolist()), b""),
    "binary": (
        tensor(data=None, parameters={"binary_data_size": PIXELS.size}),
        PIXELS.tobytes(),
    ),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
async def test_pixels_reach_the_model_from_every_form(form):
    described, binary = form
    lane = FakeLane()

    answer = await post({"inputs": [described]}, binary, lane=lane)

    outputs = outputs_of(answer)
    assert list(outputs) == ["probabilities", "logits", "label"]
    assert outputs["probabilities"]["shape"] == [2, 2]
    assert outputs["probabilities"]["data"] == [0.75, 0.25] * 2
    assert outputs["logits"]["data"] == [1.0, -1.0] * 2
    assert outputs["label"] == {
        "name": "label",
        "datatype": "BYTES",
        "shape": [2],
        "data": ["cat", "cat"],
    }
    np.testing.assert_array_equal(np.sort(lane.pixels, axis=0), np.sort(PIXELS, axis=0))


async def test_files_reach_the_model_as_base64_and_as_bytes():
    encoded = base64.b64encode(FILE).decode()
    in_json = tensor(
        datatype="BYTES", shape=[1], data=[encoded], parameters={"content_type": "base64"}
    )
    binary = packed(FILE)
    behind = tensor(
        datatype="BYTES", shape=[1], data=None, parameters={"binary_data_size": len(binary)}
    )
    lane = FakeLane()

    await post({"inputs": [in_json]}, lane=lane)
    await post({"inputs": [behind]}, binary, lane=lane)

    assert len(lane.pixels) == 2
    for pixels in lane.pixels:
        np.testing.assert_array_equal(pixels[0, 0], (200, 30, 90))


async def test_an_identifier_is_repeated_and_the_model_named():
    answer = (await post({"id": "mine", "inputs": [tensor()]})).json()

    assert (answer["id"], answer["model_name"]) == ("mine", "tiny")
    assert answer["parameters"] == {"model_sha256": "ab" * 32}
    assert "id" not in (await post({"inputs": [tensor()]})).json()


@pytest.mark.parametrize("verb", ["infer", "explain"])
async def test_members_that_other_clients_leave_null_are_as_if_absent(verb):
    absent = {"id": None, "parameters": None, "outputs": None}
    body = {"model_name": "tiny", "inputs": [tensor()]}

    answers = [await post(body | more, verb=verb) for more in ({}, absent)]

    assert answers[0].status_code == 200
    assert answers[0].content == answers[1].content


async def test_outputs_come_in_the_order_and_the_form_asked_for():
    asked = [
        {"name": "label", "parameters": {"binary_data": True}},
        {"name": "logits"},
        {"name": "probabilities", "parameters": {"binary_data": False}},
    ]
    body = {
        "inputs": [tensor()],
        "outputs": asked,
        "parameters": {"binary_data_output": True},
    }

    answer = await post(body)

    length = int(answer.headers[HEADER])
    assert answer.headers["Content-Type"] == "application/octet-stream"
    outputs = json.loads(answer.content[:length])["outputs"]
    assert [output["name"] for output in outputs] == ["label", "logits", "probabilities"]
    assert outputs[0]["parameters"] == {"binary_data_size": 14}
    assert outputs[1]["parameters"] == {"binary_data_size": 16}
    assert "data" not in outputs[1]
    assert outputs[2]["data"] == [0.75, 0.25] * 2
    binary = answer.content[length:]
    assert binary[:14] == packed(b"cat", b"cat")
    np.testing.assert_array_equal(np.frombuffer(binary[14:], "<f4"), [1, -1, 1, -1])


async def test_an_explanation_gives_the_numbers_of_our_own_route():
    options = {"target": "dog", "polarity": "both"}
    image = {"b64": base64.b64encode(FILE).decode()}
    names = ["raw", "target", "logits", "heatmap", "overlay", "contour", "answer"]
    async with client_of() as client:
        own = await client.post(
            "/explain/hirescam",
            json={"image": image, "outputs": "raw,heatmap,overlay,contour,box", **options},
        )
        body = {
            "inputs": [tensor(datatype="BYTES", shape=[1], data=[image["b64"]])],
            "outputs": [{"name": name} for name in names],
            "parameters": {"method": "hirescam", **options},
        }
        answer = await client.post("/v2/models/tiny/explain", json=body)

    expected, outputs = own.json(), outputs_of(answer)
    assert list(outputs) == names
    raw = np.frombuffer(base64.b64decode(expected["raw"]["b64"]), "<f4")
    assert outputs["raw"]["shape"] == [1, 2, 2]
    np.testing.assert_array_equal(outputs["raw"]["data"], raw)
    assert outputs["target"] == {
        "name": "target",
        "datatype": "INT64",
        "shape": [1],
        "data": [1],
    }
    for picture in ("heatmap", "overlay", "contour"):
        assert outputs[picture]["data"] == [expected[picture]]
        assert outputs[picture]["parameters"] == {"content_type": "base64"}
    [inner] = outputs["answer"]["data"]
    left_out = {"raw", "heatmap", "overlay", "contour"}
    assert json.loads(inner) == {
        name: value for name, value in expected.items() if name not in left_out
    }
    assert answer.json()["parameters"]["method"] == "hirescam"


async def test_pictures_in_binary_are_the_files_themselves():
    body = {
        "inputs": [tensor()],
        "outputs": [{"name": "overlay"}],
        "parameters": {"binary_data_output": True},
    }

    answer = await post(body, verb="explain")

    rest = answer.content[int(answer.headers[HEADER]) :]
    first = rest[4 : 4 + int.from_bytes(rest[:4], "little")]
    assert Image.open(BytesIO(first)).size == (SIDE, SIDE)


async def test_without_outputs_the_numbers_of_an_explanation_are_answered():
    outputs = outputs_of(await post({"inputs": [tensor()]}, verb="explain"))

    assert list(outputs) == ["raw", "target", "probabilities"]
    assert outputs["raw"]["data"] == [4, 1, 1, 0] * 2


async def test_a_number_that_is_not_finite_is_null_in_json():
    odd = np.array([[np.nan, np.inf], [-np.inf, 1]], np.float32)
    lane = FakeLane(lambda order: reply(order, map=odd))

    body = {"inputs": [tensor()], "parameters": {"polarity": "both"}}
    outputs = outputs_of(await post(body, verb="explain", lane=lane))

    assert outputs["raw"]["data"] == [None, None, None, 1.0] * 2


async def test_maps_of_several_sizes_are_no_tensor():
    sizes = iter([2, 3])
    lane = FakeLane(lambda order: reply(order, map=np.ones((next(sizes),) * 2, np.float32)))

    answer = await post({"inputs": [tensor()]}, verb="explain", lane=lane)

    assert refusal(answer) == (422, "fields_invalid", "/outputs")


SIZE = PIXELS.size
WRONG_TENSORS = {
    "another name": (tensor(name="input_1"), b"", "/inputs/0/name"),
    "floats": (tensor(datatype="FP32"), b"", "/inputs/0/datatype"),
    "fractions": (tensor(data=[0.5] * SIZE), b"", "/inputs/0/data"),
    "too few": (tensor(data=[1] * (SIZE - 1)), b"", "/inputs/0/data"),
    "other nesting": (tensor(data=PIXELS[0].tolist()), b"", "/inputs/0/data"),
    "no data": (tensor(data=None), b"", "/inputs/0/data"),
    "both data": (
        tensor(parameters={"binary_data_size": SIZE}),
        PIXELS.tobytes(),
        "/inputs/0/data",
    ),
    "one image": (
        tensor(shape=[SIDE, SIDE, 3], data=PIXELS[0].tolist()),
        b"",
        "/inputs/0/shape",
    ),
    "channels first": (tensor(shape=[2, 3, SIDE, SIDE]), b"", "/inputs/0/shape"),
    "empty": (tensor(shape=[0, SIDE, SIDE, 3], data=[]), b"", "/inputs/0/shape/0"),
    "too many bytes": (
        tensor(data=None, parameters={"binary_data_size": SIZE}),
        PIXELS.tobytes() + b"x",
        "/inputs/0/parameters/binary_data_size",
    ),
    "unannounced bytes": (tensor(), b"x", "/inputs/0/parameters/binary_data_size"),
    "unknown parameter": (tensor(parameters={"x": 1}), b"", "/inputs/0/parameters/x"),
    "files in rows": (
        tensor(datatype="BYTES", shape=[1, 1], data=["aGk="]),
        b"",
        "/inputs/0/shape",
    ),
    "files too few": (
        tensor(datatype="BYTES", shape=[2], data=["aGk="]),
        b"",
        "/inputs/0/data",
    ),
    "no base64": (tensor(datatype="BYTES", shape=[1], data=["?"]), b"", "/inputs/0/data/0"),
    "no list": (tensor(datatype="BYTES", shape=[1], data="aGk="), b"", "/inputs/0/data/0"),
    "element too long": (
        tensor(datatype="BYTES", shape=[1], data=None, parameters={"binary_data_size": 5}),
        struct.pack("<I", 2) + b"x",
        "/inputs/0/data",
    ),
    "length cut off": (
        tensor(datatype="BYTES", shape=[1], data=None, parameters={"binary_data_size": 2}),
        b"xx",
        "/inputs/0/data",
    ),
}


@pytest.mark.parametrize("case", WRONG_TENSORS.values(), ids=WRONG_TENSORS)
async def test_a_tensor_that_is_no_image_is_pointed_at(case):
    described, binary, pointer = case
    lane = FakeLane()

    answer = await post({"inputs": [described]}, binary, lane=lane)

    assert refusal(answer) == (422, "fields_invalid", pointer)
    assert lane.orders == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"inputs": []}, "/inputs"),
        ({"inputs": [tensor(), tensor()]}, "/inputs"),
        ({"outputs": []}, "/outputs"),
        ({"outputs": [{"name": "raw"}]}, "/outputs/0/name"),
        ({"outputs": [{"name": "label", "parameters": {"classification": 1}}]}, "/outputs/0/"),
        ({"parameters": {"top_k": 1}}, "/parameters/top_k"),
        ({"id": 5}, "/id"),
        ({"model_name": "lion"}, "/model_name"),
    ],
    ids=str,
)
async def test_an_envelope_that_is_wrong_is_pointed_at(changes, pointer):
    status, code, pointed_at = refusal(await post({"inputs": [tensor()], **changes}))

    assert (status, code) == (422, "fields_invalid")
    assert pointed_at.startswith(pointer)


@pytest.mark.parametrize(
    ("parameters", "code", "pointer"),
    [
        ({"outputs": "raw"}, "fields_invalid", "/parameters/outputs"),
        ({"binary_data_output": "yes"}, "fields_invalid", "/parameters/binary_data_output"),
        ({"seed": -1}, "fields_invalid", "/parameters/seed"),
        ({"versus": "lion"}, "class_not_found", "/parameters/versus"),
    ],
    ids=str,
)
async def test_an_option_that_is_wrong_is_pointed_at(parameters, code, pointer):
    body = {"inputs": [tensor()], "parameters": parameters}

    assert refusal(await post(body, verb="explain")) == (422, code, pointer)


@pytest.mark.parametrize("length", ["x", "-1", "9" * 30, "100000", "¹"])
async def test_a_length_of_json_that_cannot_be_is_refused(length):
    async with client_of() as client:
        answer = await client.post(
            "/v2/models/tiny/infer",
            content=b"{}",
            headers={HEADER: length.encode("utf-8")},
        )

    assert refusal(answer)[:2] == (422, "body_invalid")


async def test_limits_of_images_and_pixels_hold_for_tensors():
    many = await post({"inputs": [tensor()]}, max_batch_images=1)
    large = await post({"inputs": [tensor()]}, max_image_pixels=63)

    assert refusal(many)[:2] == (413, "too_many_images")
    assert refusal(large)[:2] == (413, "image_too_large")


async def test_a_full_queue_is_answered_in_the_protocol_too():
    answer = await post({"inputs": [tensor()]}, lane=FakeLane(QueueFullError("tiny", 1)))

    assert refusal(answer)[:2] == (429, "queue_full")
    assert "Retry-After" in answer.headers


@settings(max_examples=60)
@given(
    binary=st.binary(max_size=40),
    length=st.integers(0, 300),
    size=st.integers(-1, 50),
    shape=st.lists(st.integers(-1, 5), max_size=5),
    datatype=st.sampled_from(["UINT8", "BYTES"]),
)
async def test_whatever_bytes_follow_they_are_answered_or_refused(
    binary, length, size, shape, datatype
):
    described = tensor(
        data=None, shape=shape, datatype=datatype, parameters={"binary_data_size": size}
    )
    head = json.dumps({"inputs": [described]}).encode()
    lengths = {HEADER: str(len(head) if length > 100 else length)}
    async with client_of() as client:
        answer = await client.post(
            "/v2/models/tiny/infer", content=head + binary, headers=lengths
        )

    assert answer.status_code in (200, 413, 422), answer.text
