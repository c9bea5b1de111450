"""Contributions add up to the score's rise, or the gap says by how much they do not."""

import numpy as np
import tensorflow as tf

from core.measure.completeness import completeness_gap
from tests.core.measure.planted import some_images

BASELINE = some_images(seed=4)
WEIGHTS = tf.constant(np.random.default_rng(3).uniform(0, 1, BASELINE.shape[1:]), tf.float32)


def linear(images):
    return tf.reduce_sum(images * WEIGHTS, axis=(1, 2, 3))


def test_a_linear_score_is_divided_without_a_gap():
    images = some_images() + 1.0

    gap = completeness_gap(linear, images, (images - BASELINE) * WEIGHTS, baseline=BASELINE)

    np.testing.assert_allclose(gap.part, [0, 0], atol=1e-5)


def test_contributions_that_are_a_tenth_too_large_leave_a_tenth_open():
    images = some_images() + 1.0
    pixel_sums = tf.reduce_sum(1.1 * (images - BASELINE) * WEIGHTS, axis=-1)

    gap = completeness_gap(linear, images, pixel_sums, baseline=BASELINE)

    np.testing.assert_allclose(gap.part, [0.1, 0.1], rtol=1e-4)
    np.testing.assert_allclose(gap.signed, 0.1 * (linear(images) - linear(BASELINE)), rtol=1e-3)


def test_contributions_to_no_rise_at_all_are_an_infinite_gap():
    gap = completeness_gap(linear, BASELINE, tf.ones_like(BASELINE), baseline=BASELINE)

    assert np.isinf(gap.part).all()


def test_no_contributions_to_no_rise_leave_nothing_open():
    gap = completeness_gap(linear, BASELINE, tf.zeros_like(BASELINE), baseline=BASELINE)

    np.testing.assert_array_equal(gap.part, [0, 0])
