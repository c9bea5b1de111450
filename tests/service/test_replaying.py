"""A receipt makes its result again, or it is said what is not as it was."""

import base64
import hashlib
import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.service.application import FakeLane, FixedModels, client_of, png
from tests.service.remembered import cached_front, computed, known_record, known_reply

PHOTO = png(20, 12)
FILES = {"image": ("image.png", PHOTO, "image/png")}
OPTIONS = {"target": "dog", "outputs": "raw,overlay,box,legend", "polarity": "both", "seed": 5}


def front(lane: FakeLane | None = None, **record_changes: object):
    """Run a front before a worker that says what has computed its replies."""
    models = FixedModels(known_record(**record_changes))
    return client_of(lane or FakeLane(known_reply), models)


async def explained(client, method: str = "smoothgrad", **options: object) -> dict:
    """Explain the photo; the answer."""
    data = OPTIONS | options
    response = await client.post(f"/explain/{method}", files=FILES, data=data)
    assert response.status_code == 200, response.text
    return response.json()


async def replayed(client, receipt: dict, files: dict | None = None):
    """Send a receipt and the photo."""
    data = {"receipt": json.dumps(receipt)}
    return await client.post("/replay", files=files or FILES, data=data)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def test_a_receipt_says_what_its_answer_was_made_of():
    async with front() as client:
        answer = await explained(client)

    receipt = answer["receipt"]
    assert receipt["image_sha256"] == sha256(PHOTO)
    assert (receipt["image_as"], receipt["webp"]) == ("file", False)
    assert (receipt["model"], receipt["model_sha256"]) == ("tiny", "ab" * 32)
    assert receipt["method"] == "smoothgrad"
    assert receipt["computed"] == computed()
    assert set(receipt["front_versions"]) >= {"vitrine", "numpy", "pillow"}
    assert receipt["options"]["target"] == 1
    assert receipt["options"]["seed"] == 5
    assert receipt["options"]["outputs"] == ["raw", "overlay", "box", "legend"]
    assert receipt["options"].keys() >= answer["parameters"].keys() - {"colormap"}


async def test_digests_are_those_of_the_parts_as_they_are_answered():
    async with front() as client:
        answer = await explained(client)
        scores = await client.post("/v2/models/tiny/infer", json=tensor_request())

    digests = answer["receipt"]["digests"]
    for output in ("overlay", "legend"):
        assert digests[output] == sha256(base64.b64decode(answer[output]))
    assert digests["raw"] == sha256(base64.b64decode(answer["raw"]["b64"]))
    written = {one["name"]: one["data"] for one in scores.json()["outputs"]}
    numbers = np.array([*written["logits"], *written["probabilities"]], "<f4")
    assert digests["scores"] == sha256(numbers.tobytes())
    assert set(digests) == {"scores", "raw", "overlay", "legend"}


def tensor_request() -> dict:
    """Ask for the scores of any image: the worker of these tests has one answer for all."""
    tensor = {"name": "image", "datatype": "UINT8", "shape": [1, 2, 2, 3], "data": [0] * 12}
    outputs = [{"name": "logits"}, {"name": "probabilities"}]
    return {"inputs": [tensor], "outputs": outputs}


@pytest.mark.parametrize("method", ["gradcam", "smoothgrad", "occlusion", "lime"])
async def test_a_replay_gives_the_very_bytes_of_the_result(method):
    async with front() as client:
        answer = await explained(client, method)
        response = await replayed(client, answer["receipt"])

    told = response.json()
    assert response.status_code == 200, response.text
    assert (told["reproduced"], told["differences"]) == (True, [])
    assert told["answer"] == answer


async def test_a_prediction_is_replayed_like_an_explanation():
    async with front() as client:
        answer = (await client.post("/predict?top_k=1", files=FILES)).json()
        told = (await replayed(client, answer["receipt"])).json()

    assert (told["reproduced"], told["answer"]) == (True, answer)


async def test_a_picture_carries_its_receipt_in_a_header_and_is_replayed_as_it_was():
    async with front() as client:
        headers = {"Accept": "image/webp"}
        picture = await client.post("/explain/gradcam", files=FILES, headers=headers)
        receipt = json.loads(picture.headers["X-Vitrine-Receipt"])
        told = (await replayed(client, receipt)).json()

    assert receipt["digests"]["overlay"] == sha256(picture.content)
    assert told["reproduced"]
    assert base64.b64decode(told["answer"]["overlay"]) == picture.content
    assert len(picture.headers["X-Vitrine-Receipt"]) < 4000


