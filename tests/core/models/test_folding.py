"""Folded normalizations: Keras' own numbers in fewer steps, and only where that holds."""

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models import load
from core.models.folding import Folding, folding_of
from core.models.linear_maps import LinearMap
from core.models.taps import tapped
from tests.core.models.conftest import write_folder
from tests.core.models.small_networks import SIDE, Form, dense, image, pool

NUMBERS = np.random.default_rng(5)
IMAGES = tf.constant(NUMBERS.standard_normal((3, SIDE, SIDE, 3)), tf.float32)
LAYERS = keras.layers


def drawn(network: keras.Model) -> keras.Model:
    """Give every weight some value that is neither 0 nor 1; variances stay positive."""
    network.set_weights([NUMBERS.uniform(0.2, 1.5, w.shape) for w in network.get_weights()])
    return network


def chain(*layers: keras.Layer) -> keras.Model:
    return drawn(keras.Sequential([image(), *layers, pool(), dense()]))


def conv(**options: Any) -> keras.layers.Conv2D:
    return LAYERS.Conv2D(4, 3, name="conv", **options)


def norm(**options: Any) -> keras.layers.BatchNormalization:
    return LAYERS.BatchNormalization(name="norm", **options)


def folded(network: keras.Model, *changing: keras.Layer) -> Folding:
    return folding_of(network, network, IMAGES, changing=changing)


FOLDED = {
    "convolution": lambda: [conv(), norm()],
    "convolution without a bias": lambda: [conv(use_bias=False), norm()],
    "strides and padding": lambda: [conv(strides=2, padding="same"), norm()],
    "dilation": lambda: [conv(dilation_rate=2, padding="same"), norm()],
    "groups": lambda: [LAYERS.Conv2D(6, 3, groups=3), norm()],
    "depthwise": lambda: [LAYERS.DepthwiseConv2D(3, padding="same"), norm()],
    "depthwise, two maps a channel": lambda: [
        LAYERS.DepthwiseConv2D(3, depth_multiplier=2, strides=2),
        norm(),
    ],
    "separable": lambda: [LAYERS.SeparableConv2D(5, 3, padding="same"), norm()],
    "separable, two maps a channel": lambda: [
        LAYERS.SeparableConv2D(5, 3, depth_multiplier=2, strides=2),
        norm(),
    ],
    "neither scale nor offset": lambda: [conv(), norm(scale=False, center=False)],
    "another epsilon, the axis by its number": lambda: [conv(), norm(epsilon=0.3, axis=3)],
    "rectified behind": lambda: [conv(), norm(), LAYERS.ReLU(6.0)],
}


@pytest.mark.parametrize("layers", FOLDED.values(), ids=FOLDED)
def test_a_folded_network_answers_what_keras_does(layers):
    network = chain(*layers())
    folding = folded(network)

    with folding.in_force():
        answers = network(IMAGES)

    assert len(folding.layers) == 1
    np.testing.assert_allclose(answers, network(IMAGES), rtol=1e-5)


def conv_seen_twice() -> keras.Model:
    maps = conv(padding="same")(given := image())
    both = LAYERS.Add()([norm()(maps), maps])
    return keras.Model(given, dense()(pool()(both)))


def conv_called_twice() -> keras.Model:
    shared = LAYERS.Conv2D(3, 3, padding="same")
    maps = norm()(shared(shared(given := image())))
    return keras.Model(given, dense()(pool()(maps)))


def normalization_called_twice() -> keras.Model:
    shared = norm()
    maps = shared(LAYERS.Conv2D(4, 3, padding="same")(shared(conv()(given := image()))))
    return keras.Model(given, dense()(pool()(maps)))


def conv_at_the_end_of_a_part() -> keras.Model:
    part = keras.Sequential([image(), conv()], name="part")
    return chain(part, norm())


