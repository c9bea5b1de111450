"""A tap sees or replaces what a layer puts out, for its time and its thread alone."""

import threading

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.taps import all_tapped, tapped

ONES = np.ones((1, 2), np.float32)


@pytest.fixture
def layer():
    return keras.layers.Rescaling(3.0)


def test_a_tapped_layer_puts_out_what_the_hook_gives(layer):
    with tapped(layer, lambda output: output + 1):
        assert layer(ONES).numpy().tolist() == [[4, 4]]
    assert layer(ONES).numpy().tolist() == [[3, 3]]


def test_taps_of_one_layer_are_passed_one_after_another(layer):
    with tapped(layer, lambda output: output + 1), tapped(layer, lambda output: output * 2):
        assert layer(ONES).numpy().tolist() == [[8, 8]]
    assert layer(ONES).numpy().tolist() == [[3, 3]]


def test_several_layers_are_tapped_together_and_let_go_together(layer):
    other = keras.layers.Rescaling(5.0)
    seen = {}
    hooks = {
        name: (tapped_layer, lambda output, name=name: seen.setdefault(name, output))
        for name, tapped_layer in {"three": layer, "five": other}.items()
    }

    with all_tapped(hooks):
        other(layer(ONES))

    assert {name: float(output[0, 0]) for name, output in seen.items()} == {
        "three": 3,
        "five": 15,
    }
    assert "call" not in vars(layer)


def test_a_layer_with_a_call_of_its_own_gets_it_back(layer):
    def own(inputs):
        return inputs

    object.__setattr__(layer, "call", own)
    with pytest.raises(ZeroDivisionError), tapped(layer, lambda _: 1 / 0):
        layer(ONES)

    assert vars(layer)["call"] is own


def test_another_thread_waits_until_a_layer_is_let_go(loaded):
    classifier = loaded("functional")
    score = tf.function(classifier.logits, autograph=False)
    images = tf.zeros((1, 6, 6, 3))
    expected = score(images).numpy()
    found = []
    other = threading.Thread(
        target=lambda: found.append(
            tf.function(classifier.logits, autograph=False)(images).numpy()
        )
    )

    with tapped(classifier.layer("last"), tf.zeros_like):
        other.start()
        other.join(timeout=0.2)
        assert other.is_alive()
    other.join(timeout=30)

    np.testing.assert_array_equal(found, [expected])
