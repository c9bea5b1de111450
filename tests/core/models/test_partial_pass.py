"""A partial pass ends at its layers, for any size of image, and changes no network."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.errors import LayerNotFoundError, SizeUnsupportedError
from core.models.partial_pass import LOGITS, layer_shapes, partial_pass
from core.models.taps import CALLING

OWN = tf.constant(np.random.default_rng(0).uniform(-1, 1, (2, 6, 6, 3)), tf.float32)


def traced(classifier, layers, images=OWN):
    function = tf.function(
        lambda pictures: partial_pass(classifier, pictures, layers), autograph=False
    )
    return function.get_concrete_function(tf.TensorSpec(images.shape, images.dtype))


def test_a_layers_output_is_what_the_whole_network_gives_there(loaded):
    classifier = loaded("functional")
    expected = tf.function(
        lambda images: classifier.logits_watched(images, layer="last", watch=lambda _: None)
    )(OWN)

    found = traced(classifier, ["last", LOGITS])(OWN)

    np.testing.assert_allclose(found["last"], expected[0], rtol=1e-5)
    np.testing.assert_allclose(found[LOGITS], expected[1], rtol=1e-5)


def test_nothing_behind_the_last_layer_is_even_traced(loaded):
    classifier = loaded("functional")
    names = list(classifier.layers)

    whole = traced(classifier, [LOGITS]).graph.get_operations()
    part = traced(classifier, [names[0]]).graph.get_operations()

    assert len(part) < len(whole)
    assert "MatMul" in {operation.type for operation in whole}
    assert "MatMul" not in {operation.type for operation in part}


def test_the_gradient_of_a_part_is_made_of_that_part_alone(loaded):
    classifier = loaded("functional")
    first = next(iter(classifier.layers))

    @tf.function(autograph=False)
    def gradient(images):
        with tf.GradientTape() as tape:
            tape.watch(images)
            score = tf.reduce_sum(partial_pass(classifier, images, [first])[first])
        return tape.gradient(score, images)

    types = [op.type for op in gradient.get_concrete_function(OWN).graph.get_operations()]
    assert types.count("Conv2DBackpropInput") == 1
    assert "MatMul" not in types


@pytest.mark.parametrize("form", ["functional", "sequential", "subclassed", "nested backbone"])
def test_every_form_of_network_is_run_in_part_with_images_of_another_size(form, loaded):
    classifier = loaded(form)
    layer = next(
        name
        for name, layer in classifier.layers.items()
        if layer.is_spatial and layer.calls == 1
    )
    larger = tf.zeros((1, 20, 14, 3))

    found = traced(classifier, [layer], larger)(larger)[layer]

    assert found.shape[1:3] != classifier.layers[layer].output_shape[:2]


def test_a_network_takes_only_its_own_size_again_afterwards(loaded):
    classifier = loaded("functional")
    traced(classifier, [next(iter(classifier.layers))], tf.zeros((1, 20, 14, 3)))

    with pytest.raises(ValueError, match="incompatible"):
        classifier.network(tf.zeros((1, 20, 14, 3)))
    np.testing.assert_array_equal(classifier.network(OWN).shape[0], 2)


def test_layers_let_go_of_their_taps_and_of_the_lock(loaded):
    classifier = loaded("functional")
    traced(classifier, ["last"])

    assert "call" not in vars(classifier.layer("last"))
    assert CALLING.acquire(blocking=False)
    CALLING.release()


def test_the_shapes_of_layers_follow_the_size_of_the_images(loaded):
    classifier = loaded("functional")
    own = layer_shapes(classifier, ["last", LOGITS], height=6, width=6)

    larger = layer_shapes(classifier, ["last"], height=12, width=18)

    assert own["last"] == classifier.layers["last"].output_shape
    assert own[LOGITS] == (len(classifier.classes),)
    height, width, channels = own["last"]
    assert larger["last"] == (2 * height, 3 * width, channels)


def test_a_size_that_the_head_cannot_take_is_refused_with_the_own_one(tmp_path):
    from core.models.load import load_classifier

    network = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Conv2D(2, 3, name="maps"),
            keras.layers.Flatten(),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    network.save(tmp_path / "network.keras")
    (tmp_path / "model.toml").write_text(
        '[weights]\nfile = "network.keras"\n[input]\nwidth = 8\nheight = 8\n'
        'preprocessing = "unit"\n[output]\nactivation = "softmax"\nclasses = ["a", "b"]\n'
    )
    classifier = load_classifier(tmp_path)

    with pytest.raises(SizeUnsupportedError) as refused:
        layer_shapes(classifier, [LOGITS], height=16, width=16)

    assert refused.value.own_size == (8, 8)
    assert layer_shapes(classifier, ["maps"], height=16, width=16) == {"maps": (14, 14, 2)}


def test_a_layer_that_is_not_there_is_refused(loaded):
    with pytest.raises(LayerNotFoundError):
        traced(loaded("functional"), ["nowhere"])
