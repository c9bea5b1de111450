"""Our maps and those of tf-keras-vis and xplique, of the same weights and images.

Where a peer reduces the channels otherwise, its gradients are taken and reduced here.
"""

from functools import partial

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from core.explain.deconvolution import deconvolution
from core.explain.gradcam import gradcam
from core.explain.gradient_times_input import gradient_times_input
from core.explain.guided_backpropagation import guided_backpropagation
from core.explain.integrated_gradients import integrated_gradients
from core.explain.layercam import layercam
from core.explain.saliency import saliency
from core.explain.smoothgrad import smoothgrad
from core.explain.squaregrad import squaregrad
from core.explain.vargrad import vargrad
from core.models.taps import tapped
from core.progress import untracked
from core.score import class_scores
from tests.core.explain.toy_network import CLASSES, NETWORK, Question, random_images

pytestmark = [
    pytest.mark.peers,
    # The peers call what NumPy, SciPy and Keras have deprecated.
    pytest.mark.filterwarnings("ignore"),
]

IMAGES = random_images(3)
QUESTION = Question(2)
COPIES = 6


@pytest.fixture
def keras_vis():
    """Name the classes of the score as tf-keras-vis does."""
    pytest.importorskip("tf_keras_vis")
    from tf_keras_vis.utils.scores import CategoricalScore

    return CategoricalScore([QUESTION.target] * len(IMAGES))


@pytest.fixture
def explain_by_xplique():
    """Explain the images by one of xplique's classes, its channels not reduced."""
    attributions = pytest.importorskip("xplique.attributions")
    targets = tf.one_hot([QUESTION.target] * len(IMAGES), CLASSES)

    def explain(method, **options):
        explainer = getattr(attributions, method)(NETWORK, reducer=None, **options)
        return explainer(IMAGES, targets).numpy()

    return explain


def assert_alike(ours, theirs):
    """Compare each image's map by its direction; scales differ by convention."""
    for our_map, their_map in zip(np.float64(ours), np.float64(theirs), strict=True):
        lengths = np.linalg.norm(our_map) * np.linalg.norm(their_map)
        assert np.sum(our_map * their_map) / lengths > 0.999


def largest(gradients):
    return np.abs(gradients).max(axis=-1)


def test_saliency_is_that_of_tf_keras_vis(keras_vis):
    from tf_keras_vis.saliency import Saliency

    theirs = Saliency(NETWORK, clone=False)(keras_vis, IMAGES, normalize_map=False)

    np.testing.assert_allclose(saliency(QUESTION.score, IMAGES), theirs, rtol=1e-4)


def test_saliency_is_that_of_xplique(explain_by_xplique):
    assert_alike(saliency(QUESTION.score, IMAGES), largest(explain_by_xplique("Saliency")))


def test_gradcam_is_that_of_tf_keras_vis(keras_vis):
    from tf_keras_vis.gradcam import Gradcam

    theirs = Gradcam(NETWORK, clone=False)(
        keras_vis,
        IMAGES,
        penultimate_layer="last",
        activation_modifier=None,
        expand_cam=False,
        normalize_cam=False,
    )

    np.testing.assert_allclose(
        gradcam(QUESTION.layer_score, IMAGES), theirs, rtol=1e-4, atol=1e-7
    )


def test_gradient_times_input_is_that_of_xplique(explain_by_xplique):
    theirs = explain_by_xplique("GradientInput").sum(axis=-1)

    assert_alike(gradient_times_input(QUESTION.score, IMAGES), theirs)


def test_integrated_gradients_are_those_of_xplique(explain_by_xplique):
    theirs = explain_by_xplique("IntegratedGradients", steps=21, baseline_value=0.25).sum(
        axis=-1
    )

    ours = integrated_gradients(
        QUESTION.gradient,
        IMAGES,
        baselines=tf.fill((1, *IMAGES.shape), 0.25),
        steps=20,
        chunk=7,
        track=untracked,
    )
    np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-5)


def test_smoothgrad_is_that_of_tf_keras_vis_with_the_same_noise(keras_vis, monkeypatch):
    from tf_keras_vis.saliency import Saliency

    noises = np.stack(
        [tf.random.stateless_normal(IMAGES.shape[1:], seed=(4, copy)) for copy in range(COPIES)]
    )
    monkeypatch.setattr(np.random, "normal", lambda _, sigma, shape: sigma * noises[:, None])
    theirs = Saliency(NETWORK, clone=False)(
        keras_vis,
        IMAGES,
        smooth_samples=COPIES,
        smooth_noise=0.15,
        gradient_modifier=None,
        keepdims=True,
        normalize_map=False,
    )

    ours = smoothgrad(
        QUESTION.gradient, IMAGES, copies=COPIES, noise=0.15, seed=4, chunk=4, track=untracked
    )
    np.testing.assert_allclose(ours, largest(theirs), rtol=1e-3, atol=1e-7)


@pytest.fixture
def noisy_copies_of_xplique(monkeypatch):
    """Hand xplique our noises; its own have one width, ours that of each image's range."""
    statistics = pytest.importorskip("xplique.attributions.gradient_statistics")
    ranges = np.ptp(IMAGES.numpy(), axis=(1, 2, 3))[:, None, None, None]

    def draw(images, copies, noise):
        # Asked for one image after another; each is told by its pixels.
        place = int(np.argmax([np.array_equal(images[0], image) for image in IMAGES]))
        noises = [
            tf.random.stateless_normal(images.shape[1:], seed=(4, copy))
            for copy in range(copies)
        ]
        return images[0] + noise * ranges[place] * np.stack(noises)

    monkeypatch.setattr(
        statistics.gradient_statistic.GradientStatistic, "_perturb_samples", staticmethod(draw)
    )
    return {"nb_samples": COPIES, "noise": 0.15, "batch_size": COPIES}


