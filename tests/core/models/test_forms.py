"""Every form of network scores, is watched and is resumed as its second implementation says."""

from functools import cache

import numpy as np
import pytest
import tensorflow as tf

from tests.core.models.small_networks import FORMS, slopes

every_form = pytest.mark.parametrize("form", FORMS)
CLASS_WEIGHTS = np.array([0.7, -1.3, 0.4])


@pytest.fixture(scope="module")
def looked_at(loaded, made):
    """What a classifier gives, traced as the worker does, beside what its chain gives."""

    @cache
    def look(name):
        classifier, form = loaded(name), made(name)
        images = classifier.preprocess(some_pixels())
        chain_maps = form.chain.maps(images.numpy())
        other_maps = np.random.default_rng(3).uniform(0, 1, chain_maps.shape)
        weights = CLASS_WEIGHTS[: len(classifier.classes)]
        answers = traced(classifier, form.layer, weights)(
            images, tf.constant(other_maps, tf.float32)
        )
        expected = {
            "logits": form.chain.scores(images.numpy()),
            "maps": chain_maps,
            "watched": form.chain.logits(chain_maps),
            "resumed": form.chain.logits(other_maps),
            "by_maps": slopes(lambda maps: form.chain.logits(maps) @ weights, chain_maps),
            "by_images": slopes(
                lambda pixels: form.chain.scores(pixels) @ weights, images.numpy()
            ),
        }
        return {name: number.numpy() for name, number in answers.items()}, expected

    return look


def some_pixels():
    return tf.constant(np.random.default_rng(2).integers(0, 256, (2, 6, 6, 3), np.uint8))


def traced(classifier, layer, weights):
    @tf.function(autograph=False)
    def answers(images, other_maps):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            maps, watched = classifier.logits_watched(images, layer=layer, watch=tape.watch)
            score = tf.linalg.matvec(watched, tf.constant(weights, tf.float32))
        by_maps = tape.gradient(score, maps)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(images)
            logits = classifier.logits(images)
            score = tf.linalg.matvec(logits, tf.constant(weights, tf.float32))
        return {
            "logits": logits,
            "maps": maps,
            "watched": watched,
            "resumed": classifier.logits_resumed(images, layer=layer, activations=other_maps),
            "by_maps": by_maps,
            "by_images": tape.gradient(score, images),
        }

    return answers


@every_form
@pytest.mark.parametrize(
    "what", ["logits", "maps", "watched", "resumed", "by_maps", "by_images"]
)
def test_a_network_of_any_form_agrees_with_its_second_implementation(
    looked_at, made, form, what
):
    answers, expected = looked_at(form)

    largest = np.abs(expected[what]).max()
    np.testing.assert_allclose(
        answers[what], expected[what], rtol=0, atol=made(form).tolerance * largest
    )


@every_form
def test_maps_and_scores_are_floats_of_32_bits_in_any_form(looked_at, form):
    answers, _ = looked_at(form)

    assert {answer.dtype for answer in answers.values()} == {np.dtype("float32")}


@every_form
def test_the_default_layer_is_the_last_spatial_one_before_the_scores(loaded, made, form):
    assert loaded(form).default_layer in (made(form).layer, *FOLLOWS.get(form, ()))


FOLLOWS = {
    "nested backbone": ["backbone"],
    "twice nested with softmax inside": ["whole/backbone"],
    "subclassed": ["blocks_0"],
    "layers of training": ["spatial_dropout2d"],
}
"""Layers that put out the very maps of the last convolution, and end after it."""


@every_form
def test_no_method_is_refused_that_the_form_supports(loaded, form):
    assert set(loaded(form).missing) <= {"pooled-head"}
