"""In bfloat16 a network computes its body, keeps its head and its weights, and its answers."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.errors import ManifestError
from core.models.layers import named_layers
from core.models.load import load_classifier
from core.models.pooled_head import pooled_head
from tests.core.models.conftest import write_folder
from tests.core.models.small_networks import SIDE
from tests.core.models.test_load import saved_model

PIXELS = tf.constant(np.random.default_rng(2).integers(0, 256, (4, SIDE, SIDE, 3)), tf.uint8)


@pytest.fixture
def loaded_in(made, tmp_path):
    """Load a form of network in a precision."""

    def load(name, precision):
        return load_classifier(
            write_folder(tmp_path / precision, made(name)), precision=precision
        )

    return load


CHOSEN = ("functional", "subclassed", "twice nested with softmax inside", "pointwise head")
"""Forms that find their layers and their head in different ways."""


def logits_of(classifier):
    traced = tf.function(lambda batch: classifier.logits(classifier.preprocess(batch)))
    return traced(PIXELS).numpy()


@pytest.mark.parametrize("name", CHOSEN)
def test_every_form_of_network_answers_nearly_the_same(loaded_in, name):
    exact, rough = (logits_of(loaded_in(name, p)) for p in ("float32", "bfloat16"))

    assert rough.dtype == np.float32
    # Of bfloat16's numbers, two that are next to each other differ by 1 part in 128.
    assert np.abs(rough - exact).max() <= 0.05 * np.abs(exact).max()


def test_what_lies_before_the_head_is_computed_in_bfloat16(loaded_in):
    exact, rough = (loaded_in("functional", p) for p in ("float32", "bfloat16"))

    layers = named_layers(rough.network)
    assert [layers[name].compute_dtype for name in ("stem", "last")] == ["bfloat16"] * 2
    assert not np.array_equal(logits_of(rough), logits_of(exact))


def test_the_head_and_all_weights_stay_in_single_precision(loaded_in):
    rough = loaded_in("functional", "bfloat16")

    dense = [one for one in rough.network.layers if isinstance(one, keras.layers.Dense)]
    assert dense[-1].compute_dtype == "float32"
    assert {weight.dtype for weight in rough.network.weights} == {"float32"}


def test_cam_looks_through_the_change_of_precision_before_the_head(loaded_in):
    heads = []
    for precision in ("float32", "bfloat16"):
        classifier = loaded_in("functional", precision)
        example = classifier.preprocess(tf.zeros((1, SIDE, SIDE, 3), tf.uint8))
        heads.append(pooled_head(classifier.network, classifier.raw_output, example))

    exact, rough = heads
    assert rough.layer == exact.layer
    np.testing.assert_array_equal(rough.weights, exact.weights)


def test_a_closed_graph_is_refused_since_it_computes_as_it_was_exported(tmp_path, made):
    folder = saved_model(tmp_path / "saved", made, "logits")

    with pytest.raises(ManifestError, match="precision that it was exported in"):
        load_classifier(folder, trust_code=True, precision="bfloat16")
