from functools import partial

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.errors import MethodUnsupportedError
from core.explain.gradient_times_input import gradient_times_input
from core.explain.lrp import lrp, relevance_logits
from core.explain.lrp_composites import (
    PixelRange,
    epsilon_alpha_beta_composite,
    epsilon_composite,
    epsilon_gamma_box_composite,
)
from core.models.logits import logits_of
from core.score import class_scores

layers = keras.layers
PIXELS = PixelRange(lowest=tf.fill((2,), -1.0), highest=tf.fill((2,), 1.0))
IMAGES = tf.constant(np.random.default_rng(21).uniform(-1.0, 1.0, (3, 8, 8, 2)), tf.float32)
COMPOSITES = {
    "epsilon": epsilon_composite(epsilon=1e-6),
    "epsilon-plus": epsilon_alpha_beta_composite(epsilon=1e-6, alpha=1.0),
    "alpha2-beta1": epsilon_alpha_beta_composite(epsilon=1e-6, alpha=2.0),
    "gamma-box": epsilon_gamma_box_composite(epsilon=1e-6, gamma=0.25, pixels=PIXELS),
}


def with_weights(network, *, biases=True):
    """Give a network random weights, and batch normalizations that do something."""
    numbers = np.random.default_rng(19)
    for weight in network.weights:
        drawn = numbers.normal(0.0, 0.5, weight.shape)
        if "variance" in weight.path or "gamma" in weight.path:
            drawn = np.abs(drawn) + 0.5
        elif len(weight.shape) == 1 and not biases:
            drawn = np.zeros(weight.shape)
        weight.assign(drawn)
    return network


def plain(*, biases=True):
    return with_weights(
        keras.Sequential(
            [
                keras.Input((8, 8, 2)),
                layers.Conv2D(4, 3, padding="same", activation="relu"),
                layers.MaxPooling2D(),
                layers.Conv2D(5, 3),
                layers.ReLU(),
                layers.Flatten(),
                layers.Dropout(0.5),
                layers.Dense(6, activation="relu"),
                layers.Dense(4),
            ]
        ),
        biases=biases,
    )


def residual():
    """Everything that has a rule but gates, in a backbone inside a network."""
    inputs = keras.Input((8, 8, 2))
    stem = layers.ZeroPadding2D()(layers.Rescaling(0.5)(inputs))
    stem = layers.BatchNormalization()(layers.Conv2D(4, 3, use_bias=False)(stem))
    branch = layers.BatchNormalization(scale=False)(layers.ReLU()(stem))
    branch = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(branch)
    branch = layers.BatchNormalization(center=False)(branch)
    branch = layers.SeparableConv2D(4, 3, padding="same", activation="relu")(branch)
    joined = layers.Add()([stem, branch])
    pooled = layers.AveragePooling2D(2)(joined)
    both = layers.Concatenate()([pooled, layers.MaxPooling2D()(joined)])
    backbone = keras.Model(inputs, both, name="backbone")
    return with_weights(
        keras.Sequential(
            [
                keras.Input((8, 8, 2)),
                backbone,
                layers.LeakyReLU(),
                layers.GlobalAveragePooling2D(keepdims=True),
                layers.Conv2D(4, 1),
                layers.Reshape((4,)),
            ]
        )
    )


def score_of(logits):
    targets, versus = tf.constant([0, 1, 2]), tf.constant([-1, -1, 3])
    return lambda images: class_scores(logits(images), targets, versus)


def explain(network, composite):
    """Give the maps of a network of logits."""
    return lrp(score_of(relevance_logits(network, network, composite)), IMAGES).numpy()


@pytest.mark.parametrize("build", [plain, residual])
def test_the_logits_are_those_of_the_network_itself(build):
    network = build()

    logits = relevance_logits(network, network, COMPOSITES["epsilon-plus"])(IMAGES)

    np.testing.assert_allclose(logits, network(IMAGES), rtol=1e-4, atol=1e-5)


def test_compiled_and_behind_a_softmax_the_maps_are_the_same():
    logits_network = plain()
    network = keras.Sequential([*logits_network.layers, layers.Softmax()])

    def logits(images):
        return logits_of(network(images, training=False), "softmax")

    @partial(tf.function, autograph=False)
    def compiled(images):
        handing_back = relevance_logits(network, logits, COMPOSITES["gamma-box"])
        return lrp(score_of(handing_back), images)

    expected = explain(logits_network, COMPOSITES["gamma-box"])
    np.testing.assert_allclose(compiled(IMAGES), expected, rtol=1e-3, atol=1e-5)


def test_with_a_vanishing_epsilon_it_is_gradient_times_input():
    # Ancona et al. 2018, proposition 1, for networks of linear layers, ReLUs and maxima; with
    # biases too, since what a bias received stays with it.
    network = plain()

    maps = explain(network, epsilon_composite(epsilon=1e-9))

    expected = gradient_times_input(score_of(network), IMAGES)
    np.testing.assert_allclose(maps[:2], expected[:2], rtol=1e-2, atol=1e-4)


def test_through_a_nested_residual_network_it_is_gradient_times_input_too():
    # All layers are linear, ReLUs or maxima, once the leaky ReLU leaks everything.
    network = residual()
    network.layers[1].negative_slope = 1.0

    maps = explain(network, epsilon_composite(epsilon=1e-9))

    expected = gradient_times_input(score_of(network), IMAGES)
    np.testing.assert_allclose(maps[:2], expected[:2], rtol=1e-2, atol=1e-3)


