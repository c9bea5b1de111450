import keras
import tensorflow as tf

from core.models.layer_calls import call_behind, layer_calls

layers = keras.layers
EXAMPLE = tf.zeros((1, 6, 6, 3))


def nested_network():
    inputs = keras.Input((6, 6, 3))
    one = layers.Conv2D(2, 3, padding="same", name="one")(inputs)
    other = layers.Conv2D(2, 3, padding="same", name="other")(inputs)
    backbone = keras.Model(inputs, layers.Add(name="sum")([one, other]), name="backbone")
    return keras.Sequential(
        [
            keras.Input((6, 6, 3)),
            backbone,
            layers.Dropout(0.5, name="dropout"),
            layers.GlobalAveragePooling2D(name="pool"),
        ]
    )


def test_calls_are_listed_in_order_by_their_paths():
    network = nested_network()

    calls, _ = layer_calls(network, network, EXAMPLE)

    names = [call.name for call in calls]
    assert names == [
        "backbone/one",
        "backbone/other",
        "backbone/sum",
        "backbone",
        "dropout",
        "pool",
    ]
    assert [call.index for call in calls] == list(range(6))
    assert str(calls[2]) == "layer 'backbone/sum' (Add)"


def test_what_feeds_a_layer_is_found_through_nesting():
    network = nested_network()
    calls, output = layer_calls(network, network, EXAMPLE)
    pool = call_behind(output, calls)

    dropout = call_behind(pool.inputs[0], calls[: pool.index])
    summed = call_behind(dropout.inputs[0], calls[: dropout.index])
    summands = [call_behind(tensor, calls) for tensor in summed.inputs]

    assert pool.name == "pool"
    # At inference a Dropout puts out the very tensor that it was fed.
    assert dropout.name == "dropout"
    assert summed.name == "backbone/sum"
    assert [call.name for call in summands] == ["backbone/one", "backbone/other"]


def test_behind_the_networks_input_there_is_no_call():
    network = nested_network()
    calls, _ = layer_calls(network, network, EXAMPLE)

    assert call_behind(calls[0].inputs[0], calls) is None


def test_a_shared_layer_is_listed_at_each_of_its_calls():
    shared = layers.ReLU(name="shared")
    inputs = keras.Input((6, 6, 3))
    network = keras.Model(inputs, shared(shared(inputs)))

    calls, _ = layer_calls(network, network, EXAMPLE)

    assert [call.name for call in calls] == ["shared", "shared"]


def test_the_layers_are_themselves_again_afterwards():
    network = nested_network()

    layer_calls(network, network, EXAMPLE)

    assert not any("call" in vars(layer) for layer in network._flatten_layers())
