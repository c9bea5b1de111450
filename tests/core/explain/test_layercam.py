import numpy as np
import tensorflow as tf

from core.explain.hirescam import hirescam
from core.explain.layercam import layercam
from tests.core.explain.linear_layer_score import layer_score_of, weighted_sum

NO_IMAGES = tf.zeros((1, 1, 1, 1))


def test_only_positions_where_the_score_rises_count():
    activations = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    gradients = np.array([[[[0.5, -1.0], [-0.5, 0.25]]]], np.float32)

    maps = layercam(layer_score_of(activations, weighted_sum(gradients)), NO_IMAGES)

    # By hand: 1 * 0.5 and 4 * 0.25; the two falling ones count for nothing.
    np.testing.assert_allclose(maps, [[[0.5, 1.0]]])


def test_where_the_score_only_rises_it_is_hirescam():
    numbers = np.random.default_rng(5)
    activations, weights = numbers.uniform(0.0, 1.0, (2, 1, 3, 4, 5)).astype(np.float32)
    score = layer_score_of(activations, weighted_sum(weights))

    np.testing.assert_allclose(
        layercam(score, NO_IMAGES), hirescam(score, NO_IMAGES), rtol=1e-6
    )
