"""Every form of network under every method: the map is right, or refused with a reason.

There is no third state. To put a method in, add to METHODS how it is run and how it is computed
a second time from a form's `Chain`, and a column to TABLE.
"""

import numpy as np
import pytest
import tensorflow as tf

from api_schemas.methods import unsupported_methods
from core.explain.gradcam import gradcam
from core.explain.saliency import saliency
from core.score import class_scores, top_targets
from tests.core.models.small_networks import FORMS, UNUSUAL, slopes

TABLE = """
form                              saliency  gradcam
functional                        right     right
softmax layer                     right     right
sequential                        right     right
sequential built by call          right     right
nested backbone                   right     right
twice nested with softmax inside  right     right
subclassed                        right     right
several inputs                    right     right
named inputs                      right     right
several outputs                   right     right
outputs in a dictionary           right     right
grayscale                         right     right
pointwise head                    right     right
pointwise head not reshaped       right     right
bare logits                       right     right
one sigmoid                       right     right
one sigmoid left out              right     right
many sigmoids                     right     right
shared layer                      right     right
layer of two outputs              right     right
half precision                    right     right
layers of training                right     right
row of tokens                     right     refused
ranked pixels                     refused   right
"""

NOBODY = tf.constant([-1, -1])
"""Asks for the top class, and for no class that it is held against."""


def run_saliency(classifier, images):
    return saliency(lambda pixels: top_score(classifier.logits(pixels)), images)


def run_gradcam(classifier, images):
    def score(pixels, watch):
        layer = classifier.spatial_layer(None)
        maps, logits = classifier.logits_watched(pixels, layer=layer, watch=watch)
        return maps, top_score(logits)

    return gradcam(score, images)


def top_score(logits):
    return class_scores(logits, top_targets(logits, NOBODY), NOBODY)


def saliency_again(scores, chain, images):
    top = scores(images).argmax(axis=1)
    by_pixel = slopes(lambda pixels: picked(scores(pixels), top), images)
    return np.abs(by_pixel).max(axis=-1)


def gradcam_again(scores, chain, images):
    maps = chain.maps(images)
    top = scores(images).argmax(axis=1)
    by_maps = slopes(lambda others: picked(chain.logits(others), top), maps)
    return np.einsum("bhwd,bd->bhw", maps, by_maps.mean(axis=(1, 2)))


def picked(scores, classes):
    """The scores [n·B] of the images' classes [B], image j having class j modulo B."""
    repeated = np.tile(classes, len(scores) // len(classes))
    return scores[np.arange(len(scores)), repeated]


def tokens_again(classifier):
    """The second implementation of the network that is no chain."""
    kernel, bias, head_kernel, head_bias = (
        weight.astype(np.float64) for weight in classifier.network.get_weights()
    )

    def scores(images):
        tokens = images.reshape(len(images), -1, images.shape[-1])
        mixed = np.maximum(tokens @ kernel + bias, 0)
        return mixed.mean(axis=1) @ head_kernel + head_bias

    return scores


METHODS = {
    "saliency": (run_saliency, saliency_again),
    "gradcam": (run_gradcam, gradcam_again),
}


def state(classifier, form, method):
    """Whether a method's map is right, refused or, what may not be, wrong."""
    unsupported = unsupported_methods(classifier.missing)
    if method in unsupported:
        assert len(unsupported[method]) > 20, "a refusal says why"
        return "refused"
    run, again = METHODS[method]
    pixels = np.random.default_rng(4).integers(0, 256, (2, 6, 6, 3), np.uint8)
    images = classifier.preprocess(tf.constant(pixels))
    explained = tf.function(lambda given: run(classifier, given), autograph=False)(images)
    scores = tokens_again(classifier) if form.chain is None else form.chain.scores
    expected = again(scores, form.chain, images.numpy().astype(np.float64))
    error = np.abs(explained.numpy() - expected).max() / np.abs(expected).max()
    return "right" if error <= form.tolerance else f"wrong by {error:.1e}"


def row_of(form, states):
    return f"{form:<32}  " + "  ".join(f"{state:<8}" for state in states).rstrip()


@pytest.mark.parametrize("form", [*FORMS, *UNUSUAL])
def test_a_method_is_right_on_a_form_or_refused_as_the_table_says(loaded, made, form):
    states = [state(loaded(form), made(form), method) for method in METHODS]

    assert row_of(form, states) in TABLE.splitlines()


def test_the_table_has_every_form_and_every_method():
    header, *rows = TABLE.strip().splitlines()

    assert header.split() == ["form", *METHODS]
    assert [row[:32].strip() for row in rows] == [*FORMS, *UNUSUAL]
