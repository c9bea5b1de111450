from itertools import permutations

import numpy as np
import pytest
import tensorflow as tf

from core.explain.kernelshap import all_sets, kernelshap, weighted_sets
from core.progress import untracked
from tests.core.explain.coalition_scores import (
    BASELINE,
    COUNTS,
    IMAGES,
    SEGMENTS,
    additive,
    by_superpixel,
    game,
    interacting,
)


def explain(worth, sample_count):
    return kernelshap(
        game(worth),
        IMAGES,
        segments=SEGMENTS,
        baseline=BASELINE,
        sample_count=sample_count,
        seed=1,
        chunk=8,
        track=untracked,
    )


def shapley_values(worth, count):
    """Average what each superpixel adds, over all orders in which they can come."""
    values, orders = np.zeros(count), list(permutations(range(count)))
    for order in orders:
        present, before = np.zeros((1, count)), worth(np.zeros((1, count)))[0]
        for part in order:
            present[0, part] = 1.0
            after = worth(present)[0]
            values[part] += after - before
            before = after
    return values / len(orders)


def test_with_every_set_tried_the_values_are_shapleys():
    found = by_superpixel(explain(interacting, sample_count=30))

    for values, count in zip(found, COUNTS, strict=True):
        np.testing.assert_allclose(values, shapley_values(interacting, count), atol=1e-4)


def test_with_some_sets_tried_an_additive_score_is_still_exact():
    found = by_superpixel(explain(additive, sample_count=24))

    for values, count in zip(found, COUNTS, strict=True):
        np.testing.assert_allclose(values, np.arange(count) ** 2 - 1.0, atol=1e-4)


@pytest.mark.parametrize("sample_count", [1, 2, 3, 7, 24])
def test_values_sum_to_the_rise_however_few_sets_are_tried(sample_count):
    found = by_superpixel(explain(interacting, sample_count=sample_count))

    for values, count in zip(found, COUNTS, strict=True):
        rise = interacting(np.ones((1, count)))[0] - interacting(np.zeros((1, count)))[0]
        assert values.sum() == pytest.approx(rise, abs=1e-4)


def test_sampled_values_come_near_shapleys():
    # Twelve superpixels have 4,094 sets, of which 2,000 are drawn (some twice).
    segments = tf.reshape(tf.range(12), (1, 3, 4))
    images = tf.ones((1, 3, 4, 1))

    def score(variants):
        flat = tf.reshape(variants, (-1, 12))
        return flat[:, 0] * flat[:, 1] * 6.0 + flat[:, 2] * flat[:, 3] * flat[:, 4] * 3.0

    maps = kernelshap(
        score,
        images,
        segments=segments,
        baseline=tf.zeros_like(images),
        sample_count=2000,
        seed=0,
        chunk=500,
        track=untracked,
    )

    # Partners share what they are only worth together.
    expected = np.array([3, 3, 1, 1, 1] + [0] * 7, np.float32)
    np.testing.assert_allclose(tf.reshape(maps, (-1,)), expected, atol=0.3)


def test_sets_are_drawn_in_complementary_pairs():
    present, weights = weighted_sets(40, 9, seed=2)

    assert present.shape == (9, 40)
    np.testing.assert_array_equal(present[0:8:2] + present[1:8:2], np.ones((4, 40)))
    np.testing.assert_array_equal(weights, np.ones(9))
    assert ((present.sum(axis=1) > 0) & (present.sum(axis=1) < 40)).all()


def test_the_weights_are_those_of_shapleys_kernel():
    present, weights = all_sets(4)

    # (S - 1) / (choose(S, k) k (S - k)) for k of S = 4: 3/12, 3/24, 3/12.
    by_size = {1: 3 / 12, 2: 3 / 24, 3: 3 / 12}
    expected = [by_size[int(size)] for size in present.sum(axis=1)]
    np.testing.assert_allclose(weights, expected)
    assert len(present) == 14


def test_an_image_that_is_one_superpixel_gets_the_whole_rise():
    maps = kernelshap(
        lambda variants: 4.0 + tf.reduce_mean(variants, axis=(1, 2, 3)),
        IMAGES[:1],
        segments=tf.zeros((1, 3, 6), tf.int32),
        baseline=BASELINE[:1],
        sample_count=10,
        seed=0,
        chunk=4,
        track=untracked,
    )

    np.testing.assert_allclose(maps, np.ones((1, 3, 6)), rtol=1e-5)


def test_an_image_has_the_same_sets_whatever_is_beside_it():
    def score(variants):
        return tf.reduce_sum(variants[:, :1, :2], axis=(1, 2, 3)) ** 2

    def explain_from(first):
        return kernelshap(
            score,
            IMAGES[first:],
            segments=SEGMENTS[first:],
            baseline=BASELINE[first:],
            sample_count=5,
            seed=1,
            chunk=3,
            track=untracked,
        )

    np.testing.assert_allclose(explain_from(0)[1:], explain_from(1), rtol=1e-4, atol=1e-6)