def normalized():
    return with_weights(
        keras.Sequential(
            [
                keras.Input((8, 8, 2)),
                layers.Conv2D(4, 3, use_bias=False),
                layers.BatchNormalization(),
                layers.ReLU(),
                layers.DepthwiseConv2D(3, depth_multiplier=2),
                layers.BatchNormalization(),
                layers.ReLU(),
                layers.GlobalAveragePooling2D(),
                layers.Dense(4),
            ]
        )
    )


def folded_by_hand(network):
    """Build the network again, with its normalizations in the weights of its convolutions."""
    convolution, first, _, depthwise, second, _, _, dense = network.layers
    copy = keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.DepthwiseConv2D(3, depth_multiplier=2, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(4),
        ]
    )
    weights = []
    for layer, normalization in ((convolution, first), (depthwise, second)):
        gamma, beta, mean, variance = (weight.numpy() for weight in normalization.weights)
        factors = gamma / np.sqrt(variance + normalization.epsilon)
        bias = layer.bias.numpy() if layer.use_bias else 0.0
        kernel = layer.kernel.numpy()
        by_kernel = factors.reshape(4, 2) if layer is depthwise else factors
        weights += [kernel * by_kernel, (bias - mean) * factors + beta]
    copy.set_weights([*weights, *dense.get_weights()])
    return copy


@pytest.mark.parametrize("composite", COMPOSITES.values(), ids=COMPOSITES.keys())
def test_a_normalization_counts_as_part_of_the_weights_before_it(composite):
    network = normalized()

    expected = explain(folded_by_hand(network), composite)

    scale = np.abs(expected).max()
    np.testing.assert_allclose(explain(network, composite), expected, atol=1e-3 * scale)


@pytest.mark.parametrize("composite", COMPOSITES.values(), ids=COMPOSITES.keys())
def test_without_biases_the_pixels_receive_the_whole_score(composite):
    network = plain(biases=False)

    maps = explain(network, composite)

    scores = score_of(network)(IMAGES)
    np.testing.assert_allclose(maps.sum(axis=(1, 2)), scores, rtol=1e-2, atol=1e-2)


def test_a_rather_than_b_is_the_relevance_of_a_less_that_of_b():
    network = plain()
    handing_back = relevance_logits(network, network, COMPOSITES["epsilon-plus"])

    def explain_rather(target, versus):
        chosen = tf.fill((3,), target), tf.fill((3,), versus)
        return lrp(lambda images: class_scores(handing_back(images), *chosen), IMAGES)

    rather = explain_rather(1, 2)

    expected = explain_rather(1, -1) - explain_rather(2, -1)
    np.testing.assert_allclose(rather, expected, rtol=1e-3, atol=1e-4)


def test_a_gate_leaves_all_relevance_to_what_it_gates():
    inputs = keras.Input((8, 8, 2))
    maps = layers.Conv2D(3, 3, use_bias=False)(inputs)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(maps)
    gate = layers.Conv2D(3, 1, activation="sigmoid")(gate)
    pooled = layers.GlobalAveragePooling2D()(layers.Multiply()([maps, gate]))
    outputs = layers.Dense(4, use_bias=False)(pooled)
    network = with_weights(keras.Model(inputs, outputs))

    received = explain(network, epsilon_composite(epsilon=1e-9))

    # The gate's bias has no part, and neither has the path through the gate.
    scores = score_of(network)(IMAGES)
    np.testing.assert_allclose(received.sum(axis=(1, 2)), scores, rtol=1e-3, atol=1e-5)


def test_the_network_computes_gradients_again_afterwards():
    network = plain()
    before = gradient_times_input(lambda images: network(images)[:, 0], IMAGES)

    explain(network, COMPOSITES["gamma-box"])

    after = gradient_times_input(lambda images: network(images)[:, 0], IMAGES)
    np.testing.assert_array_equal(before, after)


def functional(middle, **head):
    inputs = keras.Input((8, 8, 2))
    pooled = layers.GlobalAveragePooling2D()(middle(inputs))
    return keras.Model(inputs, layers.Dense(4, **head)(pooled))


class Custom(keras.layers.Layer):
    def call(self, inputs):
        return inputs * 2.0


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__(name="own_model")
        self.dense = layers.Dense(4)

    def call(self, inputs):
        return self.dense(tf.reduce_mean(inputs, axis=(1, 2)))


REFUSED = {
    "custom-layer": (
        lambda: functional(Custom(name="mine")),
        r"layer 'mine' \(Custom\) has no",
    ),
    "inner-softmax": (
        lambda: functional(layers.Activation("softmax", name="attention")),
        r"layer 'attention' \(Activation\) ends in softmax",
    ),
    "operation": (lambda: functional(lambda tensor: tensor * 2.0), "operation outside"),
    "groups": (lambda: functional(layers.Conv2D(4, 3, groups=2, name="two")), "'two'.*grouped"),
    "normalized-rows": (
        lambda: functional(layers.BatchNormalization(axis=1, name="rows")),
        "'rows'.*last axis",
    ),
    "subclassed": (Subclassed, "'own_model' is subclassed"),
    "lost-bounds": (
        lambda: functional(layers.BatchNormalization(name="first")),
        "'first'.*bounds",
    ),
}


@pytest.mark.parametrize(("build", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_network_that_has_no_rule_is_refused_by_the_layers_name(build, reason):
    network = build()

    with pytest.raises(MethodUnsupportedError, match=reason):
        explain(network, COMPOSITES["gamma-box"])