class SeenOutside(keras.Model):
    """Uses a convolution's output in an operation that is no layer."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm, self.dense = conv(), norm(), dense()

    def call(self, images: Any) -> Any:
        maps = self.conv(images)
        return self.dense(keras.ops.mean(self.norm(maps) * maps, axis=(1, 2)))


class Convolution(LAYERS.Conv2D):
    """Might compute anything."""


def seen_outside() -> keras.Model:
    network = SeenOutside()
    network(IMAGES)
    return network


UNFOLDED = {
    "an activation between": lambda: chain(conv(activation="relu"), norm()),
    "a layer between": lambda: chain(conv(), LAYERS.ReLU(), norm()),
    "no convolution before": lambda: chain(norm(), conv()),
    "along another axis": lambda: chain(conv(padding="same"), norm(axis=1)),
    "a class of somebody's own": lambda: chain(Convolution(4, 3), norm()),
    "the convolution is used twice": conv_seen_twice,
    "the convolution is called twice": conv_called_twice,
    "the normalization is called twice": normalization_called_twice,
    "the convolution ends a part that can be listened in on": conv_at_the_end_of_a_part,
    "the convolution is used outside of layers": seen_outside,
}


@pytest.mark.parametrize("make", UNFOLDED.values(), ids=UNFOLDED)
def test_nothing_is_folded_where_it_is_no_single_linear_map(make):
    assert folded(make()).layers == ()


def test_a_convolution_that_is_the_chosen_output_is_not_folded():
    maps = conv()(given := image())
    network = keras.Model(given, [maps, norm()(maps)])

    first, second = (
        folding_of(network, lambda images, at=at: network(images)[at], IMAGES, changing=())
        for at in (0, 1)
    )
    assert (len(first.layers), len(second.layers)) == (0, 1)


def test_a_layer_whose_weights_will_change_is_not_folded():
    network = chain(conv(), norm())

    assert folded(network, network.get_layer("conv")).layers == ()


@pytest.mark.parametrize("name", ["conv", "norm"])
def test_who_listens_in_hears_what_the_layer_itself_puts_out(name):
    network = chain(conv(), norm())
    folding, heard = folded(network), []

    def hear(output: tf.Tensor) -> tf.Tensor:
        heard.append(output)
        return output

    for context in (folding, Folding()):
        with tapped(network.get_layer(name), hear), context.in_force():
            network.get_layer("norm")(network.get_layer("conv")(IMAGES))

    np.testing.assert_array_equal(heard[0], heard[1])


def test_the_layers_are_themselves_again_behind_it():
    network = chain(conv(), norm())
    before = network(IMAGES)

    with folded(network).in_force():
        pass

    np.testing.assert_array_equal(network(IMAGES), before)


def form_of(network: keras.Model) -> Form:
    return Form(network, chain=None, layer="")


def classifier_of(network: keras.Model, folder, **options: Any):
    return load.load_classifier(write_folder(folder, form_of(network)), **options)


def two_blocks() -> keras.Model:
    block = keras.Sequential([LAYERS.DepthwiseConv2D(3), LAYERS.BatchNormalization()])
    maps = LAYERS.ReLU()(block(LAYERS.ReLU()(norm()(conv()(given := image())))))
    return drawn(keras.Model(given, dense()(pool()(maps))))


def operations(classifier) -> set[str]:
    """The kinds of operations that a forward pass is compiled to."""
    traced = tf.function(classifier.raw_output, autograph=False)
    graph = traced.get_concrete_function(tf.TensorSpec(IMAGES.shape)).graph
    return {operation.type for operation in graph.get_operations()}


def test_a_loaded_network_computes_no_normalization_but_the_same_answers(tmp_path):
    classifier = classifier_of(two_blocks(), tmp_path)
    own = classifier.unfolded()

    normalizing = {"Rsqrt", "Mul", "Sub"}
    assert normalizing <= operations(own)
    assert not normalizing & operations(classifier)
    np.testing.assert_allclose(classifier.raw_output(IMAGES), own.raw_output(IMAGES), rtol=1e-5)
    np.testing.assert_array_equal(own.raw_output(IMAGES), classifier.network(IMAGES))


def test_the_gradient_by_the_image_is_that_of_the_network(tmp_path):
    classifier = classifier_of(two_blocks(), tmp_path)

    def gradient(one):
        with tf.GradientTape() as tape:
            tape.watch(IMAGES)
            score = tf.reduce_sum(one.raw_output(IMAGES)[:, 0])
        return tape.gradient(score, IMAGES)

    found, own = gradient(classifier), gradient(classifier.unfolded())
    np.testing.assert_allclose(found, own, rtol=1e-4, atol=1e-6 * np.abs(own).max())


def test_the_folded_weights_are_counted(tmp_path):
    folding = classifier_of(two_blocks(), tmp_path).folding

    convolution, depthwise = 3 * 3 * 3 * 4 + 4, 3 * 3 * 4 + 4
    assert folding.weight_bytes == 4 * (convolution + depthwise)


def test_in_bfloat16_the_folded_network_answers_nearly_the_same(tmp_path):
    network = two_blocks()
    exact, rough = (
        classifier_of(network, tmp_path / precision, precision=precision)
        for precision in ("float32", "bfloat16")
    )

    assert len(rough.folding.layers) == len(exact.folding.layers) == 2
    scores, others = (one.raw_output(IMAGES).numpy() for one in (exact, rough))
    assert not np.array_equal(scores, others)
    np.testing.assert_allclose(others, scores, atol=0.05 * np.abs(scores).max())


def test_what_does_not_answer_the_same_is_not_folded(tmp_path, monkeypatch):
    def folded_wrongly(*arguments: Any, **options: Any) -> Folding:
        right = folding_of(*arguments, **options)
        twice = LinearMap(
            right.layers[0].last.apply,
            2 * right.layers[0].last.kernel,
            right.layers[0].last.bias,
        )
        return Folding((replace(right.layers[0], last=twice), *right.layers[1:]))

    monkeypatch.setattr(load, "folding_of", folded_wrongly)

    assert classifier_of(two_blocks(), tmp_path).folding.layers == ()


def test_a_head_with_a_normalization_behind_it_can_still_be_drawn_anew(tmp_path):
    layers = [LAYERS.ReLU(), LAYERS.Conv2D(3, 1, name="head"), norm(), pool(), LAYERS.Softmax()]
    network = drawn(keras.Sequential([image(), conv(), *layers]))
    classifier = classifier_of(network, tmp_path)

    before = classifier.raw_output(IMAGES)
    head = classifier.layer("head")
    head.kernel.assign(-head.kernel)

    assert classifier.folding.layers == ()
    assert not np.allclose(classifier.raw_output(IMAGES), before)
