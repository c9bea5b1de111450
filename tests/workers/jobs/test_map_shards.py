"""Maps in two bytes a value keep their values, and their order with the images."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workers.jobs.explain_dataset.parts import Parts, unpack_parts
from workers.jobs.map_shards import joined_shards, map_shard, pack_maps, unpack_maps


def numbered(*images):
    return np.array(images, np.int64)


@given(
    maps=hnp.arrays(np.float32, (2, 3, 2), elements=st.floats(-1, 1, width=32)),
    exponent=st.integers(-20, 20),
)
def test_values_are_kept_to_eleven_bits_of_each_maps_largest(maps, exponent):
    maps = np.ldexp(maps, np.array([exponent, -exponent])[:, np.newaxis, np.newaxis])
    shard = unpack_maps(pack_maps(map_shard(numbered(3, 5), numbered(0, 1), maps)))

    for row, one in enumerate(maps):
        error = np.abs(shard.map(row) - one)
        assert (error <= np.abs(one) * 2.0**-11 + np.abs(one).max() * 2.0**-38).all()
    np.testing.assert_array_equal(shard.all_maps()[1], shard.map(1))
    assert (shard.images.tolist(), shard.targets.tolist()) == ([3, 5], [0, 1])


def test_what_is_not_finite_stays_so_and_spoils_nothing_else():
    maps = np.array([[[np.nan, 1.5], [np.inf, -np.inf]], [[1, 2], [3, 4]]], np.float32)

    shard = map_shard(numbered(0, 1), numbered(0, 0), maps)

    np.testing.assert_array_equal(shard.all_maps(), maps)


def test_parts_that_were_written_down_go_on_as_if_nothing_had_been():
    numbers = np.random.default_rng(0)
    whole, first = Parts(2), Parts(2)
    steps = [(0, (1, 4)), (1, (1,)), (1, (4,)), (0, (6,)), (1, (6,))]
    parts = first
    for place, (kernel, images) in enumerate(steps):
        if place == 2:
            parts = unpack_parts(parts.pack())
        maps = numbers.normal(size=(len(images), 2, 2)).astype(np.float32)
        for one in (whole, parts):
            one.add(kernel, numbered(*images), numbered(*images), maps)
            if kernel == 0:
                one.add_probabilities(maps[:, 0])

    (expected, said), (found, told) = whole.in_common(2), parts.in_common(2)

    np.testing.assert_array_equal(said, told)
    for one, other in zip(expected, found, strict=True):
        np.testing.assert_array_equal(one.all_maps(), other.all_maps())
        assert one.images.tolist() == other.images.tolist() == [1, 4, 6]


def test_images_that_not_every_kernel_has_seen_are_left_out():
    parts = Parts(2)
    maps = np.arange(12, dtype=np.float32).reshape(3, 2, 2)
    parts.add(0, numbered(1, 4, 6), numbered(0, 0, 0), maps)
    parts.add_probabilities(maps[:, 0])
    parts.add(1, numbered(1, 6), numbered(0, 0), maps[:2])

    shards, said = parts.in_common(2)

    assert [shard.images.tolist() for shard in shards] == [[1, 6], [1, 6]]
    np.testing.assert_array_equal(shards[0].all_maps(), maps[[0, 2]])
    np.testing.assert_array_equal(said, maps[[0, 2], 0])


def test_nothing_at_all_is_an_empty_shard():
    assert joined_shards([]).images.shape == (0,)
    assert unpack_maps(pack_maps(joined_shards([]))).maps.shape == (0, 1, 1)
    with pytest.raises(IndexError):
        joined_shards([]).map(0)
