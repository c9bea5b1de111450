"""The exchange of rectifiers in every form of model, against a backward pass in NumPy."""

import threading

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.explain.deconvolution import rectify_backward
from core.explain.guided_backpropagation import pass_positive
from core.models.rectifiers import (
    RectifierCounts,
    count_rectifiers,
    rectified_by,
)
from core.score import gradient_of
from tests.core.explain.slow_network import deconvolution_rule, guided_rule, slow_gradient
from tests.core.explain.toy_network import (
    CHANNELS,
    CLASSES,
    HEIGHT,
    LAYER_CHANNELS,
    NETWORK,
    WIDTH,
    random_images,
)

INPUT = (HEIGHT, WIDTH, CHANNELS)
EXAMPLE = tf.zeros((1, *INPUT))


def convolution(filters, **options):
    return keras.layers.Conv2D(filters, 3, padding="same", **options)


def head():
    return [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(CLASSES)]


def sequential(rectifier=lambda: keras.layers.ReLU()):
    """Write the toy network as one Sequential, with layers for rectifiers."""
    return keras.Sequential(
        [
            keras.Input(INPUT),
            convolution(5),
            rectifier(),
            keras.layers.MaxPooling2D(),
            convolution(LAYER_CHANNELS),
            rectifier(),
            *head(),
        ]
    )


def nested():
    """Write it as a functional model in a Sequential in a functional model."""
    inputs = keras.Input(INPUT)
    features = convolution(5, activation="relu")(inputs)
    features = keras.layers.MaxPooling2D()(features)
    features = convolution(LAYER_CHANNELS, activation="relu")(features)
    backbone = keras.Model(inputs, features, name="backbone")
    outer_inputs = keras.Input(INPUT)
    outputs = keras.Sequential([backbone, *head()])(outer_inputs)
    return keras.Model(outer_inputs, outputs)


def of_operations():
    """Write it as a functional model with bare operations for rectifiers."""
    inputs = keras.Input(INPUT)
    features = keras.layers.MaxPooling2D()(keras.ops.relu(convolution(5)(inputs)))
    features = keras.activations.relu(convolution(LAYER_CHANNELS)(features))
    for layer in head():
        features = layer(features)
    return keras.Model(inputs, features)


def subclassed():
    """Write it as a class that calls TensorFlow."""

    class Network(keras.Model):
        def __init__(self):
            super().__init__()
            self.first, self.last = convolution(5), convolution(LAYER_CHANNELS)
            self.pool, self.head = keras.layers.MaxPooling2D(), keras.Sequential(head())

        def call(self, images):
            pooled = self.pool(tf.nn.relu(self.first(images)))
            return self.head(tf.nn.relu(self.last(pooled)))

    network = Network()
    network(EXAMPLE)
    return network


FORMS = {
    "flat": lambda: NETWORK,
    "relu layers": sequential,
    "activation layers": lambda: sequential(lambda: keras.layers.Activation("relu")),
    "nested": nested,
    "operations": of_operations,
    "subclassed": subclassed,
}

each_form = pytest.mark.parametrize("build", FORMS.values(), ids=FORMS.keys())


def with_toy_weights(build):
    network = build()
    network.set_weights(NETWORK.get_weights())
    return network


@pytest.mark.parametrize(
    ("rule", "slow_rule"),
    [(pass_positive, guided_rule), (rectify_backward, deconvolution_rule)],
    ids=["guided", "deconvolution"],
)
@each_form
def test_every_form_of_model_follows_the_rule_as_the_network_in_numpy(build, rule, slow_rule):
    network, image = with_toy_weights(build), random_images(1)

    @tf.function(autograph=False)
    def explain(images):
        with rectified_by(rule) as substitutions:
            gradients = gradient_of(lambda seen: network(seen)[:, 1], images)
        assert substitutions.calls == 2
        return gradients

    expected = slow_gradient(NETWORK.get_weights(), image[0], [0, 1, 0, 0], slow_rule)
    np.testing.assert_allclose(explain(image)[0], expected, rtol=1e-4, atol=1e-6)


