"""A convolution's filters come as a grid and in numbers."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from api_schemas.models import LayerSummary
from service.filters import filter_tiles
from tests.service.application import FakeLane, FixedModels, client_of, record, reply

GENERATOR = np.random.default_rng(3)
WEIGHTS = {
    "conv": GENERATOR.normal(size=(3, 3, 3, 8)).astype(np.float32),
    "block/deep": GENERATOR.normal(size=(1, 1, 8, 70)).astype(np.float32),
    "block/depthwise": GENERATOR.normal(size=(3, 3, 1, 8)).astype(np.float32),
}


def layer(name: str, kernel_shape: tuple[int, ...]) -> LayerSummary:
    return LayerSummary(
        name=name,
        type="Conv2D" if kernel_shape else "ReLU",
        output_shape=[4, 4, 8],
        parameters=9,
        explainable=True,
        kernel_shape=kernel_shape,
    )


MODEL = record().model_copy(
    update={
        "layers": [
            *(layer(name, weights.shape) for name, weights in WEIGHTS.items()),
            layer("relu", ()),
        ]
    }
)


def weights_of(order):
    """Answer as a worker would."""
    shown = WEIGHTS[order.layer][..., order.parameters["channels"]]
    if order.parameters["input_channel"] is not None:
        shown = shown[:, :, [order.parameters["input_channel"]]]
    return reply(order, map=shown)


async def got(name, query="", lane=None, accept="*/*", model=MODEL):
    async with client_of(lane or FakeLane(weights_of), FixedModels(model)) as client:
        return await client.get(
            f"/models/tiny/layers/{name}/filters{query}", headers={"Accept": accept}
        )


def numbers(array) -> np.ndarray:
    return np.frombuffer(base64.b64decode(array["b64"]), "<f4").reshape(array["shape"])


async def test_filters_that_see_the_image_are_shown_in_colour():
    answer = (await got("conv")).json()

    assert (answer["input_channel"], answer["kernel_shape"]) == (None, [3, 3, 3, 8])
    assert answer["channels"] == list(range(8))
    np.testing.assert_array_equal(numbers(answer["raw"]), WEIGHTS["conv"])
    assert answer["range"]["max"] == pytest.approx(WEIGHTS["conv"].max())


async def test_deeper_filters_are_shown_for_one_input_channel():
    first = (await got("block/deep")).json()
    fifth = (await got("block/deep", "?input_channel=5&channels=60-69")).json()

    assert (first["input_channel"], len(first["channels"])) == (0, 64)
    np.testing.assert_array_equal(
        numbers(fifth["raw"]), WEIGHTS["block/deep"][:, :, [5], 60:70]
    )


async def test_one_colour_of_the_first_filters_can_be_asked_for():
    answer = (await got("conv", "?input_channel=2")).json()

    np.testing.assert_array_equal(numbers(answer["raw"]), WEIGHTS["conv"][:, :, [2]])


async def test_depthwise_filters_see_one_channel_each():
    answer = (await got("block/depthwise")).json()

    assert answer["raw"]["shape"] == [3, 3, 1, 8]


async def test_only_the_filters_asked_for_are_asked_of_the_worker():
    lane = FakeLane(weights_of)

    await got("block/deep", "?channels=2,0", lane=lane)

    (order,) = lane.orders
    assert (order.method, order.layer) == ("filters", "block/deep")
    assert order.parameters == {"channels": [2, 0], "input_channel": 0}
    assert lane.pixels[0].size == 3


async def test_whoever_accepts_a_picture_gets_the_grid_itself():
    response = await got("conv", accept="image/png")

    assert response.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(response.content)).format == "PNG"


async def test_an_answer_holds_the_outputs_asked_for():
    raw_only = (await got("conv", "?outputs=raw")).json()
    both = (await got("conv", "?outputs=grid,raw")).json()

    assert "grid" not in raw_only
    assert {"grid", "raw"} <= both.keys()


def test_a_filter_for_red_is_red_in_either_order_of_colours():
    weights = np.zeros((1, 1, 3, 1), np.float32)
    weights[0, 0, 0] = 1.0

    (as_rgb,), (as_bgr,) = (filter_tiles(weights, is_bgr=is_bgr) for is_bgr in (False, True))

    assert as_rgb[0, 0].tolist() == [255, 128, 128]
    assert as_bgr[0, 0].tolist() == [128, 128, 255]


@pytest.mark.parametrize(
    ("name", "query", "code", "pointer"),
    [
        ("relu", "", "layer_not_convolution", "/layer"),
        ("block/dep", "", "layer_not_found", "/layer"),
        ("conv", "?channels=0-8", "fields_invalid", "/channels"),
        ("conv", "?channels=all", "fields_invalid", "/channels"),
        ("conv", "?input_channel=3", "fields_invalid", "/input_channel"),
        ("block/depthwise", "?input_channel=1", "fields_invalid", "/input_channel"),
        ("conv", "?input_channel=-1", "fields_invalid", "/input_channel"),
        ("conv", "?outputs=grid,overlay", "fields_invalid", "/outputs/1"),
        ("conv", "?colormap=gray", "fields_invalid", "/colormap"),
    ],
)
async def test_what_cannot_be_shown_is_refused_at_its_field(name, query, code, pointer):
    problem = (await got(name, query)).json()

    assert (problem["status"], problem["code"]) == (422, code)
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]


async def test_a_model_that_is_not_there_is_refused():
    async with client_of(FakeLane(weights_of)) as client:
        response = await client.get("/models/none/layers/conv/filters")

    assert response.json()["code"] == "model_not_found"
