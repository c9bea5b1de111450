"""What every method promises as a worker runs it, whatever its formula.

The methods are taken from the table, so that a new one is held to all of this unasked.
"""

import contextlib

import keras
import numpy as np
import pytest
import tensorflow as tf

from api_schemas.auto import AUTO_METHOD
from api_schemas.methods import METHODS
from core.errors import MethodUnsupportedError
from core.models import classifier as classifiers
from core.models.load import load_classifier
from core.progress import untracked
from tests.tiny_model import write_tiny_model
from tests.workers import test_methods_on_forms as on_forms
from workers import one_pass
from workers.kernels import compile_kernel
from workers.many_pass import MANY_PASS_KERNELS
from workers.network_passes import NetworkPasses
from workers.one_pass import ONE_PASS_KERNELS, OnePass
from workers.targeted_scores import TargetedScores

NAMES = [name for name in METHODS if name != AUTO_METHOD.name]
"""`auto` computes nothing itself: it runs others of them."""
RANDOM = [name for name in NAMES if METHODS[name].uses_seed]
MAX_IMAGES = 6
LAYER_SIDES, IMAGE_SIDES, GRID_SIDES = (8, 8), (32, 32), (2, 2)

NOT_ANTISYMMETRIC = {
    "saliency": "it takes magnitudes",
    "smoothgrad": "it takes magnitudes",
    "squaregrad": "it squares",
    "vargrad": "a variance has no sign",
    "sobol": "a variance has no sign",
    "eigencam": "it does not look at the class",
    "guided-backpropagation": "it cuts off what is negative",
    "deconvolution": "it cuts off what is negative",
    "guided-gradcam": "it cuts off what is negative",
    "gradcam-plus-plus": "it cuts off what is negative",
    "layercam": "it cuts off what is negative",
    "xrai": "the regions grow from what speaks most for the class",
}
"""Methods whose map of "A rather than B" is not that of "B rather than A" turned over."""

NEED_GRADIENTS = {
    name
    for name, method in METHODS.items()
    if {"image-gradient", "layer-gradient"} & set(method.needs)
}
"""Methods that the self-test at load refuses where a network has no gradients."""

every_method = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def passes(tmp_path_factory):
    return passes_in("float32", tmp_path_factory.mktemp("models"))


def passes_in(precision, folder):
    written = write_tiny_model(folder, classes=("cat", "dog", "owl"))
    return NetworkPasses(load_classifier(written, precision=precision))


@pytest.fixture(scope="module")
def explain(passes):
    """Explain images by a method, as a worker does; each is compiled once for all tests."""
    compiled = {}

    def maps(name, images, *, targets=None, versus=None, seed=5, max_images=MAX_IMAGES):
        key = (name, seed, max_images)
        if key not in compiled:
            order = order_of(name).model_copy(update={"seed": seed, "layer": layer_of(name)})
            compiled[key] = compile_kernel(passes, order, max_images=max_images)
        targets, versus = targets or [1] * len(images), versus or [-1] * len(images)
        return np.asarray(
            compiled[key](
                tf.constant(images),
                tf.constant(targets, tf.int32),
                tf.constant(versus, tf.int32),
                untracked,
            ).maps
        )

    return maps


def order_of(name):
    """Order a method with parameters that are fast, and superpixels whose sets are drawn."""
    order = on_forms.order_of(name)
    drawn = {"superpixel_count": 12} if "superpixel_count" in order.parameters else {}
    return order.model_copy(update={"parameters": {**order.parameters, **drawn}})


def layer_of(name):
    return "second" if METHODS[name].uses_layer else None


def patchwork(seed):
    """Draw [32, 32, 3] uint8: fields of one colour each, with a little noise."""
    random = np.random.default_rng(seed)
    fields = np.kron(random.integers(30, 226, (4, 4, 3)), np.ones((8, 8, 1), int))
    return (fields + random.integers(-20, 21, fields.shape)).astype(np.uint8)


IMAGES = np.stack([patchwork(seed) for seed in range(3)])


def assert_same(maps, expected):
    assert np.abs(maps - expected).max() <= 1e-3 * np.abs(expected).max()


@every_method
def test_every_image_gets_a_finite_map_that_tells_places_apart(name, explain):
    maps = explain(name, IMAGES)

    assert maps.shape[0] == 3
    assert maps.shape[1:] in {LAYER_SIDES, IMAGE_SIDES, GRID_SIDES}
    assert maps.dtype == np.float32
    assert np.isfinite(maps).all()
    assert np.ptp(maps, axis=(1, 2)).min() > 0.0


@every_method
def test_the_same_question_gets_the_same_map_and_leaves_the_image_alone(name, explain):
    before = IMAGES.copy()

    first, again = explain(name, IMAGES), explain(name, IMAGES)

    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(IMAGES, before)


