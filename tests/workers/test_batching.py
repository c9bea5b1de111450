"""Which requests are computed together, and how few shapes a batch can have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_schemas.receipts import MOST_IN_BATCH, BatchPlace
from tests.workers.deliveries import delivery, ids, image
from workers.batching import (
    BATCH_SIZES,
    next_batch,
    padded_size,
    place_in_batch,
    stack_padded,
)


def test_the_oldest_request_is_computed_with_all_that_fit_it():
    held = [
        delivery("a", method="gradcam", layer="second"),
        delivery("b", method="saliency"),
        delivery("c", method="gradcam", layer="second", target=1),
        delivery("d", method="gradcam", layer="first"),
        delivery("e", method="gradcam", layer="second", x=1),
        delivery("f", method="gradcam", layer="second"),
    ]

    assert ids(next_batch(held, max_images=8)) == ["a", "c", "f"]


def test_a_batch_holds_no_more_images_than_allowed_and_the_oldest_first():
    held = [delivery(name) for name in "abcde"]

    assert ids(next_batch(held, max_images=3)) == ["a", "b", "c"]


def test_images_of_another_size_are_no_part_of_a_batch():
    # A front that has not yet noticed a model's new input size must spoil no batch.
    held = [delivery("a"), delivery("b", pixels=image(1, side=16)), delivery("c")]

    assert ids(next_batch(held, max_images=8)) == ["a", "c"]


def test_a_request_that_may_have_ended_a_worker_is_computed_alone():
    suspect = delivery("suspect", is_recovered=True)
    others = [delivery("a"), delivery("b")]

    assert ids(next_batch([suspect, *others], max_images=8)) == ["suspect"]
    assert ids(next_batch([*others, suspect], max_images=8)) == ["a", "b"]


def test_a_request_that_names_its_place_in_a_batch_is_computed_alone():
    placed = delivery("placed", place=BatchPlace(images=4, row=1))
    others = [delivery("a"), delivery("b")]

    assert ids(next_batch([placed, *others], max_images=8)) == ["placed"]
    assert ids(next_batch([*others, placed], max_images=8)) == ["a", "b"]


@given(
    images=st.integers(1, MOST_IN_BATCH),
    row=st.integers(0, MOST_IN_BATCH - 1),
    max_images=st.integers(1, MOST_IN_BATCH),
)
def test_a_place_is_always_one_in_a_batch_that_is_computed_here(images, row, max_images):
    place = place_in_batch(BatchPlace(images=images, row=row), max_images=max_images)

    assert place.images in BATCH_SIZES
    assert place.images <= padded_size(max_images)
    assert place.row < place.images
    if images in BATCH_SIZES and images <= max_images and row < images:
        assert place == BatchPlace(images=images, row=row)


def test_nothing_held_makes_no_batch():
    assert next_batch([], max_images=8) == []


@given(st.integers(1, max(BATCH_SIZES)))
def test_at_most_a_third_of_a_batch_is_padding(images):
    size = padded_size(images)

    assert size in BATCH_SIZES
    assert (size - images) / size <= 1 / 3


@pytest.mark.parametrize("count", [1, 3, 5, 7])
def test_padding_follows_the_images_and_repeats_the_last(count):
    images = [image(seed) for seed in range(count)]

    stacked = stack_padded(images)

    assert len(stacked) == padded_size(count)
    np.testing.assert_array_equal(stacked[:count], images)
    for padding in stacked[count:]:
        np.testing.assert_array_equal(padding, images[-1])
