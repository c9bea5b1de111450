import numpy as np
import tensorflow as tf

from core.explain.gradcam_plus_plus import gradcam_plus_plus
from tests.core.explain.linear_layer_score import layer_score_of, weighted_sum

NO_IMAGES = tf.zeros((2, 1, 1, 1))


def position_weight(score, gradient, channel_sum):
    """Equation 19, with the derivatives of exp(score) written out (equations 11 to 18)."""
    second = np.exp(score) * gradient**2
    third = np.exp(score) * gradient**3
    return second / (2.0 * second + channel_sum * third)


def test_maps_are_those_of_the_papers_equations_written_out():
    numbers = np.random.default_rng(1)
    activations = numbers.uniform(0.0, 1.0, (2, 3, 4, 5))
    gradients = numbers.normal(0.0, 0.3, (2, 3, 4, 5))

    maps = gradcam_plus_plus(
        layer_score_of(activations, weighted_sum(gradients.astype(np.float32))), NO_IMAGES
    )

    expected = np.zeros((2, 3, 4))
    scores = (activations * gradients).sum(axis=(1, 2, 3))
    for image, channel in np.ndindex(2, 5):
        own, slopes = activations[image, :, :, channel], gradients[image, :, :, channel]
        weight = sum(
            position_weight(scores[image], slopes[place], own.sum()) * max(slopes[place], 0.0)
            for place in np.ndindex(3, 4)
        )
        expected[image] += weight * own
    np.testing.assert_allclose(maps, expected, rtol=1e-4)


def test_a_channel_that_lowers_the_score_everywhere_has_no_part():
    activations = np.ones((1, 2, 2, 1))

    maps = gradcam_plus_plus(
        layer_score_of(activations, weighted_sum(-np.ones((1, 2, 2, 1), np.float32))),
        NO_IMAGES[:1],
    )

    np.testing.assert_array_equal(maps, np.zeros((1, 2, 2)))


def test_a_score_of_a_thousand_does_not_overflow():
    activations = np.full((1, 2, 2, 1), 250.0)

    maps = gradcam_plus_plus(
        layer_score_of(activations, weighted_sum(np.ones((1, 2, 2, 1), np.float32))),
        NO_IMAGES[:1],
    )

    # Each of four positions weighs 1 / (2 + 1000).
    np.testing.assert_allclose(maps, np.full((1, 2, 2), 250.0 * 4 / 1002), rtol=1e-5)