@each_form
def test_the_rule_holds_for_a_call_that_is_not_traced(build):
    network, image = with_toy_weights(build), random_images(1)

    with rectified_by(pass_positive):
        (explained,) = gradient_of(lambda seen: network(seen)[:, 1], image)

    expected = slow_gradient(NETWORK.get_weights(), image[0], [0, 1, 0, 0], guided_rule)
    np.testing.assert_allclose(explained, expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("rule", [pass_positive, rectify_backward])
def test_the_scores_are_those_of_the_network_itself(rule):
    images = random_images(2)

    with rectified_by(rule):
        scores = NETWORK(images)

    np.testing.assert_allclose(scores, NETWORK(images), rtol=1e-6)


FEATURES = tf.constant([-2.0, -0.5, 0.5, 1.5, 2.5, 7.0])

RECTIFIERS = {
    "relu": (keras.layers.ReLU(), [0, 0, 1, 1, 1, 1]),
    "ceiling of two": (keras.layers.ReLU(max_value=2.0), [0, 0, 1, 1, 0, 0]),
    "relu6 layer": (keras.layers.ReLU(max_value=6.0), [0, 0, 1, 1, 1, 0]),
    "relu6 activation": (keras.layers.Activation("relu6"), [0, 0, 1, 1, 1, 0]),
    "threshold": (keras.layers.ReLU(threshold=1.0), [0, 0, 0, 1, 1, 1]),
}

each_rectifier = pytest.mark.parametrize(
    ("layer", "is_open"), RECTIFIERS.values(), ids=RECTIFIERS.keys()
)


def backward(layer, upstream, rule):
    """Go back through a layer with a gradient from above."""
    with tf.GradientTape() as tape:
        tape.watch(FEATURES)
        with rectified_by(rule) as substitutions:
            rectified = layer(FEATURES)
    return tape.gradient(rectified, FEATURES, output_gradients=upstream), substitutions.calls


@each_rectifier
def test_a_guided_rectifier_lets_positive_gradients_through_where_it_is_open(layer, is_open):
    upstream = tf.constant([3.0, -3.0, 3.0, 3.0, 3.0, 3.0])

    positive, calls = backward(layer, upstream, pass_positive)
    negative, _ = backward(layer, -tf.abs(upstream), pass_positive)

    np.testing.assert_array_equal(positive, np.multiply(is_open, [3, 0, 3, 3, 3, 3]))
    np.testing.assert_array_equal(negative, np.zeros(6))
    assert calls == 1


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.LeakyReLU(0.1),
        keras.layers.ReLU(negative_slope=0.1),
        keras.layers.ReLU(negative_slope=0.1, max_value=2.0),
        keras.layers.Activation("gelu"),
    ],
    ids=["leaky", "negative slope", "negative slope and ceiling", "gelu"],
)
def test_what_is_no_rectifier_keeps_its_own_gradient(layer):
    upstream = -tf.ones(6)

    ruled, calls = backward(layer, upstream, pass_positive)

    with tf.GradientTape() as tape:
        tape.watch(FEATURES)
        rectified = layer(FEATURES)
    np.testing.assert_array_equal(ruled, tape.gradient(rectified, FEATURES, upstream))
    assert calls == 0


def test_a_deconvolved_rectifier_lets_positive_gradients_through_where_it_is_shut():
    upstream = tf.constant([1.0, -1.0, 2.0, -2.0, 3.0, -3.0])

    below, _ = backward(keras.layers.ReLU(), upstream, rectify_backward)

    np.testing.assert_array_equal(below, [1, 0, 2, 0, 3, 0])


def test_tensorflow_is_as_it_was_after_contexts_within_each_other_and_an_error():
    def current():
        return tf.nn.relu, tf.nn.relu6, keras.layers.ReLU.call

    def fail_within():
        with rectified_by(pass_positive):
            with rectified_by(rectify_backward):
                pass
            assert not set(before) & set(current())
            raise ZeroDivisionError

    before = current()

    with pytest.raises(ZeroDivisionError):
        fail_within()

    assert current() == before


def test_another_thread_keeps_the_gradients_of_its_own():
    seen = []

    def differentiate():
        with tf.GradientTape() as tape:
            tape.watch(FEATURES)
            rectified = keras.layers.ReLU()(FEATURES)
        seen.append(tape.gradient(rectified, FEATURES, output_gradients=-tf.ones(6)))

    with rectified_by(pass_positive) as substitutions:
        thread = threading.Thread(target=differentiate)
        thread.start()
        thread.join()

    np.testing.assert_array_equal(seen[0], [0, 0, -1, -1, -1, -1])
    assert substitutions.calls == 0


@each_form
def test_no_rectifier_of_any_form_escapes(build):
    assert count_rectifiers(with_toy_weights(build), EXAMPLE) == RectifierCounts(2, 0)


def test_a_rectifier_in_a_function_traced_before_is_seen_to_escape():
    compiled = tf.function(lambda images: tf.nn.relu(images), autograph=False)
    compiled(EXAMPLE)

    def network(images):
        return tf.nn.relu6(compiled(images))

    assert count_rectifiers(network, EXAMPLE) == RectifierCounts(ruled=1, escaped=1)


def test_the_rectifiers_of_a_saved_model_are_seen_to_escape(tmp_path):
    NETWORK.export(tmp_path, verbose=False)
    served = keras.layers.TFSMLayer(tmp_path, call_endpoint="serve")

    assert count_rectifiers(served, EXAMPLE) == RectifierCounts(ruled=0, escaped=2)


def test_a_network_of_smooth_activations_has_no_rectifiers():
    smooth = keras.layers.Dense(2, activation="gelu")

    assert count_rectifiers(smooth, EXAMPLE) == RectifierCounts(ruled=0, escaped=0)
