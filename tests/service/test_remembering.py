"""Identical requests are answered from the cache, others not, and no request fails of it."""

import asyncio
import base64
import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from api_schemas.explanations import ExplanationOrder
from messaging.connection import connect_async
from messaging.errors import QueueFullError
from messaging.result_cache import ResultCache
from service import remembering
from service.cache_keys import cache_key, is_repeatable
from service.cache_use import CacheUse, cache_use_of, current_cache_use
from tests.processes import free_port
from tests.service.application import FakeLane, FixedModels, client_of, png
from tests.service.keyed import keyed_front, made_key
from tests.service.remembered import (
    FINGERPRINT,
    MAX_BYTES,
    cached_front,
    computed,
    keeping_over,
    known_record,
    known_reply,
)

HEADER = "X-Vitrine-Cache"
OTHER = (10, 20, 30)


@pytest.fixture(autouse=True)
def _emptied(connection):
    """Empty the server before each test."""


def bmp() -> bytes:
    """Write the very pixels of `png()` in another format."""
    file = BytesIO()
    Image.open(BytesIO(png())).save(file, "BMP")
    return file.getvalue()


@pytest.mark.parametrize("path", ["/predict", "/explain/gradcam", "/explain/smoothgrad"])
async def test_the_second_identical_request_asks_no_worker(redis_url, path):
    async with cached_front(redis_url) as front:
        first = await front.post(path, png())
        second = await front.post(path, png())

    assert [one.headers[HEADER] for one in (first, second)] == ["miss", "hit"]
    assert len(front.lane.orders) == 1
    earlier, later = first.json(), second.json()
    assert (earlier.pop("cached"), later.pop("cached")) == (False, True)
    assert earlier == later


async def test_a_cached_answer_claims_no_time_of_a_worker(redis_url):
    async with cached_front(redis_url) as front:
        first = await front.post("/predict", png())
        second = await front.post("/predict", png())

    assert "compute;dur=3.00" in first.headers["Server-Timing"]
    for stage in ("queue", "batch", "compute"):
        assert f"{stage};dur=0.00" in second.headers["Server-Timing"]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param({}, {"file": png(colour=OTHER)}, id="pixels"),
        pytest.param({}, {"path": "/explain/saliency"}, id="method"),
        pytest.param({}, {"path": "/predict"}, id="no method"),
        pytest.param({"data": {"target": 0}}, {"data": {"target": 1}}, id="target"),
        pytest.param(
            {"data": {"target": 0}}, {"data": {"target": 0, "versus": 1}}, id="versus"
        ),
        pytest.param({}, {"data": {"evidence": "true"}}, id="evidence"),
    ],
)
async def test_a_request_that_differs_in_the_answer_asks_a_worker(redis_url, earlier, later):
    asked = {"path": "/explain/gradcam", "file": png()}
    async with cached_front(redis_url) as front:
        await front.post(**(asked | earlier))
        response = await front.post(**(asked | later))

    assert (response.headers[HEADER], len(front.lane.orders)) == ("miss", 2)


@pytest.mark.parametrize("changed", [{"seed": 1}, {"copies": 9}], ids=str)
async def test_another_seed_or_parameter_asks_a_worker(redis_url, changed):
    async with cached_front(redis_url) as front:
        await front.post("/explain/smoothgrad", png(), data={"seed": 0})
        response = await front.post("/explain/smoothgrad", png(), data={"seed": 0, **changed})

    assert response.headers[HEADER] == "miss"


async def test_another_fingerprint_of_the_same_model_asks_a_worker(redis_url):
    models = FixedModels(known_record())
    async with cached_front(redis_url, models=models) as front:
        await front.post("/predict", png())
        models.records["tiny"] = known_record(fingerprint="e0" * 32)
        response = await front.post("/predict", png())

    assert response.headers[HEADER] == "miss"


@pytest.mark.parametrize(
    "look",
    [
        {"colormap": "viridis"},
        {"opacity": 0.9},
        {"outputs": "raw,box,contour,legend"},
        {"polarity": "both"},
        {"clip_percentile": 90},
        {"top_k": 1},
    ],
    ids=str,
)
async def test_how_the_map_is_drawn_is_free_to_vary(redis_url, look):
    async with cached_front(redis_url) as front:
        await front.post("/explain/gradcam", png())
        hit = await front.post("/explain/gradcam", png(), data=look)
        async with client_of(FakeLane(known_reply), FixedModels(known_record())) as uncached:
            files = {"image": ("image", png(), "image/png")}
            fresh = await uncached.post("/explain/gradcam", files=files, data=look)

    assert hit.headers[HEADER] == "hit"
    assert HEADER not in fresh.headers
    assert hit.json() | {"cached": False} == fresh.json()


