"""Places hang on the seed and the image alone, and lie away from all four edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.atlas.draws import random_order, random_rows
from core.atlas.places import inner_places, sample_places

MANY = np.arange(2000)


def test_no_place_lies_at_any_edge_of_the_map():
    places = sample_places(MANY, height=6, width=5, per_image=1, seed=0)

    assert places.shape == (2000, 1, 2)
    assert set(places[..., 0].ravel()) == {1, 2, 3, 4}
    assert set(places[..., 1].ravel()) == {1, 2, 3}


def test_all_inner_places_are_about_equally_frequent():
    places = sample_places(MANY, height=5, width=4, per_image=1, seed=3).reshape(-1, 2)

    _, counts = np.unique(places, axis=0, return_counts=True)

    # Binomial of 2,000 draws at 1/6: a deviation of 17 around 333.
    assert len(counts) == 6
    assert np.abs(counts - 2000 / 6).max() < 5 * 17


def test_what_is_drawn_for_an_image_does_not_depend_on_its_company():
    together = sample_places(MANY[:50], height=7, width=7, per_image=3, seed=5)

    alone = [
        sample_places(MANY[[number]], height=7, width=7, per_image=3, seed=5)[0]
        for number in (49, 7, 0)
    ]

    np.testing.assert_array_equal(alone, together[[49, 7, 0]])


def test_another_seed_draws_other_places():
    first, second = (
        sample_places(MANY[:200], height=9, width=9, per_image=1, seed=seed) for seed in (0, 1)
    )

    assert (first != second).any(axis=-1).mean() > 0.9


def test_the_first_places_of_an_image_stay_when_more_are_wanted():
    few = sample_places(MANY[:20], height=6, width=6, per_image=2, seed=0)
    more = sample_places(MANY[:20], height=6, width=6, per_image=5, seed=0)

    np.testing.assert_array_equal(more[:, :2], few)


@settings(deadline=None, max_examples=50)
@given(
    height=st.integers(1, 9),
    width=st.integers(1, 9),
    per_image=st.integers(1, 60),
    seed=st.integers(0, 2**53),
)
def test_places_of_an_image_are_different_and_as_many_as_there_can_be(
    height, width, per_image, seed
):
    places = sample_places(MANY[:3], height=height, width=width, per_image=per_image, seed=seed)

    available = {tuple(place) for place in inner_places(height, width)}
    assert places.dtype == np.int32
    assert places.shape[1] == min(per_image, len(available))
    for image in places:
        chosen = {tuple(place) for place in image}
        assert len(chosen) == len(image)
        assert chosen <= available


@pytest.mark.parametrize(
    ("height", "width", "count"), [(1, 1, 1), (2, 2, 4), (3, 3, 1), (2, 5, 6)]
)
def test_a_side_without_inside_is_taken_whole(height, width, count):
    assert len(inner_places(height, width)) == count


def test_the_random_order_is_the_one_of_the_published_generator():
    # Raw numbers of Philox 4x64 with ten rounds, which NumPy promises to keep.
    raw = np.random.Philox(key=np.array([11, 4], np.uint64)).random_raw(6)

    assert random_order(6, seed=11, stream=4).tolist() == sorted(
        range(6), key=raw.tolist().__getitem__
    )


@given(count=st.integers(0, 50), limit=st.integers(1, 60), seed=st.integers(0, 9))
def test_chosen_rows_are_different_ascending_and_at_most_the_limit(count, limit, seed):
    rows = random_rows(count, limit=limit, seed=seed, stream=0)

    assert len(rows) == min(count, limit)
    assert rows.tolist() == sorted(set(rows.tolist()))
    assert set(rows.tolist()) <= set(range(count))
