"""Adam's steps against the paper's algorithm and Keras' own."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.visualize.adam import AdamState, adam_step

GRADIENTS = np.random.default_rng(0).standard_normal((12, 5)).astype(np.float32)


def begun():
    zeros = tf.zeros(5)
    return AdamState(tf.constant(np.linspace(-1, 1, 5), tf.float32), zeros, zeros)


def after(gradients, *, rate=0.05):
    state = begun()
    for step, gradient in enumerate(gradients):
        state = adam_step(
            state,
            tf.constant(gradient),
            step=tf.constant(step),
            learning_rate=tf.constant(rate),
        )
    return state


def test_steps_follow_the_algorithm_of_the_paper():
    values, mean, square = np.linspace(-1, 1, 5), 0.0, 0.0
    for step, gradient in enumerate(GRADIENTS.astype(float), start=1):
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        corrected = mean / (1 - 0.9**step), square / (1 - 0.999**step)
        values = values - 0.05 * corrected[0] / (np.sqrt(corrected[1]) + 1e-8)

    np.testing.assert_allclose(after(GRADIENTS).values, values, atol=1e-5)


def test_steps_are_those_of_keras_within_its_other_epsilon():
    variable = keras.Variable(np.linspace(-1, 1, 5).astype(np.float32))
    optimizer = keras.optimizers.Adam(0.05, epsilon=1e-8)
    for gradient in GRADIENTS:
        optimizer.apply([tf.constant(gradient)], [variable])

    np.testing.assert_allclose(after(GRADIENTS).values, variable.numpy(), atol=1e-5)


def test_the_first_step_goes_as_far_as_the_learning_rate_whatever_the_gradient():
    state = after(GRADIENTS[:1] * 1e3, rate=0.25)

    moved = begun().values - state.values
    assert np.abs(moved) == pytest.approx(0.25, rel=1e-4)


def test_a_number_without_gradient_stays_where_it_is():
    np.testing.assert_array_equal(after(np.zeros((5, 5), np.float32)).values, begun().values)
