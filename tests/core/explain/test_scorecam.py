import numpy as np
import pytest
import tensorflow as tf

from core.errors import ShapeError
from core.explain.scorecam import scorecam
from core.progress import untracked

NUMBERS = np.random.default_rng(10)
IMAGES = NUMBERS.normal(size=(2, 4, 6, 3)).astype(np.float32)
BASELINE = NUMBERS.normal(size=(2, 4, 6, 3)).astype(np.float32)
WEIGHTS = NUMBERS.normal(size=(4, 6, 3)).astype(np.float32)
ACTIVATIONS = NUMBERS.uniform(0.0, 1.0, (2, 4, 6, 5)).astype(np.float32)


def linear_score(images):
    return tf.reduce_sum(images * WEIGHTS, axis=(1, 2, 3))


def explain(activations=ACTIVATIONS, max_channels=None, baseline=BASELINE, score=linear_score):
    return scorecam(
        score,
        tf.constant(IMAGES),
        activations=tf.constant(activations),
        baseline=tf.constant(baseline),
        max_channels=max_channels,
        chunk=3,
        track=untracked,
    ).numpy()


def channel_weight(image, channel):
    """What a linear score gains through a channel, summed pixel by pixel."""
    mask = (channel - channel.min()) / (channel.max() - channel.min())
    gains = WEIGHTS * (IMAGES[image] - BASELINE[image])
    return (gains * mask[:, :, None]).sum()


def test_a_channel_weighs_what_a_linear_score_gains_through_it():
    expected = np.zeros((2, 4, 6))
    for image, channel in np.ndindex(2, 5):
        own = ACTIVATIONS[image, :, :, channel]
        expected[image] += channel_weight(image, own) * own

    np.testing.assert_allclose(explain(), expected, rtol=1e-3, atol=1e-4)


def test_the_faster_variant_takes_each_images_most_varied_channels():
    order = ACTIVATIONS.std(axis=(1, 2)).argsort(axis=1)[:, ::-1]

    fast = explain(max_channels=2)

    expected = np.zeros((2, 4, 6))
    for image, rank in np.ndindex(2, 2):
        own = ACTIVATIONS[image, :, :, order[image, rank]]
        expected[image] += channel_weight(image, own) * own
    np.testing.assert_allclose(fast, expected, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(explain(max_channels=99), explain(), rtol=1e-4, atol=1e-4)


def test_masks_are_enlarged_smoothly_to_the_image():
    shown = []

    def score(images):
        shown.append(images.numpy())
        return linear_score(images)

    scorecam(
        score,
        tf.ones((1, 4, 6, 3)),
        activations=tf.constant([[[[0.0], [4.0]]]]),
        baseline=tf.zeros((1, 4, 6, 3)),
        max_channels=None,
        chunk=2,
        track=untracked,
    )

    # Two cells over six pixels, between the middles of the cells in a straight line.
    np.testing.assert_allclose(shown[0][0, 2, :, 0], [0, 0, 1 / 3, 2 / 3, 1, 1], atol=1e-5)


def test_a_channel_that_is_the_same_everywhere_weighs_nothing():
    np.testing.assert_allclose(explain(np.ones((2, 4, 6, 1), np.float32)), 0.0, atol=1e-4)


def test_a_baseline_of_another_shape_is_refused():
    with pytest.raises(ShapeError, match="baseline has shape"):
        explain(baseline=BASELINE[:1])
