"""A map is computed anew to the last bit, once it is computed at the place where it was."""

import numpy as np
import pytest

from api_schemas.methods import METHODS
from api_schemas.receipts import BatchPlace, Computed
from core.progress import untracked
from tests.workers.deliveries import delivery, image
from workers.computing import BatchComputer
from workers.model_pool import ModelPool

IMAGES = 5
"""Computed as six: the last one is repeated."""


@pytest.fixture(scope="module")
def computer(models_folder) -> BatchComputer:
    pool = ModelPool(
        models_folder,
        trust_code=False,
        precision="float32",
        max_weight_bytes=10**9,
        max_compiled_kernels=64,
    )
    pool.survey(["tiny"])
    return BatchComputer(pool, max_batch_images=8)


def asked(number: int, method: str | None, place: BatchPlace | None = None):
    """Order a map of one of the images, each for a class of its own."""
    parameters = METHODS[method].parameters().model_dump(mode="json") if method else {}
    uses_layer = method is not None and METHODS[method].uses_layer
    return delivery(
        str(number),
        method=method,
        layer="second" if uses_layer else None,
        target=number % 2,
        pixels=image(number),
        place=place,
        **parameters,
    )


def is_same(first, second) -> bool:
    """Whether two replies hold the same numbers, to the last bit."""
    return (
        first.logits.tobytes() == second.logits.tobytes()
        and first.probabilities.tobytes() == second.probabilities.tobytes()
        and (first.map is None or first.map.tobytes() == second.map.tobytes())
        and first.target == second.target
    )


@pytest.mark.parametrize("method", [None, "gradcam", "saliency", "smoothgrad"])
def test_a_reply_is_reproduced_to_the_last_bit_at_its_place_in_a_batch(computer, method):
    batch = [asked(number, method) for number in range(IMAGES)]

    replies = computer.compute(batch, track=untracked)

    places = [Computed.model_validate(reply.computed).place for reply in replies]
    assert places == [BatchPlace(images=6, row=row) for row in range(IMAGES)]
    for number, (reply, place) in enumerate(zip(replies, places, strict=True)):
        (again,) = computer.compute([asked(number, method, place)], track=untracked)
        assert is_same(again, reply)
        assert again.computed == reply.computed


def test_batches_of_other_sizes_give_the_same_numbers_up_to_rounding(computer):
    batch = [asked(number, None) for number in range(IMAGES)]
    replies = computer.compute(batch, track=untracked)

    for one, reply in zip(batch, replies, strict=True):
        (alone,) = computer.compute([one], track=untracked)
        np.testing.assert_allclose(alone.logits, reply.logits, rtol=1e-4, atol=1e-6)


def test_a_place_beyond_the_workers_batches_is_answered_from_the_nearest(computer):
    (reply,) = computer.compute(
        [asked(0, None, BatchPlace(images=256, row=200))], track=untracked
    )

    assert reply.computed["place"] == {"images": 8, "row": 7}
