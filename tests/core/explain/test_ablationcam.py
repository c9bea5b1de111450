import numpy as np
import tensorflow as tf

from core.explain.ablationcam import ablationcam
from core.explain.gradcam import gradcam
from core.progress import untracked
from tests.core.explain.toy_network import (
    LAYER_HEIGHT,
    LAYER_WIDTH,
    Question,
    random_images,
)


def test_a_channel_weighs_what_a_linear_score_gets_from_it():
    numbers = np.random.default_rng(9)
    activations, weights = numbers.normal(size=(2, 2, 3, 4, 5)).astype(np.float32)

    def score(images, shown):
        variants = len(shown) // len(weights)
        return tf.reduce_sum(shown * np.tile(weights, (variants, 1, 1, 1)), axis=(1, 2, 3))

    maps = ablationcam(
        score,
        tf.zeros((2, 1, 1, 1)),
        activations=tf.constant(activations),
        chunk=4,
        track=untracked,
    )

    channel_weights = (activations * weights).sum(axis=(1, 2))
    expected = np.einsum("bhwd,bd->bhw", activations, channel_weights)
    np.testing.assert_allclose(maps, expected, rtol=1e-4, atol=1e-4)


def test_behind_pooling_a_channel_weighs_its_gradient_times_its_sum():
    # There a score falls by the channel's mean times its weight, which is linear.
    images = random_images(2)
    question = Question(1)
    activations, _ = question.layer_score(images, lambda _: None)

    maps = ablationcam(
        question.resumed_score, images, activations=activations, chunk=3, track=untracked
    )

    one_hot_maps = [gradcam(keeping_channel(question, channel), images) for channel in range(6)]
    expected = sum(
        own * tf.reduce_sum(activations[..., channel], axis=(1, 2), keepdims=True)
        for channel, own in enumerate(one_hot_maps)
    )
    assert maps.shape == (2, LAYER_HEIGHT, LAYER_WIDTH)
    np.testing.assert_allclose(maps, expected, rtol=1e-3, atol=1e-5)


def keeping_channel(question, channel):
    """Let Grad-CAM see one channel of the layer only."""

    def layer_score(images, watch):
        activations, _ = question.layer_score(images, lambda _: None)
        shown = tf.identity(activations)
        watch(shown)
        only = tf.one_hot(channel, shown.shape[-1])
        return shown, question.resumed_score(images, shown * only)

    return layer_score
