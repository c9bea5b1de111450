"""Patches: which cells they are from, where they lie, and the noise beside them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.attack.favoured_cells import favoured_cells
from core.attack.noise_patch import noise_patch
from core.attack.patch_places import pasted, patch_places


@given(
    values=hnp.arrays(
        np.float32,
        st.tuples(st.integers(0, 20), st.just(2)),
        elements=st.floats(-9, 9, width=16),
    ),
    count=st.integers(1, 8),
)
def test_the_cells_that_favour_the_target_most_come_first(values, count):
    for_target, for_source = values.T

    chosen = favoured_cells(for_target, for_source, count=count)

    differences = (for_target - for_source).tolist()
    expected = sorted((-gain, place) for place, gain in enumerate(differences) if gain > 0)
    assert chosen.tolist() == [place for _, place in expected[:count]]


sides = st.integers(1, 12)


@given(height=sides, width=sides, side=sides, count=st.integers(1, 16), number=st.integers(0))
def test_places_are_different_inside_and_as_many_as_there_are(
    height, width, side, count, number
):
    side, number = min(side, height, width), number % 2**31

    places = patch_places(number, height=height, width=width, side=side, count=count, seed=3)

    listed = [tuple(place) for place in places.tolist()]
    room = (height - side + 1) * (width - side + 1)
    assert len(listed) == len(set(listed)) == min(count, room)
    assert (places >= 0).all()
    assert (places + side <= (height, width)).all()


def test_the_corners_come_first_and_then_places_of_each_image():
    def places(number, seed=0):
        return patch_places(number, height=30, width=40, side=10, count=6, seed=seed).tolist()

    assert places(1)[:4] == [[0, 0], [20, 30], [0, 30], [20, 0]]
    assert places(1) == places(1)
    assert places(1)[4:] != places(2)[4:]
    assert places(1)[4:] != places(1, seed=1)[4:]


def test_a_patch_covers_its_place_and_nothing_else():
    image = np.random.default_rng(0).integers(0, 256, (9, 11, 3), np.uint8)
    patch = np.full((3, 3, 3), 7, np.uint8)

    covered = pasted(image, patch, np.array([2, 5]))

    expected = image.copy()
    for row in range(2, 5):
        for column in range(5, 8):
            expected[row, column] = 7
    np.testing.assert_array_equal(covered, expected)
    assert not np.shares_memory(covered, image)


@given(
    patch=hnp.arrays(np.uint8, st.integers(1, 8).map(lambda side: (side, side, 3))),
    stream=st.integers(0, 2**62),
)
def test_noise_has_every_pixel_of_the_patch_once(patch, stream):
    noise = noise_patch(patch, seed=1, stream=stream)

    assert noise.shape == patch.shape
    assert sorted(map(tuple, noise.reshape(-1, 3).tolist())) == sorted(
        map(tuple, patch.reshape(-1, 3).tolist())
    )


def test_noise_shows_nothing_of_the_patch():
    rows, _ = np.mgrid[:64, :64]
    stripes = np.repeat((rows // 8 % 2 * 255).astype(np.uint8)[..., np.newaxis], 3, axis=2)

    noise = noise_patch(stripes, seed=0, stream=0)

    def likeness(picture):
        pixels = picture[..., 0].astype(float)
        return np.corrcoef(pixels[:, 1:].ravel(), pixels[:, :-1].ravel())[0, 1]

    assert likeness(stripes) == pytest.approx(1.0)
    assert abs(likeness(noise)) < 0.1
    assert not np.array_equal(noise, noise_patch(stripes, seed=0, stream=1))
