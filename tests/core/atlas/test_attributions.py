"""Attributions to all classes are h times the slope of each logit, whichever way they come."""

import numpy as np
import pytest
import tensorflow as tf

from core.atlas.forward_attributions import forward_attributions
from core.atlas.layer_logits import at_places
from core.atlas.reverse_attributions import reverse_attributions
from tests.core.models.small_networks import slopes

WAYS = {"forwards": forward_attributions, "backwards": reverse_attributions}
every_way = pytest.mark.parametrize("attributions", WAYS.values(), ids=WAYS)
PLACES = np.array([[[1, 2], [0, 5]], [[4, 4], [3, 1]], [[5, 0], [2, 2]]], np.int32)
"""Two in each of three images, some at the edges."""


def images_of(channels=3, count=3, seed=1):
    numbers = np.random.default_rng(seed).uniform(-1, 1, (count, 6, 6, channels))
    return numbers.astype(np.float32)


def collected(way, classifier, layer, images, places=PLACES):
    def score(pictures, watch):
        return classifier.logits_watched(pictures, layer=layer, watch=watch)

    compiled = tf.function(lambda pictures: way(score, pictures, places), autograph=False)
    return [tensor.numpy() for tensor in compiled(tf.constant(images))]


def reference(chain, images, places=PLACES):
    """By central differences in double precision, class by class."""
    maps = chain.maps(images)
    batch = np.arange(len(images))[:, np.newaxis]
    at = maps[batch, places[..., 0], places[..., 1]]
    classes = chain.logits(maps).shape[1]
    by_class = [
        np.sum(
            at
            * slopes(lambda m, k=k: chain.logits(m)[:, k], maps)[
                batch, places[..., 0], places[..., 1]
            ],
            axis=-1,
        )
        for k in range(classes)
    ]
    return at, np.stack(by_class, axis=-1)


@every_way
@pytest.mark.parametrize(
    "form",
    [
        "functional",
        "sequential",
        "twice nested with softmax inside",
        "subclassed",
        "several inputs",
        "one sigmoid",
        "pointwise head",
    ],
)
def test_attributions_are_the_slow_ones_for_every_form_of_network(network, form, attributions):
    planted, classifier = network(form)

    vectors, found = collected(attributions, classifier, planted.layer, images_of())

    expected_vectors, expected = reference(planted.chain, images_of())
    np.testing.assert_allclose(vectors, expected_vectors, atol=1e-5)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert np.abs(expected).max() > 1e-2


def test_both_ways_agree_at_a_layer_with_nonlinear_layers_after_it(network):
    _, classifier = network("functional")

    forwards, backwards = (
        collected(way, classifier, "stem", images_of()) for way in WAYS.values()
    )

    np.testing.assert_allclose(forwards[0], backwards[0], atol=1e-6)
    np.testing.assert_allclose(forwards[1], backwards[1], atol=1e-6)
    assert np.abs(backwards[1]).max() > 1e-3


@every_way
def test_at_the_stem_they_are_what_the_finite_differences_say(network, attributions):
    form, classifier = network("functional")
    images = images_of()
    _, found = collected(attributions, classifier, "stem", images)
    chain, step = form.chain, 1e-5

    def from_stem(maps):
        return chain.logits(np.maximum(convolved_last(chain, maps), 0))

    maps = stem_maps(chain, images)
    for image, row, column, place in ((0, 1, 2, 0), (1, 3, 1, 1), (2, 2, 2, 1)):
        nudged = np.repeat(maps[image : image + 1], 2, axis=0)
        nudged[0, row, column] *= 1 + step
        nudged[1, row, column] *= 1 - step
        upper, lower = from_stem(nudged)
        np.testing.assert_allclose(found[image, place], (upper - lower) / (2 * step), atol=1e-4)


def stem_maps(chain, images):
    from tests.core.models.small_networks import convolved

    return np.maximum(convolved(images.astype(np.float64), *chain.stem), 0)


def convolved_last(chain, maps):
    from tests.core.models.small_networks import convolved

    return convolved(maps, *chain.last)


@every_way
def test_an_image_is_attributed_alike_alone_and_in_company(network, attributions):
    _, classifier = network("functional")

    together = collected(attributions, classifier, "stem", images_of())
    alone = collected(attributions, classifier, "stem", images_of()[1:2], PLACES[1:2])

    np.testing.assert_allclose(alone[0], together[0][1:2], atol=1e-6)
    np.testing.assert_allclose(alone[1], together[1][1:2], atol=1e-6)


@every_way
def test_a_network_of_half_precision_is_attributed_in_single_precision(network, attributions):
    form, classifier = network("half precision")

    vectors, found = collected(attributions, classifier, form.layer, images_of())

    expected_vectors, expected = reference(form.chain, images_of())
    assert vectors.dtype == found.dtype == np.float32
    np.testing.assert_allclose(vectors, expected_vectors, atol=0.02)
    np.testing.assert_allclose(found, expected, atol=0.02)


def test_vectors_are_picked_at_each_images_own_places():
    maps = np.arange(2 * 3 * 4 * 2, dtype=np.float32).reshape(2, 3, 4, 2)

    picked = at_places(tf.constant(maps), np.array([[[2, 3]], [[0, 1]]], np.int32))

    np.testing.assert_array_equal(picked, [[maps[0, 2, 3]], [maps[1, 0, 1]]])
