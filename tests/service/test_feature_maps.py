"""A layer's maps come as a grid and in numbers, for the channels asked for."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from messaging.wire import Reply
from service.channels import chosen_channels
from service.errors import FieldsInvalidError
from tests.service.application import (
    LAYER,
    FakeLane,
    FixedModels,
    client_of,
    png,
    record,
    reply,
)

ROUTE = "/explain/feature-maps"
# The third channel of the record's layer is dead, the last one overflows.
ACTIVATIONS = np.array(
    [[[0, -1, 0, 1], [1, -2, 0, 2]], [[2, -3, 0, 3], [5, -4, 0, np.inf]]], np.float32
)


def activations_of(order) -> Reply:
    """Answer as a worker would, with the channels that the order names."""
    return reply(order, map=ACTIVATIONS[..., order.parameters["channels"]])


async def posted(path=ROUTE, lane=None, files=None, headers=None, **options):
    """Post an image with options in the form."""
    files = files or {"image": png(6, 4)}
    async with client_of(lane or FakeLane(activations_of)) as client:
        return await client.post(path, files=files, data=options, headers=headers)


def picture(base64_file: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(base64_file)))


@pytest.mark.parametrize(
    ("ranges", "channels"),
    [
        (None, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
        ("0-3", (0, 1, 2, 3)),
        ("1,5,9", (1, 5, 9)),
        ("8 - 9, 0", (8, 9, 0)),
        ("2,2,1-3", (2, 1, 3)),
        ("9", (9,)),
    ],
)
def test_ranges_and_numbers_become_channels_in_the_order_given(ranges, channels):
    assert chosen_channels(ranges, layer="conv", available=10) == channels


def test_of_a_large_layer_the_first_channels_are_shown():
    assert chosen_channels(None, layer="conv", available=1280) == tuple(range(64))


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ("0-10", "layer 'conv' has 10 channels, 0 to 9; 10 was asked for"),
        ("999999", "has 10 channels"),
        ("5-2", "write 2-5"),
    ],
)
def test_channels_that_are_not_there_are_refused_with_how_many_there_are(ranges, words):
    with pytest.raises(FieldsInvalidError, match=words):
        chosen_channels(ranges, layer="conv", available=10)


def test_more_channels_than_one_picture_holds_are_refused():
    with pytest.raises(FieldsInvalidError, match="513 channels; at most 512"):
        chosen_channels("0-512", layer="conv", available=1280)


async def test_every_channel_is_put_into_numbers():
    answer = (await posted()).json()

    assert answer["layer"] == LAYER
    assert answer["layer_shape"] == [2, 2, 4]
    assert answer["image"] == {"width": 6, "height": 4}
    assert answer["channels"] == [
        {"index": 0, "min": 0.0, "max": 5.0, "mean": 2.0},
        {"index": 1, "min": -4.0, "max": -1.0, "mean": -2.5},
        {"index": 2, "min": 0.0, "max": 0.0, "mean": 0.0},
        {"index": 3, "min": 1.0, "max": None, "mean": None},
    ]
    assert answer["predictions"][0]["label"] == "cat"


async def test_the_order_names_the_layer_and_the_channels_alone():
    # Nothing else may travel: requests that differ in their pictures share a batch.
    lane = FakeLane(activations_of)

    await posted(lane=lane, channels="3,0-1", colormap="gray", layer=LAYER)

    (order,) = lane.orders
    assert (order.method, order.layer) == ("feature-maps", LAYER)
    assert order.parameters == {"channels": [3, 0, 1]}


async def test_an_answer_holds_the_outputs_asked_for_and_no_others():
    raw_only = (await posted(outputs="raw", channels="1,0")).json()
    by_default = (await posted()).json()

    numbers = np.frombuffer(base64.b64decode(raw_only["raw"]["b64"]), "<f4")
    np.testing.assert_array_equal(
        numbers.reshape(raw_only["raw"]["shape"]), ACTIVATIONS[..., [1, 0]]
    )
    assert not {"grid", "channels"} & raw_only.keys()
    assert {"grid", "channels"} <= by_default.keys()
    assert "raw" not in by_default


async def test_the_grid_shows_each_map_in_its_own_range():
    answer = (await posted(colormap="gray", channels="0,1")).json()
    grid = np.asarray(picture(answer["grid"]).convert("L"))

    # Two tiles of 112 pixels, 9 apart; a cell of these maps is 56 wide.
    tiles = [grid[9:121, left : left + 112] for left in (9, 130)]
    cells = [tile[28::56, 28::56].tolist() for tile in tiles]
    assert cells == [[[0, 51], [102, 255]], [[255, 170], [85, 0]]]


@pytest.mark.parametrize(("form", "written"), [("image/png", "PNG"), ("image/webp", "WEBP")])
async def test_whoever_accepts_a_picture_gets_the_grid_itself(form, written):
    response = await posted(headers={"Accept": form}, outputs="raw")

    assert response.headers["content-type"] == form
    assert Image.open(BytesIO(response.content)).format == written


@pytest.mark.parametrize("form", ["multipart", "body", "json"])
async def test_an_image_is_taken_in_each_form(form):
    sent = {
        "multipart": {"files": {"image": png()}, "data": {"channels": "1"}},
        "body": {
            "content": png(),
            "headers": {"Content-Type": "image/png"},
            "params": {"channels": "1"},
        },
        "json": {"json": {"image": {"b64": base64.b64encode(png()).decode()}, "channels": "1"}},
    }[form]
    async with client_of(FakeLane(activations_of)) as client:
        answer = (await client.post(ROUTE, **sent)).json()

    assert [channel["index"] for channel in answer["channels"]] == [1]


async def test_several_images_are_answered_in_their_order():
    files = [("image", png(width, 4)) for width in (5, 9)]

    results = (await posted(files=files)).json()["results"]

    assert [one["image"]["width"] for one in results] == [5, 9]


@pytest.mark.parametrize(
    ("options", "code", "pointer"),
    [
        ({"layer": "last_map"}, "layer_not_found", "/layer"),
        ({"layer": "scores"}, "layer_not_spatial", "/layer"),
        ({"channels": "0-9"}, "fields_invalid", "/channels"),
        ({"channels": "-1"}, "fields_invalid", "/channels"),
        ({"channels": "first"}, "fields_invalid", "/channels"),
        ({"outputs": "grid,overlay"}, "fields_invalid", "/outputs/1"),
        ({"colormap": "rainbow"}, "fields_invalid", "/colormap"),
        ({"steps": "3"}, "fields_invalid", "/steps"),
    ],
)
async def test_what_cannot_be_shown_is_refused_at_its_field(options, code, pointer):
    problem = (await posted(**options)).json()

    assert (problem["status"], problem["code"]) == (422, code)
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]


async def test_a_model_without_a_layer_of_maps_is_refused():
    flat = record().model_copy(update={"default_layer": "", "layers": []})
    async with client_of(FakeLane(activations_of), FixedModels(flat)) as client:
        problem = (await client.post(ROUTE, files={"image": png()})).json()

    assert problem["code"] == "layer_not_spatial"
