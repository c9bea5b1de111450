"""Integrated gradients against algebra, the axiom of completeness and a loop over the path."""

from functools import partial

import numpy as np
import pytest
import tensorflow as tf

from core.errors import ShapeError
from core.explain.integrated_gradients import integrated_gradients
from core.progress import untracked
from core.score import gradient_of
from tests.core.explain.toy_network import Question, random_images

IMAGES = random_images(2)
BASELINES = tf.stack([tf.zeros_like(IMAGES), tf.fill(IMAGES.shape, 0.5)])

explain = partial(integrated_gradients, chunk=4, track=untracked)


def sum_of_squares(images):
    return tf.reduce_sum(images**2, (1, 2, 3))


def test_a_quadratic_score_is_explained_exactly_in_one_step():
    # Each value x contributes the integral of 2x along its own path: x squared.
    gradient = partial(gradient_of, sum_of_squares)

    explained = explain(gradient, IMAGES, baselines=BASELINES[:1], steps=1)

    np.testing.assert_allclose(explained, tf.reduce_sum(IMAGES**2, -1), rtol=1e-5)


def test_maps_from_several_baselines_are_averaged():
    gradient = partial(gradient_of, sum_of_squares)

    explained = explain(gradient, IMAGES, baselines=BASELINES, steps=1)

    # From 0 the sum is that of x squared, from 0.5 it is 0.25 less in each of three channels.
    expected = tf.reduce_sum(IMAGES**2, -1) - 3 * 0.25 / 2
    np.testing.assert_allclose(explained, expected, rtol=1e-4, atol=1e-6)


def test_the_map_sums_to_the_change_in_the_score():
    question = Question(1, versus=2)

    explained = explain(question.gradient, IMAGES, baselines=BASELINES, steps=200)

    baseline_scores = np.mean([question.score(baseline) for baseline in BASELINES], axis=0)
    change = question.score(IMAGES) - baseline_scores
    np.testing.assert_allclose(tf.reduce_sum(explained, (1, 2)), change, atol=2e-3)


def test_the_map_is_the_trapezoidal_rule_along_the_path():
    question, baseline, steps = Question(), BASELINES[1], 5

    explained = explain(question.gradient, IMAGES, baselines=BASELINES[1:], steps=steps)

    expected = np.zeros(IMAGES.shape)
    for step in range(steps):
        for end in (step, step + 1):
            point = baseline + (IMAGES - baseline) * (end / steps)
            expected += question.gradient(point).numpy() / (2 * steps)
    expected *= IMAGES - baseline
    np.testing.assert_allclose(explained, np.sum(expected, -1), rtol=1e-4, atol=1e-6)


def test_every_pass_is_of_the_same_size_and_few_points_are_wasted():
    seen = []

    def gradient(images):
        seen.append(len(images) // len(IMAGES))
        return images

    explain(gradient, IMAGES, baselines=BASELINES, steps=6)

    # 2 paths of 7 points, at most 4 to a pass.
    assert seen == [4, 4, 4, 4]


def test_baselines_of_another_shape_are_refused():
    with pytest.raises(ShapeError, match="baselines"):
        explain(tf.identity, IMAGES, baselines=BASELINES[:, :, :5], steps=2)
