"""A collector picks, from pixels, what the network has at the places, the cheaper way round."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.atlas import collect
from core.atlas.collect import attribution_collector, code_collector, vector_collector
from core.errors import LayerNotFoundError, LayerNotSpatialError
from core.models.load import load_classifier
from tests.core.models.conftest import write_folder
from tests.core.models.small_networks import Form, convolution, dense, image, pool


def pixels_of(count=4):
    numbers = np.random.default_rng(2).integers(0, 256, (count, 6, 6, 3))
    return numbers.astype(np.uint8)


def places_of(count=4, per_image=2):
    numbers = np.random.default_rng(3).integers(0, 6, (count, per_image, 2))
    return numbers.astype(np.int32)


def scaled(pixels):
    return pixels / 127.5 - 1.0


def test_vectors_are_the_layers_own_at_the_places(network):
    form, classifier = network("nested backbone")
    pixels, places = pixels_of(), places_of()

    vectors = vector_collector(classifier, layer=form.layer)(pixels, places)

    maps = form.chain.maps(scaled(pixels))
    expected = maps[np.arange(4)[:, np.newaxis], places[..., 0], places[..., 1]]
    np.testing.assert_allclose(vectors, expected, atol=1e-5)


def test_a_code_is_the_mean_over_the_whole_map(network):
    form, classifier = network("functional")

    codes, _ = code_collector(classifier, layer="last")(pixels_of())

    expected = form.chain.maps(scaled(pixels_of())).mean(axis=(1, 2))[:, np.newaxis]
    np.testing.assert_allclose(codes, expected, atol=1e-5)


def test_leads_tell_the_probabilities_and_sum_to_nothing(network):
    form, classifier = network("functional")

    _, leads = code_collector(classifier, layer="last")(pixels_of())

    assert leads.shape == (4, 1, 3)
    np.testing.assert_allclose(np.sum(leads, axis=2), 0.0, atol=1e-5)
    odds = np.exp(leads[:, 0] - np.max(leads, axis=2))
    expected = form.network(scaled(pixels_of())).numpy()
    np.testing.assert_allclose(odds / odds.sum(axis=1, keepdims=True), expected, atol=1e-5)


@pytest.mark.parametrize(
    ("per_image", "way"), [(1, "forward"), (4, "forward"), (5, "reverse"), (9, "reverse")]
)
def test_the_way_that_costs_less_for_three_classes_is_taken(
    network, monkeypatch, per_image, way
):
    _, classifier = network("functional")
    taken = []
    for name in ("forward", "reverse"):
        original = getattr(collect, f"{name}_attributions")

        def noted(*given, name=name, original=original):
            taken.append(name)
            return original(*given)

        monkeypatch.setattr(collect, f"{name}_attributions", noted)

    collector = attribution_collector(classifier, layer="last", per_image=per_image)
    vectors, attributions = collector(pixels_of(), places_of(per_image=per_image))

    assert set(taken) == {way}
    assert vectors.shape == (4, per_image, 4)
    assert attributions.shape == (4, per_image, 3)


def test_batches_of_all_sizes_share_one_trace(network):
    _, classifier = network("functional")
    collector = attribution_collector(classifier, layer="stem", per_image=1)

    for count in (4, 1, 3):
        collector(pixels_of(count), places_of(count, 1))

    assert collector.experimental_get_tracing_count() == 1


@keras.saving.register_keras_serializable(package="atlas")
class Enlarged(keras.layers.Layer):
    """Has a gradient whose own gradient TensorFlow does not know."""

    def call(self, maps):
        return tf.raw_ops.ResizeBicubic(images=maps, size=[8, 8])


@pytest.fixture(scope="module")
def once_differentiable(tmp_path_factory):
    keras.utils.set_random_seed(7)
    stem, last = convolution("stem"), convolution("last")
    maps = Enlarged(name="enlarged")(last(stem(given := image())))
    form = Form(keras.Model(given, dense()(pool()(maps))), None)
    return load_classifier(write_folder(tmp_path_factory.mktemp("models") / "once", form))


def test_a_network_that_has_no_second_derivative_is_attributed_backwards(once_differentiable):
    with pytest.raises(LookupError):
        tf.function(
            lambda pictures: collect.forward_attributions(
                lambda images, watch: once_differentiable.logits_watched(
                    images, layer="last", watch=watch
                ),
                pictures,
                places_of(per_image=1),
            ),
            autograph=False,
        )(tf.zeros((4, 6, 6, 3)))

    collector = attribution_collector(once_differentiable, layer="last", per_image=1)
    _, attributions = collector(pixels_of(), places_of(per_image=1))

    assert np.abs(attributions).max() > 0


def test_a_layer_without_maps_and_one_that_is_not_there_are_refused(network):
    _, classifier = network("functional")

    with pytest.raises(LayerNotSpatialError):
        vector_collector(classifier, layer="dense")
    with pytest.raises(LayerNotFoundError):
        attribution_collector(classifier, layer="nowhere", per_image=1)
