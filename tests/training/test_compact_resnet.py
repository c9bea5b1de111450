"""The bundled network: small enough, and named like Keras' ResNet50V2."""

import keras
import numpy as np
import pytest
from keras import layers

from training.compact_resnet import (
    FEATURES_LAYER,
    LAST_MAP_LAYER,
    bundled_network,
    multiply_adds,
)

MOST_MULTIPLY_ADDS = 125_000_000
MOST_BYTES = 8_000_000


@pytest.fixture(scope="module")
def network():
    return bundled_network(class_count=2)


def test_one_image_costs_at_most_125_million_multiply_adds(network):
    assert multiply_adds(network) <= MOST_MULTIPLY_ADDS


def test_the_saved_network_takes_at_most_eight_megabytes(network, tmp_path):
    network.save(tmp_path / "network.keras")

    assert (tmp_path / "network.keras").stat().st_size <= MOST_BYTES


def test_the_last_map_is_fine_enough_to_see_an_animal_in(network):
    assert network.get_layer(LAST_MAP_LAYER).output.shape[1:3] == (8, 8)
    assert network.layers[-2].name == FEATURES_LAYER
    assert network.layers[-1].name == "predictions"


def test_layers_are_named_like_those_of_resnet50v2(network):
    own = {layer.name for layer in network.layers}
    keras_names = {layer.name for layer in keras.applications.ResNet50V2(weights=None).layers}

    shared_names = own & keras_names
    assert {"conv1_conv", "conv2_block1_preact_bn", "conv4_block2_2_conv"} <= shared_names
    assert own - keras_names == {"pixels"}


def test_multiply_adds_equal_the_sum_done_by_hand():
    pixels = keras.Input((8, 8, 3))
    maps = layers.Conv2D(4, 3, strides=2, padding="same")(pixels)  # 4*4 * 3*3*3*4 = 1728
    maps = layers.DepthwiseConv2D(3, padding="same")(maps)  # 4*4 * 3*3*4 = 576
    answers = layers.Dense(5)(layers.GlobalAveragePooling2D()(maps))  # 4*5 = 20

    assert multiply_adds(keras.Model(pixels, answers)) == 1728 + 576 + 20


def test_a_block_adds_to_its_input_what_its_convolutions_make(network):
    silenced = bundled_network(class_count=2)
    silenced.set_weights(network.get_weights())
    last = silenced.get_layer("conv4_block2_2_conv")
    last.set_weights([np.zeros_like(last.get_weights()[0])])
    both = keras.Model(
        silenced.input,
        [silenced.get_layer(name).output for name in ("conv4_block1_out", "conv4_block2_out")],
    )

    before, after = both(np.random.default_rng(0).normal(size=(1, 128, 128, 3)))

    np.testing.assert_array_equal(before, after)