@pytest.mark.parametrize("name", RANDOM)
def test_another_seed_gives_another_map_of_a_random_method(name, explain):
    one, other = explain(name, IMAGES, seed=1), explain(name, IMAGES, seed=2)

    assert np.abs(one - other).max() > 1e-3 * np.abs(one).max()


@every_method
def test_an_image_is_explained_alike_alone_and_in_company(name, explain):
    together = explain(name, IMAGES, targets=[0, 2, 1])

    assert_same(together[2:], explain(name, IMAGES[2:], targets=[1]))


@pytest.mark.parametrize("name", MANY_PASS_KERNELS)
def test_how_many_variants_share_a_pass_does_not_matter(name, explain):
    assert_same(explain(name, IMAGES, max_images=3), explain(name, IMAGES, max_images=300))


@every_method
def test_a_rather_than_b_is_the_negative_of_b_rather_than_a_where_it_can_be(name, explain):
    forward = explain(name, IMAGES, targets=[0] * 3, versus=[2] * 3)
    backward = explain(name, IMAGES, targets=[2] * 3, versus=[0] * 3)

    is_antisymmetric = np.abs(forward + backward).max() <= 1e-3 * np.abs(forward).max()
    assert is_antisymmetric == (name not in NOT_ANTISYMMETRIC)


@pytest.mark.parametrize("name", ONE_PASS_KERNELS)
def test_a_method_of_one_pass_gives_the_eager_map_when_compiled(
    name, passes, explain, monkeypatch
):
    classifier = passes.classifier
    # The scores before the softmax are found in a graph; eagerly there is none.
    head = classifier.network.get_layer("scores")
    monkeypatch.setattr(head, "activation", keras.activations.linear)
    for module in (classifiers, one_pass):
        monkeypatch.setattr(module, "logits_of", lambda output, _: tf.cast(output, tf.float32))
    targets, nothing = tf.constant([1] * 3), tf.constant([-1] * 3)
    pixels = tf.constant(IMAGES)
    parameters = METHODS[name].parameters.model_validate(order_of(name).parameters)

    eager = ONE_PASS_KERNELS[name](
        OnePass(
            TargetedScores(classifier, targets, nothing),
            classifier.preprocess(pixels),
            layer_of(name) or "",
            parameters,
        )
    )

    monkeypatch.undo()
    assert_same(explain(name, IMAGES), np.asarray(eager))


@pytest.mark.parametrize("name", MANY_PASS_KERNELS)
def test_a_method_of_many_passes_can_be_stopped_between_two(name, passes):
    def stop_after_the_first(steps):
        yield steps[0]
        raise TimeoutError

    order = order_of(name).model_copy(update={"layer": layer_of(name)})
    stoppable = compile_kernel(passes, order, max_images=1)

    with pytest.raises(TimeoutError):
        stoppable(
            tf.constant(IMAGES[:1]),
            tf.constant([1]),
            tf.constant([-1]),
            stop_after_the_first,
        )


@every_method
def test_a_method_that_differentiates_is_refused_where_there_are_no_gradients(
    name, passes, monkeypatch
):
    asked = []
    monkeypatch.setattr(passes, "gradient", lambda images, **_: asked.append(1) or images * 0.0)
    monkeypatch.setattr(tf.GradientTape, "gradient", lambda *_, **__: asked.append(1))
    order = order_of(name).model_copy(update={"layer": layer_of(name)})

    # What it makes of no gradient is of no interest, only that it wanted one.
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        compile_kernel(passes, order, max_images=MAX_IMAGES)(
            tf.constant(IMAGES), tf.constant([1] * 3), tf.constant([-1] * 3), untracked
        )

    # LRP looks for itself whether it can go through a network.
    assert bool(asked) == (name in NEED_GRADIENTS or name == "lrp")


@pytest.fixture(scope="module")
def rough_passes(tmp_path_factory):
    return passes_in("bfloat16", tmp_path_factory.mktemp("rough"))


@every_method
def test_in_bfloat16_a_method_gives_nearly_the_same_map_or_says_why_not(
    name, rough_passes, explain
):
    order = order_of(name).model_copy(update={"layer": layer_of(name)})
    classes = tf.constant([1] * 3), tf.constant([-1] * 3)

    def rough_maps():
        kernel = compile_kernel(rough_passes, order, max_images=MAX_IMAGES)
        return kernel(tf.constant(IMAGES), *classes, untracked).maps

    if name == "lrp":
        with pytest.raises(MethodUnsupportedError, match="too coarse"):
            rough_maps()
        return
    rough, exact = np.asarray(rough_maps()), explain(name, IMAGES)
    lengths = np.linalg.norm(rough) * np.linalg.norm(exact)
    assert np.sum(rough * exact) / lengths > 0.9
