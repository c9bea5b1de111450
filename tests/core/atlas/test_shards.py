"""What is collected comes back from a file as exactly as half precision allows."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.atlas.halves import from_halves, to_halves
from core.atlas.shards import join_shards, make_shard, pack_shard, unpack_shard
from tests.core.atlas.arrays import matrices

HALF = 2.0**-11
"""Largest relative error of a number rounded to 11 significant bits."""


@given(
    numbers=matrices((1, 8), (1, 8)),
    exponent=st.integers(-60, 60),
)
def test_numbers_of_any_magnitude_keep_their_first_eleven_bits(numbers, exponent):
    numbers = numbers.astype(np.float32) * np.float32(2.0**exponent)
    halves = to_halves(numbers)

    found = from_halves(halves)

    # Far below the largest number half floats become coarse: by steps of 2 ** -24 / scale.
    step = 2.0**-24 / halves.scale
    error = np.abs(found.astype(np.float64) - numbers)
    assert (error <= np.maximum(np.abs(numbers) * HALF, step)).all()
    assert np.isfinite(halves.numbers).all()


def test_small_attributions_do_not_vanish_as_plain_halves_would():
    numbers = np.array([3e-7, -1e-8, 0.0], np.float32)

    found = from_halves(to_halves(numbers))

    assert (numbers.astype(np.float16) == 0)[1]
    np.testing.assert_allclose(found, numbers, rtol=1e-3)


def test_nothing_at_all_is_kept_as_nothing():
    assert from_halves(to_halves(np.zeros((0, 5), np.float32))).shape == (0, 5)
    assert (from_halves(to_halves(np.zeros(3, np.float32))) == 0).all()


def some_shard(count=5, per_image=2, classes=3, first=0):
    random = np.random.default_rng(first)
    return make_shard(
        random.normal(size=(count, per_image, 4)),
        random.normal(size=(count, per_image, classes)),
        np.arange(first, first + count),
        random.integers(0, 300, (count, per_image, 2)),
    )


def test_activations_are_listed_image_by_image():
    vectors = np.arange(12.0).reshape(3, 2, 2)
    places = np.arange(12).reshape(3, 2, 2)

    shard = make_shard(vectors, np.zeros((3, 2, 0)), np.array([7, 8, 9]), places)

    assert shard.images.tolist() == [7, 7, 8, 8, 9, 9]
    assert shard.places.tolist() == places.reshape(6, 2).tolist()
    assert shard.vectors.tolist() == vectors.reshape(6, 2).tolist()


@pytest.mark.parametrize("classes", [0, 3])
def test_a_shard_comes_back_from_its_file(classes):
    shard = some_shard(classes=classes)

    found = unpack_shard(pack_shard(shard))

    np.testing.assert_allclose(found.vectors, shard.vectors, rtol=1e-3, atol=1e-6)
    np.testing.assert_allclose(found.attributions, shard.attributions, rtol=1e-3, atol=1e-6)
    np.testing.assert_array_equal(found.images, shard.images)
    np.testing.assert_array_equal(found.places, shard.places)


def test_a_file_written_again_is_the_same_to_the_byte():
    once = unpack_shard(pack_shard(some_shard()))

    assert pack_shard(once) == pack_shard(unpack_shard(pack_shard(once)))


def test_a_file_takes_two_bytes_a_number_and_needs_no_pickle():
    shard = make_shard(
        np.ones((500, 1, 64)), np.ones((500, 1, 10)), np.arange(500), np.ones((500, 1, 2), int)
    )

    content = pack_shard(shard, points=np.zeros((500, 2), np.float32))

    assert len(content) < 500 * (2 * 74 + 8 + 4 + 8) + 4000
    with np.load(BytesIO(content), allow_pickle=False) as file:
        assert file["vectors"].dtype == np.float16
        assert file["points"].shape == (500, 2)
        assert file["format"] == 1


def test_shards_are_joined_in_their_order():
    first, second = some_shard(first=0), some_shard(first=5)

    joined = join_shards([first, second])

    assert joined.images.tolist() == [*first.images, *second.images]
    np.testing.assert_array_equal(joined.rows(joined.images >= 5).vectors, second.vectors)