async def test_every_form_of_request_takes_a_receipt():
    async with front() as client:
        receipt = (await explained(client))["receipt"]
        image = {"b64": base64.b64encode(PHOTO).decode()}
        responses = [
            await replayed(client, receipt),
            await client.post("/replay", json={"image": image, "receipt": receipt}),
            await client.post(
                "/replay",
                content=PHOTO,
                headers={"Content-Type": "image/png"},
                params={"receipt": json.dumps(receipt)},
            ),
        ]

    assert [one.json()["reproduced"] for one in responses] == [True] * 3


async def test_a_replay_asks_for_the_place_that_the_result_had_in_its_batch():
    lane = FakeLane(known_reply)
    async with front(lane) as client:
        answer = await explained(client)
        receipt = answer["receipt"]
        receipt["computed"]["place"] = {"images": 8, "row": 5}
        await replayed(client, receipt)

    assert lane.orders[0].place is None
    assert lane.orders[1].place.model_dump() == {"images": 8, "row": 5}
    assert lane.orders[1].model_copy(update={"place": None, "target": 1}) == lane.orders[0]


async def test_a_replay_neither_reads_the_cache_nor_fills_it(redis_url, connection):
    async with cached_front(redis_url) as cached:
        receipt = (await cached.post("/explain/gradcam", PHOTO)).json()["receipt"]
        response = await replayed(cached.client, receipt)

    assert response.headers["X-Vitrine-Cache"] == "bypass"
    assert response.json()["answer"]["cached"] is False
    assert len(cached.lane.orders) == 2


async def test_a_cached_answers_receipt_is_that_of_its_making(redis_url, connection):
    async with cached_front(redis_url) as cached:
        first = (await cached.post("/explain/gradcam", PHOTO)).json()
        second = (await cached.post("/explain/gradcam", PHOTO)).json()

    assert second["cached"]
    assert second["receipt"] == first["receipt"]


async def test_pixels_that_came_as_numbers_are_replayed_from_a_file_of_them():
    pixels = np.asarray(Image.open(BytesIO(PHOTO)))
    async with front() as client:
        asked = {"instances": [pixels.tolist()], "parameters": {"method": "gradcam"}}
        explained = await client.post("/v1/models/tiny:explain", json=asked)
        receipt = explained.json()["explanations"][0]["receipt"]
        told = await replayed(client, receipt)
        other = {"image": ("image", png(20, 12, (1, 2, 3)), "image/png")}
        refused = await replayed(client, receipt, other)

    assert receipt["image_as"] == "pixels"
    assert receipt["image_sha256"] == sha256(pixels.tobytes())
    assert told.json()["reproduced"]
    assert refused.json()["code"] == "image_mismatch"


async def test_other_numbers_today_are_told_and_not_passed_off_as_the_same():
    lane = FakeLane(known_reply)
    async with front(lane) as client:
        receipt = (await explained(client))["receipt"]
        lane.answer = lambda order: known_reply(order, map=np.ones((2, 2), np.float32))
        told = (await replayed(client, receipt)).json()

    assert not told["reproduced"]
    pointers = {one["pointer"] for one in told["differences"]}
    assert {"/digests/raw", "/digests/overlay"} <= pointers
    assert all(pointer.startswith("/digests/") for pointer in pointers)
    raw = next(one for one in told["differences"] if one["pointer"] == "/digests/raw")
    assert raw["then"] == receipt["digests"]["raw"] != raw["now"]


async def test_other_versions_are_told_even_where_the_result_is_the_same():
    async with front() as client:
        receipt = (await explained(client))["receipt"]
        receipt["computed"]["versions"] = {"tensorflow": "2.19.0", "a/b~c": "1"}
        receipt["front_versions"]["numpy"] = "1.0"
        told = (await replayed(client, receipt)).json()

    assert told["reproduced"]
    now = told["answer"]["receipt"]["front_versions"]["numpy"]
    assert told["differences"] == [
        {"pointer": "/computed/versions/a~1b~0c", "then": "1", "now": None},
        {"pointer": "/computed/versions/tensorflow", "then": "2.19.0", "now": "2.20.0"},
        {"pointer": "/front_versions/numpy", "then": "1.0", "now": now},
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda one: one["digests"].update(raw="0" * 64), id="another digest"),
        pytest.param(lambda one: one["digests"].update(mask="0" * 64), id="a part more"),
        pytest.param(lambda one: one["digests"].pop("raw"), id="a part less"),
        pytest.param(lambda one: one["options"].update(opacity=0.1), id="another look"),
        pytest.param(lambda one: one["options"].update(target=0), id="another class"),
    ],
)
async def test_a_receipt_that_was_tampered_with_is_not_reproduced(change):
    lane = FakeLane(lambda order: known_reply(order, map=known_reply(order).map + order.target))
    async with front(lane) as client:
        receipt = (await explained(client))["receipt"]
        change(receipt)
        response = await replayed(client, receipt)

    assert (response.status_code, response.json()["reproduced"]) == (200, False)


