"""Grad-CAM against algebra, finite differences and the paper's two equations in loops."""

import numpy as np
import tensorflow as tf

from core.explain.gradcam import gradcam
from tests.core.explain.linear_layer_score import layer_score_of, weighted_sum
from tests.core.explain.slow_network import convolve, pool
from tests.core.explain.toy_network import (
    LAYER_CHANNELS,
    NETWORK,
    Question,
    random_images,
)


def test_a_score_that_adds_up_maps_weighs_each_map_by_its_share():
    shares = np.float32([2.0, -1.0, 0.5])

    def score(images, watch):
        watch(images)
        return images, tf.reduce_sum(tf.reduce_mean(images, (1, 2)) * shares, 1)

    images = random_images(2)

    positions = images.shape[1] * images.shape[2]
    np.testing.assert_allclose(
        gradcam(score, images),
        (images * shares / positions).numpy().sum(-1),
        rtol=1e-4,
        atol=1e-7,
    )


def test_a_channel_weighs_the_mean_of_gradients_that_differ_from_place_to_place():
    generator = np.random.default_rng(5)
    activations = generator.normal(size=(2, 3, 4, 5)).astype(np.float32)
    gradients = generator.normal(size=(2, 3, 4, 5)).astype(np.float32)

    explained = gradcam(
        layer_score_of(activations, weighted_sum(gradients)), tf.zeros((2, 3, 4, 3))
    )

    alphas = [[gradients[b, :, :, k].sum() / 12 for k in range(5)] for b in range(2)]
    for image in range(2):
        expected = sum(alphas[image][k] * activations[image, :, :, k] for k in range(5))
        np.testing.assert_allclose(explained[image], expected, rtol=1e-4, atol=1e-6)


def test_the_map_is_that_of_the_network_written_in_numpy():
    images = random_images(2)
    first, first_bias, last, last_bias, dense, _ = NETWORK.get_weights()

    maps = gradcam(Question(2, versus=0).layer_score, images)

    for image, explained in zip(images, maps, strict=True):
        pooled = pool(np.maximum(convolve(image.numpy(), first) + first_bias, 0))
        activations = np.maximum(convolve(pooled, last) + last_bias, 0)
        # What follows is linear, so that the gradient is the same at all positions.
        alphas = (dense[:, 2] - dense[:, 0]) / activations[..., 0].size
        np.testing.assert_allclose(explained, activations @ alphas, rtol=1e-4, atol=1e-7)


def test_the_channel_weights_are_how_fast_the_score_moves_with_each_channel():
    image, question = random_images(1), Question()
    activations, _ = question.layer_score(image, lambda _: None)
    positions = activations.shape[1] * activations.shape[2]

    explained = gradcam(question.layer_score, image)

    by_hand = 0.0
    for channel in range(LAYER_CHANNELS):
        move = tf.one_hot(channel, LAYER_CHANNELS)
        upper, lower = (
            question.resumed_score(image, activations + sign * move).numpy() for sign in (1, -1)
        )
        by_hand += (upper - lower) / 2 / positions * activations[..., channel].numpy()
    np.testing.assert_allclose(explained, by_hand, rtol=1e-3, atol=1e-6)
