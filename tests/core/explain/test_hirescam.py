import numpy as np
import tensorflow as tf

from core.explain.gradcam import gradcam
from core.explain.hirescam import hirescam
from tests.core.explain.linear_layer_score import layer_score_of, weighted_sum
from tests.core.explain.toy_network import NETWORK, Question, random_images

NO_IMAGES = tf.zeros((2, 1, 1, 1))


def test_a_map_sums_to_a_score_that_is_linear_in_the_layer():
    numbers = np.random.default_rng(2)
    activations, weights = numbers.normal(size=(2, 2, 3, 4, 5)).astype(np.float32)

    maps = hirescam(layer_score_of(activations, weighted_sum(weights)), NO_IMAGES)

    np.testing.assert_allclose(maps, (activations * weights).sum(axis=-1), rtol=1e-4, atol=1e-5)


def test_after_pooling_and_a_dense_layer_it_is_gradcam():
    # Draelos and Carin 2020, section 3.5: the two agree for such heads.
    images = random_images(2)

    maps = hirescam(Question(1).layer_score, images)

    np.testing.assert_allclose(
        maps, gradcam(Question(1).layer_score, images), rtol=1e-4, atol=1e-7
    )
    biases = NETWORK.get_layer("logits").bias.numpy()
    np.testing.assert_allclose(
        tf.reduce_sum(maps, axis=(1, 2)), NETWORK(images)[:, 1] - biases[1], rtol=1e-4
    )
