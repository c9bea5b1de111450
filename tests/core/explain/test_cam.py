import numpy as np
import tensorflow as tf

from core.explain.cam import cam
from core.explain.gradcam import gradcam
from core.models.pooled_head import class_weights
from tests.core.explain.toy_network import (
    LAYER_HEIGHT,
    LAYER_WIDTH,
    NETWORK,
    Question,
    random_images,
)

HEAD_WEIGHTS, HEAD_BIASES = NETWORK.get_layer("logits").get_weights()


def activations_of(images):
    return Question().layer_score(images, lambda _: None)[0]


def test_the_mean_of_a_map_is_the_class_score_less_its_bias():
    images = random_images(2)
    weights = class_weights(
        tf.constant(HEAD_WEIGHTS), tf.constant([3, 1]), tf.constant([-1, 0])
    )

    maps = cam(activations_of(images), weights)

    logits = NETWORK(images).numpy() - HEAD_BIASES
    expected = [logits[0, 3], logits[1, 1] - logits[1, 0]]
    np.testing.assert_allclose(tf.reduce_mean(maps, axis=(1, 2)), expected, rtol=1e-4)


def test_cam_is_gradcam_times_the_number_of_positions():
    # Selvaraju et al. 2017, section 3.1: Grad-CAM generalizes CAM up to this constant.
    images = random_images(2)
    weights = class_weights(
        tf.constant(HEAD_WEIGHTS), tf.constant([2, 2]), tf.constant([-1, -1])
    )

    maps = cam(activations_of(images), weights)

    positions = LAYER_HEIGHT * LAYER_WIDTH
    expected = gradcam(Question(2).layer_score, images) * positions
    np.testing.assert_allclose(maps, expected, rtol=1e-4, atol=1e-6)
