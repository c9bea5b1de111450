"""Placements vary as asked, the same for the same seed and step."""

import numpy as np
import pytest
import tensorflow as tf

from core.visualize.placements import Wobble, drawn_placements, magnification, shift, turn

ALL = Wobble(
    views=3,
    jitter_pixels=(8, 4),
    scales=(0.9, 1.1),
    angles_degrees=(-10.0, 10.0),
    crop=(0.3, 0.6),
)
SIZE = (40, 60)


def placements(wobble, *, step=0, seed=0):
    return drawn_placements(
        wobble, step=tf.constant(step), seed=tf.constant(seed), size=SIZE
    ).numpy()


def over_steps(wobble, *, steps=200):
    compiled = tf.function(
        lambda step: drawn_placements(wobble, step=step, seed=tf.constant(3), size=SIZE)
    )
    return np.concatenate([compiled(tf.constant(step)) for step in range(steps)])


def test_the_same_step_and_seed_draw_the_same():
    np.testing.assert_array_equal(placements(ALL, step=5), placements(ALL, step=5))


@pytest.mark.parametrize("other", [{"step": 6}, {"seed": 1, "step": 5}], ids=str)
def test_another_step_or_seed_draws_something_else(other):
    assert not np.array_equal(placements(ALL, step=5), placements(ALL, **other))


def test_the_views_of_one_step_differ_from_each_other():
    drawn = placements(ALL)

    assert not np.array_equal(drawn[0], drawn[1])


def test_jitter_takes_every_whole_shift_within_its_width():
    drawn = over_steps(Wobble(views=1, jitter_pixels=(4,)))

    assert set(drawn[:, 0, 2]) == set(drawn[:, 1, 2]) == {-2, -1, 0, 1, 2}
    np.testing.assert_array_equal(drawn[:, :2, :2], np.broadcast_to(np.eye(2), (200, 2, 2)))


def test_scales_and_angles_are_drawn_from_the_lists():
    drawn = over_steps(Wobble(views=1, scales=(0.5, 2.0), angles_degrees=(0.0, 90.0)))

    determinants = np.linalg.det(drawn[:, :2, :2])
    assert set(np.round(determinants, 3)) == {4.0, 0.25}
    angles = np.degrees(np.arctan2(drawn[:, 1, 0], drawn[:, 0, 0]))
    assert set(np.round(angles)) == {0, 90}


def test_a_close_up_stays_within_the_picture():
    drawn = over_steps(Wobble(views=1, crop=(0.2, 0.8)))

    height, width = SIZE
    corners = np.array([[-width / 2, -height / 2, 1], [width / 2, height / 2, 1]]).T
    seen = drawn[:, :2] @ corners
    assert np.all(np.abs(seen[:, 0]) <= width / 2 + 1e-4)
    assert np.all(np.abs(seen[:, 1]) <= height / 2 + 1e-4)
    assert 0.2 <= drawn[:, 0, 0].min() < 0.3
    assert 0.7 < drawn[:, 0, 0].max() <= 0.8


def test_shift_scale_turn_and_shift_follow_one_another_as_in_lucid():
    first, second = (tf.constant([number], tf.float32) for number in (3, -2))
    scale, angle = tf.constant([1.5]), tf.constant([30.0])

    chained = shift(first, first) @ magnification(scale) @ turn(angle) @ shift(second, second)

    # The pixel of a view, followed by hand: shifted, turned, shrunk, and shifted again.
    column, row = 4.0 - 2.0, 1.0 - 2.0
    cosine, sine = np.cos(np.pi / 6), np.sin(np.pi / 6)
    column, row = cosine * column - sine * row, sine * column + cosine * row
    expected = [column / 1.5 + 3, row / 1.5 + 3, 1]
    np.testing.assert_allclose(chained[0].numpy() @ [4, 1, 1], expected, rtol=1e-5)


def test_a_wobble_without_anything_is_still():
    assert Wobble(views=1).is_still
    assert not ALL.is_still
