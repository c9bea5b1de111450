"""An object is found from the map that a worker sends and the colours of the image."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.service.application import (
    LAYER,
    FakeLane,
    FixedModels,
    client_of,
    png,
    record,
    reply,
)

ROUTE = "/localize"
RED, BLUE = (200, 40, 30), (30, 60, 190)


def scene(width, height, box) -> bytes:
    """A red rectangle before a blue ground, both grainy, as a PNG."""
    left, top, object_width, object_height = box
    pixels = np.full((height, width, 3), BLUE, np.int64)
    pixels[top : top + object_height, left : left + object_width] = RED
    pixels += np.random.default_rng(0).integers(-15, 16, pixels.shape)
    file = BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def pointing_at(column: float, row: float):
    """Answer with a map that has its peak at a place given in parts of the image."""

    def answer(order):
        rows, columns = (np.mgrid[0:9, 0:9] + 0.5) / 9
        peak = np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / 0.02)
        return reply(order, map=peak.astype(np.float32))

    return answer


async def posted(image, lane=None, headers=None, **options):
    files = image if isinstance(image, list) else {"image": image}
    async with client_of(lane or FakeLane(pointing_at(0.5, 0.5))) as client:
        return await client.post(ROUTE, files=files, data=options, headers=headers)


def picture(base64_file: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(base64_file)))


@pytest.mark.parametrize(
    ("width", "height", "box"),
    [(160, 90, (90, 20, 50, 40)), (90, 160, (20, 90, 40, 50)), (640, 400, (40, 60, 260, 240))],
    ids=["landscape", "portrait", "cut-smaller-than-sent"],
)
async def test_the_box_is_in_pixels_of_the_image_sent(width, height, box):
    left, top, object_width, object_height = box
    centre = (left + object_width / 2) / width, (top + object_height / 2) / height

    answer = (await posted(scene(width, height, box), FakeLane(pointing_at(*centre)))).json()

    found = [answer["box"][side] for side in ("x", "y", "width", "height")]
    np.testing.assert_allclose(found, box, atol=5)
    mask, overlay = picture(answer["mask"]), picture(answer["overlay"])
    assert (mask.mode, mask.size, overlay.size) == ("L", (width, height), (width, height))
    assert set(np.unique(mask)) == {0, 255}
    assert mask.getbbox() == (found[0], found[1], found[0] + found[2], found[1] + found[3])


async def test_an_answer_says_what_was_found_and_how():
    lane = FakeLane(pointing_at(0.5, 0.5))
    image = scene(90, 90, (30, 30, 30, 30))

    answer = (await posted(image, lane, target="dog", foreground_quantile="0.9")).json()

    assert answer["target"]["label"] == "dog"
    assert (answer["method"], answer["layer"]) == ("saliency", None)
    assert answer["parameters"] == {"foreground_quantile": 0.9, "background_quantile": 0.3}
    assert answer["image"] == {"width": 90, "height": 90}
    assert len(answer["predictions"]) == 2
    assert lane.orders[0].target == 1


async def test_any_method_can_point_at_the_object():
    lane = FakeLane(pointing_at(0.5, 0.5))

    answer = (
        await posted(scene(90, 90, (30, 30, 30, 30)), lane, method="rise", seed="5")
    ).json()

    (order,) = lane.orders
    assert (order.method, order.seed) == ("rise", 5)
    # The method's own parameters are its defaults.
    assert order.parameters["mask_count"] == answer["parameters"]["mask_count"] > 0


async def test_a_method_of_a_layer_looks_at_the_default_one():
    answer = (await posted(scene(90, 90, (30, 30, 30, 30)), method="gradcam")).json()

    assert answer["layer"] == LAYER


async def test_evidence_against_the_class_does_not_point_at_the_object():
    def signed(order):
        # Strongly against on the left, weakly for in the middle.
        found = pointing_at(0.5, 0.5)(order).map - 5 * pointing_at(0.1, 0.5)(order).map
        return reply(order, map=found)

    answer = (await posted(scene(90, 90, (30, 30, 30, 30)), FakeLane(signed))).json()

    found = [answer["box"][side] for side in ("x", "y", "width", "height")]
    np.testing.assert_allclose(found, (30, 30, 30, 30), atol=3)


@pytest.mark.parametrize(("form", "written"), [("image/png", "PNG"), ("image/webp", "WEBP")])
async def test_whoever_accepts_a_picture_gets_the_overlay_itself(form, written):
    response = await posted(scene(90, 60, (30, 20, 30, 20)), headers={"Accept": form})

    overlay = Image.open(BytesIO(response.content))
    assert (response.headers["content-type"], overlay.format) == (form, written)
    assert overlay.size == (90, 60)


async def test_several_images_are_answered_in_their_order():
    images = [("image", scene(width, 60, (30, 20, 30, 20))) for width in (90, 80)]

    results = (await posted(images)).json()["results"]

    assert [one["image"]["width"] for one in results] == [90, 80]


async def test_an_image_of_one_colour_holds_nothing_to_find():
    problem = (await posted(png(40, 40))).json()

    assert (problem["status"], problem["code"]) == (422, "nothing_to_localize")
    assert "one colour" in problem["detail"]


async def test_a_map_without_any_evidence_points_at_nothing():
    def nothing(order):
        return reply(order, map=np.full((4, 4), -1.0, np.float32))

    problem = (await posted(scene(90, 90, (30, 30, 30, 30)), FakeLane(nothing))).json()

    assert problem["code"] == "nothing_to_localize"


async def test_of_several_images_the_one_without_an_object_is_named():
    images = [("image", scene(90, 60, (30, 20, 30, 20))), ("image", png(40, 40))]

    problem = (await posted(images)).json()

    assert problem["detail"].startswith("image 2 of 2: ")


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"method": "grad-cam"}, 404, "method_not_found"),
        ({"method": "gradcam", "layer": "scores"}, 422, "layer_not_spatial"),
        ({"target": "bird"}, 422, "class_not_found"),
        ({"foreground_quantile": "1.2"}, 422, "fields_invalid"),
        ({"foreground_quantile": "0.2"}, 422, "fields_invalid"),
        ({"outputs": "raw"}, 422, "fields_invalid"),
    ],
)
async def test_what_cannot_be_looked_for_is_refused(options, status, code):
    problem = (await posted(scene(40, 40, (10, 10, 20, 20)), **options)).json()

    assert (problem["status"], problem["code"]) == (status, code)


async def test_a_method_that_the_model_cannot_support_is_refused():
    limited = record().model_copy(update={"unsupported": {"saliency": "it has no gradients"}})
    async with client_of(FakeLane(), FixedModels(limited)) as client:
        problem = (await client.post(ROUTE, files={"image": png()})).json()

    assert problem["code"] == "method_unsupported"
