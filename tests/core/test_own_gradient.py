"""A function with a gradient of its own has that gradient, and lets its callers be freed."""

import gc
import weakref

import numpy as np
import pytest
import tensorflow as tf

from core.own_gradient import own_gradient


@own_gradient
def tripled_back(values, weights):
    """Multiply; on the way back pretend that the result was three times as steep."""
    return values * weights, lambda upstream: (3.0 * upstream * weights, None)


def gradient_through(values, weights):
    with tf.GradientTape() as tape:
        tape.watch(values)
        result = tf.reduce_sum(tf.square(tripled_back(2.0 * values, weights)))
    return result, tape.gradient(result, values)


@pytest.mark.parametrize("is_compiled", [False, True])
@pytest.mark.parametrize("shape", [(3,), (2, 5)])
def test_the_result_is_its_own_and_so_is_the_way_back(is_compiled, shape):
    numbers = np.random.default_rng(0)
    values, weights = (numbers.normal(size=shape).astype(np.float32) for _ in range(2))
    run = tf.function(gradient_through, autograph=False) if is_compiled else gradient_through

    result, gradient = run(tf.constant(values), tf.constant(weights))

    product = 2.0 * values * weights
    assert float(result) == pytest.approx(float((product**2).sum()), rel=1e-5)
    np.testing.assert_allclose(gradient, 2.0 * 3.0 * 2.0 * product * weights, rtol=1e-5)


def test_a_tensor_that_has_no_gradient_has_none():
    weights = tf.constant([1.0])
    with tf.GradientTape() as tape:
        tape.watch(weights)
        result = tripled_back(tf.constant([2.0]), weights)

    assert tape.gradient(result, weights) is None


def test_whoever_was_traced_with_it_can_be_freed():
    caller = tf.function(gradient_through, autograph=False)
    specs = [tf.TensorSpec([4])] * 2
    graph = weakref.ref(caller.get_concrete_function(*specs).graph)

    del caller
    gc.collect()

    assert graph() is None


def test_the_way_of_the_library_would_keep_it():
    """The reason for ours; where this fails, `tf.custom_gradient` can be used again."""

    def doubled(values):
        def forward(inner):
            return 2.0 * inner, lambda upstream: upstream

        return tf.custom_gradient(forward)(values)

    caller = tf.function(doubled, autograph=False)
    graph = weakref.ref(caller.get_concrete_function(tf.TensorSpec([4])).graph)

    del caller
    gc.collect()

    assert graph() is not None