async def test_the_pixels_decide_and_not_the_file_that_they_come_in(redis_url):
    async with cached_front(redis_url) as front:
        first = await front.post("/explain/gradcam", png())
        second = await front.post("/explain/gradcam", bmp())

    assert second.headers[HEADER] == "hit"
    receipts = [one.json()["receipt"] for one in (first, second)]
    assert receipts[0]["image_sha256"] != receipts[1]["image_sha256"]
    assert receipts[0]["digests"] == receipts[1]["digests"]


async def test_a_bare_picture_says_in_its_headers_that_it_is_cached(redis_url):
    async with cached_front(redis_url) as front:
        json_answer = await front.post("/explain/gradcam", png())
        headers = {"Accept": "image/png"}
        picture = await front.post("/explain/gradcam", png(), headers=headers)

    assert picture.headers[HEADER] == "hit"
    assert picture.content == base64.b64decode(json_answer.json()["overlay"])


async def test_of_a_batch_only_the_new_images_are_computed(redis_url):
    async with cached_front(redis_url) as front:
        await front.post("/predict", png())
        files = [
            ("image", ("image", png(colour=colour), "image/png"))
            for colour in (OTHER, (200, 30, 90), (1, 2, 3))
        ]
        response = await front.client.post("/predict", files=files)

    assert response.headers[HEADER] == "hit;images=1, miss;images=2"
    assert [one["cached"] for one in response.json()["results"]] == [False, True, False]
    assert len(front.lane.orders) == 3


@pytest.mark.parametrize(
    ("cache_control", "told", "kept"),
    [
        ("no-cache", "bypass", True),
        ("max-age=0, No-Cache", "bypass", True),
        ("no-store", "bypass", False),
        ("max-age=0", "miss", True),
    ],
)
async def test_a_request_can_have_everything_computed_anew(
    redis_url, cache_control, told, kept
):
    async with cached_front(redis_url) as front:
        headers = {"Cache-Control": cache_control}
        first = await front.post("/predict", png(), headers=headers)
        again = await front.post("/predict", png(), headers=headers)
        plain = await front.post("/predict", png())

    assert first.headers[HEADER] == told
    assert again.headers[HEADER] == ("hit" if told == "miss" else "bypass")
    assert plain.headers[HEADER] == ("hit" if kept else "miss")


async def test_what_a_time_decides_is_never_kept(redis_url):
    async with cached_front(redis_url) as front:
        for _ in range(2):
            response = await front.post("/explain/auto", png())

    assert response.headers[HEADER] == "bypass"
    assert len(front.lane.orders) == 2


async def test_a_worker_that_has_been_replaced_meanwhile_spoils_no_cache(redis_url):
    lane = FakeLane(lambda order: known_reply(order, computed=computed("e0" * 32)))
    async with cached_front(redis_url, lane=lane) as front:
        for _ in range(2):
            response = await front.post("/predict", png())

    assert response.headers[HEADER] == "miss"


async def test_refusals_are_not_kept_and_come_again(redis_url):
    lane = FakeLane(QueueFullError("tiny", 5))
    async with cached_front(redis_url, lane=lane) as front:
        refused = [await front.post("/predict", png()) for _ in range(2)]
        lane.answer = known_reply
        answered = await front.post("/predict", png())

    assert [one.status_code for one in refused] == [429, 429]
    assert (answered.status_code, answered.headers[HEADER]) == (200, "miss")


async def test_other_peoples_protocols_are_answered_from_the_same_cache(redis_url):
    pixels = np.asarray(Image.open(BytesIO(png()))).tolist()
    async with cached_front(redis_url) as front:
        await front.post("/predict", png())
        response = await front.client.post(
            "/v1/models/tiny:predict", json={"instances": [pixels]}
        )

    assert (response.headers[HEADER], len(front.lane.orders)) == ("hit", 1)
    assert response.json() == {"predictions": [[0.75, 0.25]]}


async def test_the_metrics_count_hits_and_misses(redis_url):
    async with cached_front(redis_url) as front:
        for _ in range(3):
            await front.post("/predict", png())
        shown = (await front.client.get("/metrics")).text

    assert re.search(r'^vitrine_cache_hits_total\{model="tiny"\} 2\.0$', shown, re.MULTILINE)
    assert re.search(r'^vitrine_cache_misses_total\{model="tiny"\} 1\.0$', shown, re.MULTILINE)
    assert re.search(r"^vitrine_cache_failures_total 0\.0$", shown, re.MULTILINE)


