import numpy as np
import tensorflow as tf

from core.explain.gradcam import gradcam
from core.explain.xgradcam import xgradcam
from tests.core.explain.linear_layer_score import layer_score_of, weighted_sum
from tests.core.explain.toy_network import Question, random_images

NO_IMAGES = tf.zeros((2, 1, 1, 1))


def test_maps_are_those_of_the_papers_equation_written_out():
    numbers = np.random.default_rng(3)
    activations = numbers.uniform(0.0, 1.0, (2, 3, 4, 5)).astype(np.float32)
    gradients = numbers.normal(size=(2, 3, 4, 5)).astype(np.float32)

    maps = xgradcam(layer_score_of(activations, weighted_sum(gradients)), NO_IMAGES)

    expected = np.zeros((2, 3, 4))
    for image, channel in np.ndindex(2, 5):
        own, slopes = activations[image, :, :, channel], gradients[image, :, :, channel]
        weight = sum(own[place] / own.sum() * slopes[place] for place in np.ndindex(3, 4))
        expected[image] += weight * own
    np.testing.assert_allclose(maps, expected, rtol=1e-4, atol=1e-6)


def test_a_map_sums_to_all_gradient_times_activation():
    # The axiom of conservation, for a score that is linear in the layer.
    numbers = np.random.default_rng(4)
    activations = numbers.uniform(0.0, 1.0, (2, 3, 4, 5)).astype(np.float32)
    weights = numbers.normal(size=(2, 3, 4, 5)).astype(np.float32)

    maps = xgradcam(layer_score_of(activations, weighted_sum(weights)), NO_IMAGES)

    np.testing.assert_allclose(
        tf.reduce_sum(maps, axis=(1, 2)), (activations * weights).sum(axis=(1, 2, 3)), rtol=1e-4
    )


def test_where_gradients_are_alike_at_all_positions_it_is_gradcam():
    images = random_images(2)

    np.testing.assert_allclose(
        xgradcam(Question(1).layer_score, images),
        gradcam(Question(1).layer_score, images),
        rtol=1e-4,
        atol=1e-6,
    )


def test_a_channel_that_is_nowhere_active_has_no_part():
    activations = np.zeros((1, 2, 2, 1))

    maps = xgradcam(
        layer_score_of(activations, weighted_sum(np.ones((1, 2, 2, 1), np.float32))),
        NO_IMAGES[:1],
    )

    np.testing.assert_array_equal(maps, np.zeros((1, 2, 2)))
