"""Guided integrated gradients against the authors' algorithm in loops, and against algebra."""

from functools import partial

import numpy as np
import pytest
import tensorflow as tf

from core.errors import ShapeError
from core.explain.guided_ig import advance, guided_ig
from core.explain.integrated_gradients import integrated_gradients
from core.progress import untracked
from core.score import gradient_of
from tests.core.explain.toy_network import Question, random_images

IMAGES = random_images(2)
BASELINE = tf.fill(IMAGES.shape, 0.3)

explain = partial(guided_ig, track=untracked)


def slow_guided_ig(gradient, image, baseline, *, steps, fraction, max_dist):
    """Follow PAIR saliency: move group after group until the step's distance is covered.

    Only the gradient that a step is multiplied with is ours, the mean of those at its ends.
    """
    way = image - baseline
    point, total = baseline.copy(), np.zeros_like(image)
    next_slopes = gradient(point)
    for step in range(1, steps + 1):
        slopes = next_slopes
        left_behind = baseline + way * max(step / steps - max_dist, 0)
        furthest = baseline + way * min(step / steps + max_dist, 1)
        distance = np.abs(way).sum() * (1 - step / steps)
        start = point.copy()
        is_behind = (point - left_behind) * way < 0
        point[is_behind] = left_behind[is_behind]
        is_arrived = np.isclose(point, furthest, rtol=0, atol=1e-9)
        while (needed := np.abs(image - point).sum() - distance) > 1e-9:
            costs = np.where(is_arrived, np.inf, np.abs(slopes))
            bound = np.sort(costs, axis=None)[int(fraction * (costs.size - 1))]
            group = (costs <= bound) & ~is_arrived
            room = np.abs(furthest - point)[group].sum()
            share = min(needed / room, 1)
            point[group] += share * (furthest - point)[group]
            is_arrived |= group
        next_slopes = gradient(point)
        total += (point - start) * (slopes + next_slopes) / 2
    return total.sum(-1)


@pytest.mark.parametrize("max_dist", [0.02, 0.3, 1.0])
def test_the_map_is_that_of_the_authors_algorithm(max_dist):
    question = Question(1, versus=2)
    knobs = {"steps": 20, "fraction": 0.25, "max_dist": max_dist}

    maps = explain(question.gradient, IMAGES, baseline=BASELINE, **knobs)

    def gradient(point):
        return np.float64(question.gradient(tf.constant(point[None], tf.float32))[0])

    for image, baseline, explained in zip(IMAGES, BASELINE, maps, strict=True):
        expected = slow_guided_ig(gradient, np.float64(image), np.float64(baseline), **knobs)
        np.testing.assert_allclose(explained, expected, rtol=1e-3, atol=1e-5)


def test_a_path_that_may_not_leave_the_straight_line_gives_integrated_gradients():
    question, steps = Question(), 5

    explained = explain(
        question.gradient, IMAGES, baseline=BASELINE, steps=steps, fraction=0.25, max_dist=0.0
    )

    expected = integrated_gradients(
        question.gradient,
        IMAGES,
        baselines=BASELINE[None],
        steps=steps,
        chunk=6,
        track=untracked,
    )
    np.testing.assert_allclose(explained, expected, rtol=1e-4, atol=1e-6)


def test_a_linear_score_is_shared_out_exactly_along_any_path():
    weights = random_images(1, seed=3)

    def score(images):
        return tf.reduce_sum(weights * images, (1, 2, 3))

    explained = explain(
        partial(gradient_of, score),
        IMAGES,
        baseline=BASELINE,
        steps=3,
        fraction=0.1,
        max_dist=0.5,
    )

    expected = tf.reduce_sum(weights * (IMAGES - BASELINE), -1)
    np.testing.assert_allclose(explained, expected, rtol=1e-4, atol=1e-5)


def test_the_map_sums_to_the_change_in_the_score():
    weights = random_images(1, seed=3)

    def score(images):
        return tf.reduce_sum(weights * tf.sin(2.0 * images), (1, 2, 3))

    explained = explain(
        partial(gradient_of, score),
        IMAGES,
        baseline=BASELINE,
        steps=200,
        fraction=0.25,
        max_dist=0.02,
    )

    change = score(IMAGES) - score(BASELINE)
    np.testing.assert_allclose(tf.reduce_sum(explained, (1, 2)), change, rtol=1e-3)


def test_the_least_steep_features_go_first():
    moved = advance(
        tf.zeros((1, 4)),
        tf.ones((1, 4)),
        tf.constant([[4.0, 1.0, 3.0, 2.0]]),
        target=tf.constant(0.4),
        fraction=0.0,
        max_dist=1.0,
    )

    # Of a way of 4 in all, 1.6: the least steep feature goes all its way, the next 0.6 of it.
    np.testing.assert_allclose(moved, [[0.0, 1.0, 0.0, 0.6]], atol=1e-6)


def test_features_that_tie_go_together_and_the_next_ones_are_as_many_as_ever():
    moved = advance(
        tf.zeros((1, 6)),
        tf.ones((1, 6)),
        tf.constant([[0.0, 0.0, 0.0, 1.0, 2.0, 3.0]]),
        target=tf.constant(4.0 / 6.0),
        fraction=0.2,
        max_dist=1.0,
    )

    # Groups of two: first the three that tie, then half the way of the next two.
    np.testing.assert_allclose(moved, [[1.0, 1.0, 1.0, 0.5, 0.5, 0.0]], atol=1e-6)


def test_features_that_are_where_they_belong_get_nothing():
    explained = explain(
        Question().gradient, BASELINE, baseline=BASELINE, steps=2, fraction=0.25, max_dist=0.1
    )

    np.testing.assert_array_equal(explained, np.zeros_like(explained))


def test_a_baseline_of_another_shape_is_refused():
    with pytest.raises(ShapeError, match="baseline"):
        explain(
            tf.identity, IMAGES, baseline=BASELINE[:, :5], steps=2, fraction=0.5, max_dist=0.1
        )
