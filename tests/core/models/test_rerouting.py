import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.rerouting import rerouted

IMAGE = tf.ones((1, 4))


def small_network():
    return keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, name="first"), keras.layers.Dense(2)]
    )


def test_a_function_is_called_in_the_place_of_a_layer():
    network = small_network()
    first = network.get_layer("first")

    with rerouted({first: lambda inputs, **_: tf.zeros((1, 3))}):
        outputs = network(IMAGE)

    np.testing.assert_allclose(outputs, network.layers[-1].bias.numpy()[None])


def test_the_layers_are_themselves_again_after_an_error():
    network = small_network()
    first = network.get_layer("first")
    before = network(IMAGE)

    with pytest.raises(ZeroDivisionError), rerouted({first: lambda *_: 1 / 0}):
        network(IMAGE)

    np.testing.assert_array_equal(network(IMAGE), before)
    assert "call" not in vars(first)


def test_a_route_inside_a_route_gives_way_to_the_outer_one():
    network = small_network()
    first = network.get_layer("first")

    with rerouted({first: lambda inputs, **_: tf.ones((1, 3))}):
        with rerouted({first: lambda inputs, **_: tf.zeros((1, 3))}):
            pass
        outputs = network.layers[0](IMAGE)

    np.testing.assert_array_equal(outputs, np.ones((1, 3)))


def test_the_function_itself_is_left_as_it_is():
    def replacement(inputs, **options):
        return inputs

    network = small_network()
    with rerouted({network.get_layer("first"): replacement}):
        assert not hasattr(replacement, "__wrapped__")
