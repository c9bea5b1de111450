"""Gradient x input against the scores that it adds up to."""

import numpy as np
import tensorflow as tf

from core.explain.gradient_times_input import gradient_times_input
from tests.core.explain.slow_network import plain_rule, slow_gradient
from tests.core.explain.toy_network import NETWORK, Question, random_images


def test_a_linear_score_is_shared_out_by_weight_times_pixel():
    images, weights = random_images(2), random_images(1, seed=3)

    maps = gradient_times_input(lambda seen: tf.reduce_sum(weights * seen, (1, 2, 3)), images)

    np.testing.assert_allclose(maps, tf.reduce_sum(weights * images, -1), rtol=1e-5, atol=1e-6)


def test_the_map_of_a_homogeneous_score_sums_to_the_score():
    images = random_images(2)

    def score(seen):
        return tf.reduce_sum(tf.nn.relu(tf.reshape(seen, (len(seen), -1, 6))), (1, 2))

    np.testing.assert_allclose(
        tf.reduce_sum(gradient_times_input(score, images), (1, 2)), score(images), rtol=1e-5
    )


def test_the_map_is_that_of_the_network_written_in_numpy():
    image = random_images(1)

    (explained,) = gradient_times_input(Question().score, image)

    gradient = slow_gradient(NETWORK.get_weights(), image[0], [0, 1, 0, 0], plain_rule)
    np.testing.assert_allclose(explained, np.sum(gradient * image[0], -1), rtol=1e-4, atol=1e-6)