@pytest.mark.parametrize(
    ("change", "status", "code", "pointer"),
    [
        ({"image_sha256": "0" * 64}, 422, "image_mismatch", "/image"),
        ({"model_sha256": "0" * 64}, 409, "model_changed", "/receipt/model_sha256"),
        ({"model": "huge"}, 404, "model_not_found", None),
        ({"method": "magic"}, 404, "method_not_found", None),
        ({"model_sha256": "no digest"}, 422, "fields_invalid", "/receipt/model_sha256"),
        ({"price": 1}, 422, "fields_invalid", "/receipt/price"),
        ({"options": {"copies": 0}}, 422, "fields_invalid", "/receipt/options/copies"),
        ({"options": {"magic": 1}}, 422, "fields_invalid", "/receipt/options/magic"),
        ({"options": {"target": "lion"}}, 422, "class_not_found", "/target"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else None,
)
async def test_a_receipt_that_cannot_be_followed_is_refused(change, status, code, pointer):
    async with front() as client:
        receipt = (await explained(client))["receipt"]
        response = await replayed(client, receipt | change)

    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code)
    if pointer:
        assert [one["pointer"] for one in problem["errors"]] == [pointer]


async def test_another_image_than_the_receipts_is_refused():
    async with front() as client:
        receipt = (await explained(client))["receipt"]
        files = {"image": ("image", png(20, 12, (0, 0, 0)), "image/png")}
        response = await replayed(client, receipt, files)

    problem = response.json()
    assert (response.status_code, problem["code"]) == (422, "image_mismatch")
    assert [one["pointer"] for one in problem["errors"]] == ["/image"]


@pytest.mark.parametrize(
    "receipt", ["", "{", "[]", "7", "[" * 100_000], ids=lambda receipt: repr(receipt[:3])
)
async def test_what_is_no_receipt_is_refused_as_a_field(receipt):
    async with front() as client:
        response = await client.post("/replay", files=FILES, data={"receipt": receipt})

    assert (response.status_code, response.json()["code"]) == (422, "fields_invalid")
    assert response.json()["errors"][0]["pointer"] == "/receipt"


async def test_a_replay_without_a_receipt_or_of_two_images_is_refused():
    async with front() as client:
        receipt = (await explained(client))["receipt"]
        without = await client.post("/replay", files=FILES)
        data = {"receipt": json.dumps(receipt)}
        two = await client.post("/replay", files=[("image", FILES["image"])] * 2, data=data)

    assert [one["pointer"] for one in without.json()["errors"]] == ["/receipt"]
    assert (two.status_code, two.json()["code"]) == (413, "too_many_images")


async def test_a_reply_that_does_not_say_what_computed_it_is_replayed_all_the_same():
    async with client_of() as client:
        answer = await explained(client)
        told = (await replayed(client, answer["receipt"])).json()

    assert answer["receipt"]["computed"] is None
    assert (told["reproduced"], told["differences"]) == (True, [])


async def test_a_competition_of_methods_is_held_again_and_its_parts_compared():
    def competing(order):
        choice = {"chosen": "gradcam", "ranking": (), "left_out": ()}
        return known_reply(order, choice=choice, consensus=np.ones((8, 8), np.float32))

    lane = FakeLane(competing)
    async with front(lane) as client:
        answer = await explained(client, "auto", outputs="raw,consensus")
        told = (await replayed(client, answer["receipt"])).json()

    assert [order.method for order in lane.orders] == ["auto", "auto"]
    assert set(answer["receipt"]["digests"]) == {"scores", "raw", "consensus"}
    assert (told["reproduced"], told["answer"]) == (True, answer)
