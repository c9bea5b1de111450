"""Every method has a kernel, batches change no answer, and nothing is traced twice."""

import numpy as np
import pytest
import tensorflow as tf

from api_schemas.auto import AUTO_METHOD
from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS
from core.explain.gradcam import gradcam
from core.models.load import load_classifier
from core.progress import untracked
from core.score import class_scores
from tests.workers.deliveries import image
from workers.batching import stack_padded
from workers.kernels import compile_kernel
from workers.many_pass import MANY_PASS_KERNELS
from workers.network_passes import NetworkPasses
from workers.one_pass import ONE_PASS_KERNELS


@pytest.fixture(scope="module")
def passes(models_folder):
    return NetworkPasses(load_classifier(models_folder / "tiny"))


def classes(*indices: int) -> tf.Tensor:
    return tf.constant(indices, tf.int32)


def run(passes, order: ExplanationOrder, images, targets):
    explain = compile_kernel(passes, order, max_images=8)
    nothing = classes(*[-1] * len(images))
    return explain(tf.constant(np.stack(images)), classes(*targets), nothing, untracked)


def test_every_method_has_exactly_one_kernel_and_every_kernel_a_method():
    kernels = [*ONE_PASS_KERNELS, *MANY_PASS_KERNELS]

    # The automatic choice runs the others' kernels.
    assert sorted([*kernels, AUTO_METHOD.name]) == sorted(METHODS)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_long_methods_are_those_of_many_passes(method):
    takes_many_passes = method.name in MANY_PASS_KERNELS or method is AUTO_METHOD

    assert method.is_long == takes_many_passes


def test_a_kernel_in_a_worker_gives_what_it_gives_by_itself(passes):
    classifier = passes.classifier
    images = [image(1), image(2)]
    order = ExplanationOrder(model="tiny", method="gradcam", layer="second")

    explained = run(passes, order, images, [0, 1])

    def score(batch, watch):
        activations, logits = classifier.logits_watched(batch, layer="second", watch=watch)
        return activations, class_scores(logits, classes(0, 1), classes(-1, -1))

    @tf.function
    def directly(pixels):
        return gradcam(score, classifier.preprocess(pixels))

    expected = directly(tf.constant(np.stack(images)))
    np.testing.assert_allclose(explained.maps, expected, rtol=1e-4, atol=1e-7)


def test_the_class_left_open_is_the_one_with_the_highest_score(passes):
    order = ExplanationOrder(model="tiny", method=None)

    explained = run(passes, order, [image(seed) for seed in range(6)], [-1] * 6)

    np.testing.assert_array_equal(explained.targets, np.argmax(explained.logits, axis=1))
    assert explained.maps is None


@pytest.mark.parametrize("method", ["gradcam", "saliency"])
def test_an_image_is_explained_alike_alone_and_in_padded_company(passes, method):
    layer = "second" if METHODS[method].uses_layer else None
    order = ExplanationOrder(model="tiny", method=method, layer=layer)
    images = [image(seed) for seed in range(5)]

    together = run(passes, order, stack_padded(images), [1] * 6).maps
    alone = [run(passes, order, [one], [1]).maps[0] for one in images]

    np.testing.assert_allclose(together[:5], alone, rtol=1e-3, atol=1e-6)


def test_batches_of_many_sizes_are_traced_once(passes, monkeypatch):
    tracings = []
    preprocess = type(passes.classifier).preprocess

    def counted(classifier, pixels):
        tracings.append(pixels.shape)
        return preprocess(classifier, pixels)

    monkeypatch.setattr(type(passes.classifier), "preprocess", counted)
    order = ExplanationOrder(model="tiny", method="gradcam", layer="second")
    explain = compile_kernel(passes, order, max_images=8)
    for size, target in ((1, 0), (3, 1), (8, 0), (1, 1), (4, -1)):
        images = tf.constant(np.stack([image(seed) for seed in range(size)]))
        explain(images, classes(*[target] * size), classes(*[-1] * size), untracked)

    assert len(tracings) == 1