async def test_a_cache_that_is_away_costs_no_answer(logged):
    async with cached_front(f"redis://127.0.0.1:{free_port()}") as front:
        answers = [await front.post("/predict", png()) for _ in range(2)]
        shown = (await front.client.get("/metrics")).text

    assert [one.status_code for one in answers] == [200, 200]
    assert [one.json()["cached"] for one in answers] == [False, False]
    assert "vitrine_cache_failures_total 4.0" in shown
    assert {line["event"] for line in logged} >= {"the cache does not work"}


async def test_a_cache_that_hangs_is_not_waited_for(monkeypatch):
    class Hanging:
        async def find(self, keys):
            await asyncio.Event().wait()

        async def keep(self, key, reply):
            await asyncio.Event().wait()

    monkeypatch.setattr(remembering, "PATIENCE_SECONDS", 0.01)
    lane = FakeLane(known_reply)
    models = FixedModels(known_record())
    async with client_of(lane, models, cache=Hanging()) as client:
        files = {"image": ("image", png(), "image/png")}
        response = await client.post("/predict", files=files)

    assert (response.status_code, response.json()["cached"]) == (200, False)


async def test_a_server_that_takes_no_more_costs_no_answer(redis_url, connection):
    connection.config_set("maxmemory", "1kb")
    try:
        async with cached_front(redis_url) as front:
            answers = [await front.post("/predict", png()) for _ in range(2)]
    finally:
        connection.config_set("maxmemory", "0")

    assert [one.status_code for one in answers] == [200, 200]


ORDER = ExplanationOrder(model="tiny", method="gradcam", parameters={"a": 1, "b": 2})
DIGEST = bytes(32)


def key(order: ExplanationOrder = ORDER, digest: bytes = DIGEST, **changes: object) -> bytes:
    return cache_key(order, digest, **({"fingerprint": FINGERPRINT, "owner": None} | changes))


def test_one_owners_results_are_nothing_to_another():
    assert len({key(), key(owner="a"), key(owner="b"), key(owner="")}) == 4


def test_the_order_of_parameters_makes_no_other_request():
    turned = ORDER.model_copy(update={"parameters": {"b": 2, "a": 1}})

    assert key(turned) == key()
    assert len(key()) == 32


OTHERS = {
    "model": "other",
    "method": None,
    "layer": "first",
    "target": 1,
    "versus": 1,
    "seed": 1,
    "parameters": {"a": 2, "b": 2},
    "evidence": True,
}


@pytest.mark.parametrize("field", sorted(set(ExplanationOrder.model_fields) - {"place"}))
def test_every_field_of_an_order_makes_another_key(field):
    assert key(ORDER.model_copy(update={field: OTHERS[field]})) != key()


def test_an_order_for_a_place_in_a_batch_is_there_to_be_computed():
    placed = ORDER.model_copy(update={"place": {"images": 1, "row": 0}})

    assert is_repeatable(ORDER)
    assert not is_repeatable(placed)


def test_the_use_of_the_cache_is_that_of_the_request_under_way():
    with cache_use_of("no-cache") as outer:
        with cache_use_of("") as inner:
            assert current_cache_use() is inner
        assert current_cache_use() is outer
    assert current_cache_use() == CacheUse()


async def test_a_key_is_not_answered_with_what_another_has_asked(redis_url, tmp_path):
    ann, anns = made_key(redis_url, name="ann")
    _, bobs = made_key(redis_url, name="bob")
    _, friends = made_key(redis_url, name="ann's friend", owner=ann.id)
    lane, models = FakeLane(known_reply), FixedModels(known_record())
    async with (
        connect_async(redis_url, reply_seconds=5.0) as opened,
        keyed_front(
            redis_url,
            tmp_path,
            models=models,
            lane=lane,
            cache=ResultCache(opened, max_bytes=MAX_BYTES),
        ) as client,
    ):
        told = []
        for headers in (anns, bobs, anns, friends, bobs):
            response = await client.post(
                "/predict", files={"image": ("image", png(), "image/png")}, headers=headers
            )
            await keeping_over()
            told.append((response.status_code, response.headers[HEADER]))

    assert told == [(200, word) for word in ("miss", "miss", "hit", "hit", "hit")]
    assert len(lane.orders) == 2