def explain_noisily(kernel):
    return kernel(
        QUESTION.gradient, IMAGES, copies=COPIES, noise=0.15, seed=4, chunk=4, track=untracked
    )


def test_smoothgrad_is_that_of_xplique_with_the_same_noise(
    explain_by_xplique, noisy_copies_of_xplique
):
    theirs = largest(explain_by_xplique("SmoothGrad", **noisy_copies_of_xplique))

    np.testing.assert_allclose(explain_noisily(smoothgrad), theirs, rtol=1e-3, atol=1e-7)


def test_squaregrad_is_that_of_xplique_with_the_same_noise(
    explain_by_xplique, noisy_copies_of_xplique
):
    theirs = largest(explain_by_xplique("SquareGrad", **noisy_copies_of_xplique))

    np.testing.assert_allclose(explain_noisily(squaregrad), theirs, rtol=1e-3, atol=1e-7)


def test_vargrad_is_that_of_xplique_which_divides_by_one_copy_less(
    explain_by_xplique, noisy_copies_of_xplique
):
    theirs = largest(explain_by_xplique("VarGrad", **noisy_copies_of_xplique))

    ours = explain_noisily(vargrad) * COPIES / (COPIES - 1)
    np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-6)


def test_deconvolution_is_that_of_xplique(explain_by_xplique):
    theirs = largest(explain_by_xplique("DeconvNet"))

    assert_alike(deconvolution(QUESTION.score, IMAGES), theirs)


def test_layercam_is_that_of_tf_keras_vis(keras_vis):
    layercams = pytest.importorskip("tf_keras_vis.layercam")

    theirs = layercams.Layercam(NETWORK, clone=False)(
        keras_vis, IMAGES, penultimate_layer="last", expand_cam=False, normalize_cam=False
    )

    np.testing.assert_allclose(
        layercam(QUESTION.layer_score, IMAGES), theirs, rtol=1e-4, atol=1e-7
    )


def test_guided_backpropagation_is_that_of_tf_keras_vis(keras_vis):
    from tf_keras_vis.saliency import Saliency
    from tf_keras_vis.utils.model_modifiers import GuidedBackpropagation

    guided = Saliency(NETWORK, model_modifier=GuidedBackpropagation(), clone=True)
    theirs = guided(keras_vis, IMAGES, normalize_map=False)

    np.testing.assert_allclose(
        guided_backpropagation(QUESTION.score, IMAGES), theirs, rtol=1e-4
    )


def test_guided_backpropagation_is_that_of_xplique(explain_by_xplique):
    theirs = largest(explain_by_xplique("GuidedBackprop"))

    assert_alike(guided_backpropagation(QUESTION.score, IMAGES), theirs)


@pytest.fixture(scope="module")
def mobilenet(shared):
    """Build the ImageNet network, without its softmax."""
    network = keras.applications.MobileNet(alpha=0.75, weights=None, classifier_activation=None)
    network.load_weights(shared / "models" / "mobilenet_0.75_224.weights.h5")
    return network


@pytest.fixture(scope="module")
def photographs(shared):
    """Two photographs [2, 224, 224, 3] in the network's units."""
    paths = sorted((shared / "data" / "imagenet_samples").glob("*.jpg"))[:2]
    pixels = [np.asarray(Image.open(path).convert("RGB").resize((224, 224))) for path in paths]
    return tf.constant(np.stack(pixels), tf.float32) / 127.5 - 1.0


def score_top_class(network, targets, images):
    return class_scores(network(images), targets, tf.fill(targets.shape, -1))


@pytest.mark.shared
def test_saliency_of_mobilenet_is_that_of_tf_keras_vis(mobilenet, photographs):
    saliencies = pytest.importorskip("tf_keras_vis.saliency")
    scores = pytest.importorskip("tf_keras_vis.utils.scores")
    targets = tf.argmax(mobilenet(photographs), axis=1, output_type=tf.int32)

    theirs = saliencies.Saliency(mobilenet, clone=False)(
        scores.CategoricalScore(targets.numpy().tolist()), photographs, normalize_map=False
    )

    assert_alike(saliency(partial(score_top_class, mobilenet, targets), photographs), theirs)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["conv_pw_13_relu", "conv_pw_6_relu"])
def test_gradcam_of_mobilenet_is_that_of_tf_keras_vis(mobilenet, photographs, name):
    gradcams = pytest.importorskip("tf_keras_vis.gradcam")
    scores = pytest.importorskip("tf_keras_vis.utils.scores")
    targets = tf.argmax(mobilenet(photographs), axis=1, output_type=tf.int32)
    # Only before the last layer do the gradients differ from place to place.
    layer = mobilenet.get_layer(name)

    theirs = gradcams.Gradcam(mobilenet, clone=False)(
        scores.CategoricalScore(targets.numpy().tolist()),
        photographs,
        penultimate_layer=layer.name,
        seek_penultimate_conv_layer=False,
        activation_modifier=None,
        expand_cam=False,
        normalize_cam=False,
    )

    def layer_score(images, watch):
        seen = []

        def show(activations):
            seen.append(tf.identity(activations))
            watch(seen[0])
            return seen[0]

        with tapped(layer, show):
            scores = score_top_class(mobilenet, targets, images)
        return seen[0], scores

    assert_alike(gradcam(layer_score, photographs), theirs)
