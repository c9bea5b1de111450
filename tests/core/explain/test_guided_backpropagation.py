"""Guided backpropagation and deconvolution against backward passes written in NumPy."""

import numpy as np
import pytest
import tensorflow as tf

from core.errors import MethodUnsupportedError
from core.explain.deconvolution import deconvolution
from core.explain.guided_backpropagation import guided_backpropagation
from core.explain.saliency import saliency
from tests.core.explain.slow_network import deconvolution_rule, guided_rule, slow_gradient
from tests.core.explain.toy_network import NETWORK, Question, random_images

each_kernel = pytest.mark.parametrize(
    ("kernel", "slow_rule"),
    [(guided_backpropagation, guided_rule), (deconvolution, deconvolution_rule)],
    ids=["guided-backpropagation", "deconvolution"],
)


@each_kernel
def test_the_map_is_that_of_the_network_written_in_numpy(kernel, slow_rule):
    images = random_images(2)

    maps = kernel(Question(1, versus=3).score, images)

    for image, explained in zip(images, maps, strict=True):
        signal = slow_gradient(NETWORK.get_weights(), image, [0, 1, 0, -1], slow_rule)
        np.testing.assert_allclose(explained, np.abs(signal).max(-1), rtol=1e-4, atol=1e-7)


@each_kernel
def test_the_gradients_are_plain_again_afterwards(kernel, slow_rule):
    question, images = Question(), random_images(1)
    before = saliency(question.score, images)

    kernel(question.score, images)

    np.testing.assert_array_equal(saliency(question.score, images), before)


@each_kernel
def test_a_score_without_rectifiers_is_refused(kernel, slow_rule):
    with pytest.raises(MethodUnsupportedError, match="no ReLU"):
        kernel(lambda images: tf.reduce_sum(tf.tanh(images), (1, 2, 3)), random_images(1))


@each_kernel
def test_a_score_that_was_compiled_before_is_refused(kernel, slow_rule):
    compiled = tf.function(Question().score, autograph=False)
    images = random_images(1)
    compiled(images)

    with pytest.raises(MethodUnsupportedError, match="no ReLU"):
        kernel(compiled, images)
