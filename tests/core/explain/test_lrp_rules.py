"""Against LRP written out in NumPy, contribution by contribution, on each layer's matrix."""

from functools import partial

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.explain.lrp_rules import alpha_beta_rule, box_rule, epsilon_rule, gamma_rule
from core.models.linear_maps import LinearMap

NUMBERS = np.random.default_rng(18)
LOWEST, HIGHEST = -1.5, 2.0


def dense_map():
    kernel, bias = NUMBERS.normal(size=(6, 4)), NUMBERS.normal(size=4)
    return LinearMap(tf.matmul, tf.constant(kernel, tf.float32), tf.constant(bias, tf.float32))


def convolution_map():
    kernel, bias = NUMBERS.normal(size=(3, 3, 2, 3)), NUMBERS.normal(size=3)
    apply = partial(keras.ops.conv, strides=(2, 1), padding="same")
    return LinearMap(apply, tf.constant(kernel, tf.float32), tf.constant(bias, tf.float32))


LAYERS = {"dense": (dense_map(), (6,)), "convolution": (convolution_map(), (5, 4, 2))}
every_layer = pytest.mark.parametrize(("linear", "shape"), LAYERS.values(), ids=LAYERS.keys())


def matrix_of(linear, shape):
    """Write a layer out as the matrix of what each input adds to each output."""
    size = int(np.prod(shape))
    ones = tf.reshape(tf.eye(size), (size, *shape))
    return linear.apply(ones, linear.kernel).numpy().reshape(size, -1).astype(np.float64)


def relevance_by(share, linear, inputs, relevance):
    """Give each input the sum over the outputs of the share that a rule allots it."""
    shape = inputs.shape[1:]
    matrix = matrix_of(linear, shape)
    biases = np.broadcast_to(linear.bias.numpy(), relevance.shape[1:]).reshape(-1)
    received = np.zeros((len(inputs), matrix.shape[0]))
    for image in range(len(inputs)):
        for output, handed in enumerate(relevance[image].reshape(-1)):
            own = inputs[image].reshape(-1)
            shares = share(own, matrix[:, output], biases[output])
            received[image] += shares * handed
    return received.reshape(inputs.shape)


def epsilon_share(inputs, weights, bias, epsilon=0.3):
    contributions = inputs * weights
    total = contributions.sum() + bias
    return contributions / (total + epsilon * (1 if total >= 0 else -1))


def alpha_beta_share(inputs, weights, bias, alpha):
    contributions = inputs * weights
    raising, lowering = np.maximum(contributions, 0), np.minimum(contributions, 0)
    shares = alpha * raising / (raising.sum() + max(bias, 0))
    if alpha > 1:
        shares -= (alpha - 1) * lowering / (lowering.sum() + min(bias, 0))
    return shares


def gamma_share(inputs, weights, bias, gamma=0.25):
    contributions = inputs * weights
    sign = 1 if contributions.sum() + bias >= 0 else -1
    favoured = contributions + gamma * sign * np.maximum(sign * contributions, 0)
    return favoured / (favoured.sum() + bias + gamma * sign * max(sign * bias, 0))


def box_share(inputs, weights, bias):
    distances = inputs * weights - np.where(weights > 0, LOWEST, HIGHEST) * weights
    return distances / distances.sum()


RULES = {
    "epsilon": (partial(epsilon_rule, epsilon=0.3), epsilon_share),
    "z-plus": (partial(alpha_beta_rule, alpha=1.0), partial(alpha_beta_share, alpha=1.0)),
    "alpha2-beta1": (partial(alpha_beta_rule, alpha=2.0), partial(alpha_beta_share, alpha=2.0)),
    "gamma": (partial(gamma_rule, gamma=0.25), gamma_share),
    "box": (
        partial(box_rule, lowest=tf.constant(LOWEST), highest=tf.constant(HIGHEST)),
        box_share,
    ),
}
every_rule = pytest.mark.parametrize(("rule", "share"), RULES.values(), ids=RULES.keys())


@every_layer
@every_rule
def test_relevance_is_shared_out_as_the_formula_says(rule, share, linear, shape):
    inputs = NUMBERS.uniform(LOWEST, HIGHEST, (2, *shape)).astype(np.float32)
    relevance = NUMBERS.normal(size=linear(tf.constant(inputs)).shape).astype(np.float32)

    received = rule(linear, tf.constant(inputs), tf.constant(relevance))

    expected = relevance_by(share, linear, inputs, relevance)
    # The box rule leaves out the image's edge, where a convolution sees no pixels.
    np.testing.assert_allclose(received, expected, rtol=2e-3, atol=2e-3)


@every_layer
@every_rule
def test_without_bias_and_epsilon_no_relevance_is_lost(rule, share, linear, shape):
    linear = LinearMap(linear.apply, linear.kernel, tf.zeros_like(linear.bias))
    inputs = tf.constant(NUMBERS.uniform(0.1, HIGHEST, (2, *shape)), tf.float32)
    # Where something raises an output and something lowers it, as alpha-beta needs.
    relevance = tf.constant(NUMBERS.normal(size=linear(inputs).shape), tf.float32)
    if share is epsilon_share:
        rule = partial(epsilon_rule, epsilon=0.0)

    received = rule(linear, inputs, relevance)

    axes = tuple(range(1, received.ndim))
    handed_axes = tuple(range(1, relevance.ndim))
    np.testing.assert_allclose(
        tf.reduce_sum(received, axes),
        tf.reduce_sum(relevance, handed_axes),
        rtol=1e-3,
        atol=1e-3,
    )


def test_outputs_that_nothing_raised_hand_nothing_back():
    linear = LinearMap(tf.matmul, -tf.ones((3, 2)), tf.zeros(2))

    received = alpha_beta_rule(linear, tf.ones((1, 3)), tf.ones((1, 2)), alpha=1.0)

    np.testing.assert_array_equal(received, np.zeros((1, 3)))


def test_outputs_that_nothing_lowered_hand_back_no_more_than_they_received():
    linear = LinearMap(tf.matmul, tf.ones((3, 2)), tf.zeros(2))

    received = alpha_beta_rule(linear, tf.ones((1, 3)), tf.ones((1, 2)), alpha=2.0)

    np.testing.assert_allclose(received, np.full((1, 3), 2 / 3), rtol=1e-5)
