"""What reads a channel is asked of a worker, and told as the worker found it."""

import pytest

from tests.service.application import LAYER, FakeLane, FixedModels, client_of, reply

FOUND = {
    "readers": [
        {
            "layer": "scores",
            "type": "Dense",
            "through": ["pool"],
            "units": 2,
            "strongest": [{"unit": 1, "label": "dog", "weight": -0.5, "strength": 0.5}],
        }
    ],
    "untold": [{"name": "gated", "type": "Multiply"}],
}


async def got(query, *, name=LAYER, found=FOUND):
    lane = FakeLane(lambda order: reply(order, map=None, found=found))
    async with client_of(lane, FixedModels()) as client:
        return await client.get(f"/models/tiny/layers/{name}/readers{query}"), lane


async def test_an_answer_holds_what_the_worker_found():
    answer, lane = await got("?channel=3")

    assert answer.status_code == 200
    assert answer.json() == FOUND | {
        "model": "tiny",
        "model_sha256": "ab" * 32,
        "layer": LAYER,
        "channel": 3,
    }
    [order] = lane.orders
    assert (order.method, order.layer) == ("readers", LAYER)
    assert order.parameters == {"channel": 3, "most": 12}


@pytest.mark.parametrize(
    ("query", "name", "code", "pointer"),
    [
        ("?channel=4", LAYER, "unit_not_found", "/channel"),
        ("?channel=2", "scores", "unit_not_found", "/channel"),
        ("?channel=0", "absent", "layer_not_found", "/layer"),
        ("?channel=-1", LAYER, "fields_invalid", "/channel"),
        ("?channel=0&most=0", LAYER, "fields_invalid", "/most"),
        ("", LAYER, "fields_invalid", "/channel"),
    ],
)
async def test_a_channel_that_is_not_there_is_refused_without_asking(
    query, name, code, pointer
):
    answer, lane = await got(query, name=name)

    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert lane.orders == []


async def test_a_worker_that_knows_of_no_readers_is_said_to_have_failed():
    answer, _ = await got("?channel=0", found=None)

    assert (answer.status_code, answer.json()["code"]) == (500, "explanation_failed")
