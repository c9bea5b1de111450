"""Layers are named the same at every load, and described by what a forward pass shows."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.errors import LayerNotFoundError, LayerNotSpatialError, ManifestError
from core.models.layers import LayerDescription, named_layers
from core.models.load import load_classifier
from tests.core.models.conftest import write_folder
from tests.core.models.small_networks import Form, convolution, dense, image, pool


def test_layers_of_a_nested_network_are_named_by_their_path(loaded):
    assert list(loaded("twice nested with softmax inside").layers) == [
        "whole/backbone/stem",
        "whole/backbone/last",
        "whole/backbone",
        "whole/classifier/pool",
        "whole/classifier/dense",
        "whole/classifier",
        "whole",
    ]


def test_unnamed_layers_of_a_subclass_are_named_by_their_attributes(loaded):
    assert list(loaded("subclassed").layers) == ["stem", "blocks_0/last", "blocks_0", "head"]


def test_a_subclass_that_is_loaded_again_has_the_same_layer_names(loaded, made, tmp_path):
    again = load_classifier(write_folder(tmp_path, made("subclassed")))

    assert list(again.layers) == list(loaded("subclassed").layers)


def test_two_layers_of_one_name_are_both_listed():
    class Twins(keras.Model):
        def __init__(self):
            super().__init__()
            self.first, self.second = convolution("conv"), convolution("conv")

    network = Twins()

    assert named_layers(network) == {"conv": network.first, "conv~": network.second}


def test_a_layer_that_is_reached_twice_is_named_once():
    shared = keras.layers.ReLU(name="shared")
    network = keras.Sequential([image(), keras.Sequential([shared], name="inner"), shared])

    assert list(named_layers(network).values()).count(shared) == 1


def test_layers_that_a_forward_pass_does_not_call_are_left_out(tmp_path):
    spare = convolution("spare")
    maps = convolution("last")(given := image())
    whole = keras.Model(given, [dense()(pool()(maps)), spare(maps)])
    part = keras.Model(given, whole.outputs[0])
    classifier = load_classifier(write_folder(tmp_path, Form(part, chain=None)))

    assert list(classifier.layers) == ["last", "pool", "dense"]


def test_a_layer_of_another_output_is_listed_but_not_explainable(loaded):
    colours = loaded("several outputs").layers["colours"]

    assert colours.is_spatial
    assert colours.refusal == "the class scores do not depend on it"


@pytest.mark.parametrize(
    ("form", "layer", "reason"),
    [
        ("shared layer", "again", "calls it 2 times"),
        ("layer of two outputs", "pair", "not one tensor but several"),
        ("functional", "pool", r"its output has shape \[4\]"),
    ],
)
def test_a_layer_without_a_single_map_is_refused_with_the_reason(loaded, form, layer, reason):
    classifier = loaded(form)

    with pytest.raises(LayerNotSpatialError, match=reason):
        classifier.spatial_layer(layer)


@pytest.mark.parametrize(
    ("form", "layer"), [("shared layer", "again"), ("layer of two outputs", "pair")]
)
def test_a_layer_without_a_single_output_is_neither_watched_nor_resumed(loaded, form, layer):
    classifier = loaded(form)

    with pytest.raises(LayerNotSpatialError):
        classifier.logits_watched(tf.zeros((1, 6, 6, 3)), layer=layer, watch=lambda _: None)
    with pytest.raises(LayerNotSpatialError):
        classifier.logits_resumed(
            tf.zeros((1, 6, 6, 3)), layer=layer, activations=tf.zeros((1, 6, 6, 4))
        )


def test_a_row_of_tokens_is_reported_as_having_no_map():
    tokens = LayerDescription("encoder", "Dense", (196, 768), parameters=0, calls=1)

    assert "row of tokens [196, 768]" in tokens.refusal


def test_a_misspelt_layer_is_refused_with_the_nearest_names(loaded):
    with pytest.raises(LayerNotFoundError, match="backbone/last"):
        loaded("nested backbone").layer("backbone/lust")


def test_descriptions_hold_what_keras_says_of_the_layer(loaded):
    assert loaded("functional").layers["last"] == LayerDescription(
        name="last",
        type="Conv2D",
        output_shape=(6, 6, 4),
        parameters=3 * 3 * 4 * 4 + 4,
        calls=1,
        kernel_shape=(3, 3, 4, 4),
    )


def test_kernels_are_those_of_convolutions_and_of_no_others(loaded):
    kernels = {
        name: layer.kernel_shape for name, layer in loaded("pointwise head").layers.items()
    }

    assert {name: shape for name, shape in kernels.items() if shape} == {
        "stem": (3, 3, 3, 4),
        "last": (3, 3, 4, 4),
        "logits": (1, 1, 4, 3),
    }


def test_a_layer_of_one_position_is_never_the_default_one(loaded):
    assert loaded("pointwise head").default_layer == "last"


@pytest.mark.parametrize(
    ("layer", "reason"),
    [("nowhere", "has no layer 'nowhere'"), ("pool", "its output has shape")],
)
def test_a_default_layer_that_cannot_be_explained_is_refused(tmp_path, made, layer, reason):
    folder = write_folder(tmp_path, made("functional"))
    (folder / "model.toml").write_text(
        f'{made("functional").manifest}[explain]\nlayer = "{layer}"'
    )

    with pytest.raises(ManifestError, match=reason):
        load_classifier(folder)


def test_a_network_with_its_channels_first_is_refused_by_name(tmp_path):
    turned = keras.layers.Permute((3, 1, 2))(given := image())
    maps = keras.layers.GlobalAveragePooling2D(data_format="channels_first", name="first")(
        turned
    )

    with pytest.raises(ManifestError, match="'first' has its channels first"):
        load_classifier(
            write_folder(tmp_path, Form(keras.Model(given, dense()(maps)), chain=None))
        )


def test_a_watched_layer_is_left_as_it_was_found(loaded):
    classifier = loaded("functional")
    layer = classifier.layer("last")

    @tf.function(autograph=False)
    def watched(images):
        return classifier.logits_watched(images, layer="last", watch=_failing)

    with pytest.raises(RuntimeError, match="on purpose"):
        watched(tf.constant(np.zeros((1, 6, 6, 3), np.float32)))
    assert "call" not in vars(layer)


def _failing(activations):
    raise RuntimeError("on purpose")
