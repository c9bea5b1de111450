"""SmoothGrad, SquareGrad and VarGrad against the same noise, summarized by NumPy."""

from functools import partial

import numpy as np
import pytest
import tensorflow as tf

from core.explain.noisy_gradients import noisy_copies, standard_noise
from core.explain.saliency import saliency
from core.explain.smoothgrad import smoothgrad
from core.explain.squaregrad import squaregrad
from core.explain.vargrad import vargrad
from core.progress import untracked
from tests.core.explain.toy_network import Question, random_images

IMAGES = random_images(2)
COPIES = 10
KNOBS = {"copies": COPIES, "seed": 3, "chunk": 4, "track": untracked}

each_kernel = pytest.mark.parametrize(
    ("kernel", "summarize"),
    [(smoothgrad, np.mean), (squaregrad, lambda g, axis: (g**2).mean(axis)), (vargrad, np.var)],
    ids=["smoothgrad", "squaregrad", "vargrad"],
)


@each_kernel
def test_the_map_is_the_statistic_of_the_gradients_at_the_noisy_copies(kernel, summarize):
    question = Question(1, versus=2)

    explained = kernel(question.gradient, IMAGES, noise=0.15, **KNOBS)

    copies = noisy_copies(IMAGES, np.arange(COPIES), noise=0.15, seed=3)
    gradients = np.stack([question.gradient(images) for images in copies]).astype(np.float64)
    expected = np.abs(summarize(gradients, axis=0)).max(-1)
    np.testing.assert_allclose(explained, expected, rtol=1e-3, atol=1e-7)


@each_kernel
def test_a_linear_score_is_explained_as_if_there_were_no_noise(kernel, summarize):
    weights = random_images(1, seed=8)

    explained = kernel(lambda images: 0 * images + weights, IMAGES, noise=0.5, **KNOBS)

    (expected,) = np.abs(summarize(weights.numpy()[None], axis=0)).max(-1)
    np.testing.assert_allclose(explained, np.stack([expected] * 2), rtol=1e-5, atol=1e-9)


def test_without_noise_smoothgrad_and_squaregrad_are_saliency_and_its_square():
    question = Question()

    expected = saliency(question.score, IMAGES)

    np.testing.assert_allclose(
        smoothgrad(question.gradient, IMAGES, noise=0.0, **KNOBS), expected, rtol=1e-4
    )
    np.testing.assert_allclose(
        squaregrad(question.gradient, IMAGES, noise=0.0, **KNOBS), expected**2, rtol=1e-4
    )


def test_a_variance_survives_gradients_that_are_a_thousand_times_larger():
    # In single precision, the mean of the squares less the square of the mean would be noise.
    explained = vargrad(lambda images: images + 1e3, IMAGES, noise=0.15, **KNOBS)
    expected = vargrad(tf.identity, IMAGES, noise=0.15, **KNOBS)

    np.testing.assert_allclose(explained, expected, rtol=1e-2)


def test_the_noise_has_the_deviation_asked_for_in_each_image_of_its_own_range():
    images = tf.stack([IMAGES[0], 100.0 * IMAGES[0]])

    copies = noisy_copies(images, np.arange(30), noise=0.2, seed=1)

    ranges = np.ptp(images, axis=(1, 2, 3))
    np.testing.assert_allclose(
        np.std(copies - images, axis=(0, 2, 3, 4)), 0.2 * ranges, rtol=0.03
    )
    np.testing.assert_allclose(
        np.mean(copies - images, axis=(0, 2, 3, 4)) / ranges, 0, atol=0.01
    )


def test_no_two_copies_have_the_same_noise():
    copies = noisy_copies(IMAGES[:1], np.arange(3), noise=0.2, seed=1)

    assert len(np.unique(copies[:, 0, 0, 0, 0])) == 3


def test_a_copy_has_the_same_noise_in_whichever_pass_it_is():
    draw = partial(noisy_copies, IMAGES, noise=0.2, seed=1)

    np.testing.assert_array_equal(draw(np.arange(4))[2:], draw(np.array([2, 3])))


def test_a_noise_is_drawn_once_and_is_the_same_within_a_traced_graph():
    drawn = standard_noise((4, 5, 3), seed=2, index=1)

    @tf.function
    def traced():
        return standard_noise((4, 5, 3), seed=2, index=9) + 0.0

    np.testing.assert_array_equal(drawn, tf.random.stateless_normal((4, 5, 3), seed=(2, 1)))
    assert standard_noise((4, 5, 3), seed=2, index=1) is drawn
    np.testing.assert_array_equal(traced(), standard_noise((4, 5, 3), seed=2, index=9))
