"""Saliency against algebra, finite differences and a network written in NumPy."""

import numpy as np
import tensorflow as tf

from core.explain.saliency import saliency
from tests.core.explain.slow_network import plain_rule, slow_gradient
from tests.core.explain.toy_network import NETWORK, Question, random_images


def test_a_linear_score_is_explained_by_its_largest_weight_at_each_pixel():
    weights = random_images(1, seed=3)

    maps = saliency(lambda images: tf.reduce_sum(weights * images, (1, 2, 3)), random_images(2))

    np.testing.assert_allclose(maps, np.abs(weights).max(-1).repeat(2, 0), rtol=1e-6)


def test_the_map_is_that_of_the_network_written_in_numpy():
    images = random_images(2)

    maps = saliency(Question(1, versus=3).score, images)

    for image, explained in zip(images, maps, strict=True):
        gradient = slow_gradient(NETWORK.get_weights(), image, [0, 1, 0, -1], plain_rule)
        np.testing.assert_allclose(explained, np.abs(gradient).max(-1), rtol=1e-4, atol=1e-7)


def test_the_map_is_how_fast_the_score_moves_with_each_pixel():
    image = random_images(1)
    score, step = Question().score, 1e-2

    (explained,) = saliency(score, image).numpy()

    for row, column in [(0, 0), (5, 4), (11, 9)]:
        moves = np.zeros((6, *image.shape[1:]), np.float32)
        moves[[0, 1, 2], row, column, [0, 1, 2]] = step
        moves[[3, 4, 5], row, column, [0, 1, 2]] = -step
        upper, lower = score(image + moves).numpy().reshape(2, 3)
        slopes = (upper - lower) / (2 * step)
        np.testing.assert_allclose(explained[row, column], np.abs(slopes).max(), rtol=2e-2)
