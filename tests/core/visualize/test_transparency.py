"""Transparent pictures on their grounds, against NumPy."""

import numpy as np
import tensorflow as tf

from core.visualize.transparency import (
    flattened_on_grey,
    on_ground,
    random_ground,
    transparency,
)

PLANES = np.random.default_rng(0).uniform(0, 1, (4, 5, 2, 4)).astype(np.float32)


def ground(*, step, seed=0):
    return random_ground(16, 16, step=tf.constant(step), seed=tf.constant(seed)).numpy()


def test_a_ground_shows_as_far_as_a_picture_is_transparent():
    paper = np.random.default_rng(1).uniform(0, 1, (4, 5, 1, 3)).astype(np.float32)

    laid = on_ground(tf.constant(PLANES), tf.constant(paper))

    opacity = PLANES[..., 3:]
    np.testing.assert_allclose(
        laid, opacity * PLANES[..., :3] + (1 - opacity) * paper, rtol=1e-5
    )


def test_transparency_is_the_mean_of_what_opacity_leaves():
    expected = 1 - PLANES[..., 3].mean(axis=(0, 1))

    np.testing.assert_allclose(transparency(tf.constant(PLANES)), expected, rtol=1e-5)


def test_every_step_has_a_ground_of_its_own():
    assert np.array_equal(ground(step=3), ground(step=3))
    assert not np.allclose(ground(step=3), ground(step=4))
    assert not np.allclose(ground(step=3), ground(step=3, seed=1))


def test_grounds_are_neither_grey_nor_clipped():
    colours = np.stack([ground(step=step) for step in range(20)])

    assert 0.1 < colours.std() < 0.4
    assert np.mean((colours < 0.02) | (colours > 0.98)) < 0.05


def test_what_is_transparent_is_shown_on_grey():
    pictures = np.zeros((1, 1, 2, 4), np.float32)
    pictures[0, 0, 0, 3] = 1.0

    np.testing.assert_array_equal(flattened_on_grey(pictures)[0, 0], [[0] * 3, [0.5] * 3])
