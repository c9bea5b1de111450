"""Blur integrated gradients against completeness and the authors' algorithm with SciPy."""

from functools import partial

import numpy as np
import tensorflow as tf
from scipy.ndimage import gaussian_filter

from core.explain.blur_ig import blur_ig
from core.progress import untracked
from core.score import gradient_of
from tests.core.explain.toy_network import Question, random_images

IMAGES = random_images(2)

explain = partial(blur_ig, chunk=8, track=untracked)


def blurred(images, sigma):
    return gaussian_filter(np.float64(images), (0, sigma, sigma, 0), mode="constant")


def test_a_linear_score_is_shared_out_exactly_in_one_step():
    weights = random_images(1, seed=3)

    def score(images):
        return tf.reduce_sum(weights * images, (1, 2, 3))

    explained = explain(partial(gradient_of, score), IMAGES, sigma_max=2.0, steps=1)

    expected = weights * (IMAGES - blurred(IMAGES, 2.0))
    np.testing.assert_allclose(explained, tf.reduce_sum(expected, -1), rtol=1e-4, atol=1e-5)


def test_the_map_sums_to_the_change_in_the_score():
    question = Question(1, versus=2)

    explained = explain(question.gradient, IMAGES, sigma_max=3.0, steps=200)

    start = tf.constant(blurred(IMAGES, 3.0), tf.float32)
    change = question.score(IMAGES) - question.score(start)
    np.testing.assert_allclose(tf.reduce_sum(explained, (1, 2)), change, atol=5e-3)


def test_a_fine_path_gives_the_map_of_the_authors_algorithm():
    question, sigma_max, steps = Question(), 2.0, 200

    explained = explain(question.gradient, IMAGES, sigma_max=sigma_max, steps=steps)

    # PAIR saliency: the numerical derivative of the blur, times the gradient, times the step.
    expected = np.zeros(IMAGES.shape)
    for sigma in np.arange(steps) * sigma_max / steps:
        image = blurred(IMAGES, sigma) if sigma else np.float64(IMAGES)
        derivative = (blurred(IMAGES, sigma + 0.01) - image) / 0.01
        expected -= derivative * question.gradient(np.float32(image)) * sigma_max / steps
    expected = np.sum(expected, axis=-1)
    cosine = np.sum(explained * expected) / np.linalg.norm(explained) / np.linalg.norm(expected)
    assert cosine > 0.99
