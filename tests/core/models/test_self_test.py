"""The self-test finds networks out for which a method, or any method, would be wrong."""

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.errors import ManifestError
from core.models.classifier import Classifier
from core.models.load import load_classifier
from core.models.self_test import alike, untrue_beliefs
from tests.core.models.conftest import write_folder
from tests.core.models.small_networks import (
    CHANNELS,
    CLASSES,
    SIDE,
    Form,
    convolution,
    dense,
    image,
    pool,
)


@keras.saving.register_keras_serializable(package="self_test")
class Odd(keras.layers.Layer):
    """Does to its input what `kind` says, as no layer of a classifier should."""

    def __init__(self, kind, **options):
        super().__init__(**options)
        self.kind = kind

    def get_config(self):
        return super().get_config() | {"kind": self.kind}

    def call(self, maps):
        match self.kind:
            case "random":
                return maps + tf.random.normal(tf.shape(maps))
            case "company":
                return maps - tf.reduce_mean(maps, axis=0, keepdims=True)
            case "stopped":
                return tf.stop_gradient(maps)
            case "sorted":
                return tf.cast(tf.argsort(maps, axis=-1), maps.dtype)
            case "infinite":
                return maps / 0.0
        return maps


def with_odd_layer(kind, *, first=False):
    odd = Odd(kind, name="odd")
    layers = [convolution("stem"), convolution("last")]
    layers.insert(0 if first else 2, odd)
    return keras.Sequential([image(), *layers, pool(), dense()])


def load(folder, network, **changes):
    return load_classifier(write_folder(folder, replace(Form(network, chain=None), **changes)))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("random", "a layer is random"),
        ("company", "depend on the other images"),
        ("infinite", "not finite"),
    ],
)
def test_a_network_that_no_method_could_explain_is_refused(tmp_path, kind, words):
    with pytest.raises(ManifestError, match=words):
        load(tmp_path, with_odd_layer(kind))


@pytest.mark.parametrize("kind", ["stopped", "sorted"])
def test_gradients_by_the_image_that_do_not_exist_are_refused(tmp_path, kind):
    classifier = load(tmp_path, with_odd_layer(kind, first=True))

    assert set(classifier.missing) >= {"image-gradient"}
    assert not set(classifier.missing) & {"layer", "layer-gradient", "replaced-layer"}


def test_gradients_by_the_maps_that_do_not_exist_are_refused(tmp_path):
    maps = convolution("last")(given := image())
    head = dense()(pool()(Odd("stopped", name="odd")(maps)))
    classifier = load(tmp_path, keras.Model(given, head), fed='[explain]\nlayer = "last"')

    assert set(classifier.missing) >= {"layer-gradient", "image-gradient"}
    assert not set(classifier.missing) & {"layer", "replaced-layer"}


def test_softmax_written_by_hand_is_not_taken_for_logits(tmp_path):
    keras.utils.set_random_seed(7)
    scores = dense(activation=None)(pool()(convolution("last")(given := image())))
    raised = keras.ops.exp(scores)
    network = keras.Model(given, raised / keras.ops.sum(raised, axis=-1, keepdims=True))

    with pytest.raises(ManifestError, match="adds up to 1 as probabilities do"):
        load(tmp_path, network, answered=Form.answered.replace("softmax", "logits"))


def test_without_rectifiers_the_methods_that_change_them_are_refused(tmp_path):
    network = keras.Sequential([image(), convolution("last", "tanh"), pool(), dense()])

    classifier = load(tmp_path, network)

    assert set(classifier.missing) == {"rectifiers"}
    assert "no ReLU" in classifier.missing["rectifiers"]


def test_without_maps_the_class_activation_maps_are_refused(tmp_path):
    tokens = keras.layers.Reshape((SIDE * SIDE, CHANNELS), name="tokens")
    mixing = keras.layers.Dense(5, activation="relu", name="mixing")
    mean = keras.layers.GlobalAveragePooling1D()
    classifier = load(tmp_path, keras.Sequential([image(), tokens, mixing, mean, dense()]))

    assert classifier.default_layer == ""
    assert set(classifier.missing) == {"layer", "pooled-head"}


def test_a_head_of_two_dense_layers_refuses_only_cam(tmp_path):
    hidden = keras.layers.Dense(5, activation="relu", name="hidden")
    network = keras.Sequential([image(), convolution("last"), pool(), hidden, dense()])

    classifier = load(tmp_path, network)

    assert set(classifier.missing) == {"pooled-head"}
    assert "hidden" in classifier.missing["pooled-head"]


class WatchedWrongly(Classifier):
    """A classifier whose split model is not the whole."""

    def logits_watched(self, images, *, layer, watch):
        maps, logits = super().logits_watched(images, layer=layer, watch=watch)
        return maps, 1.1 * logits


class ResumedWrongly(Classifier):
    """A classifier that resumes at half the maps."""

    def logits_resumed(self, images, *, layer, activations):
        return super().logits_resumed(images, layer=layer, activations=0.5 * activations)


class DifferentiatedWrongly(Classifier):
    """A classifier whose split model scores right, with gradients that are wrong."""

    def logits_watched(self, images, *, layer, watch):
        maps, logits = super().logits_watched(images, layer=layer, watch=watch)
        return maps, logits + 0.2 * (
            tf.reduce_mean(maps, (1, 2))[:, :CLASSES]
            - tf.stop_gradient(tf.reduce_mean(maps, (1, 2))[:, :CLASSES])
        )


@pytest.mark.parametrize(
    ("wrong", "missing"),
    [
        (WatchedWrongly, {"layer"}),
        (ResumedWrongly, {"replaced-layer", "layer-gradient"}),
        (DifferentiatedWrongly, {"layer-gradient"}),
    ],
)
def test_a_split_that_is_not_faithful_refuses_what_relies_on_it(loaded, wrong, missing):
    right = loaded("functional")

    assert set(untrue_beliefs(wrong(**vars(right)))) == missing


def test_arrays_are_alike_up_to_a_part_of_the_largest_value():
    assert alike(np.array([1000.0, 0.5]), np.array([1000.0, 0.0]), 1e-3)
    assert not alike(np.array([1000.0, 2.0]), np.array([1000.0, 0.0]), 1e-3)
    assert alike(np.zeros(2), np.zeros(2), 1e-3)
