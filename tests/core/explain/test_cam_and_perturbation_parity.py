"""Other people's implementations on the same weights, wherever they compute the same thing.

Random methods are handed the same draws. tf-keras-vis is asked about a layer of the image's own
size, since it enlarges masks in another way (corners on corners) than TensorFlow does.
"""

import warnings

import numpy as np
import pytest
import tensorflow as tf
from scipy.stats import qmc

from core.explain.gradcam_plus_plus import gradcam_plus_plus
from core.explain.kernelshap import all_sets, kernelshap
from core.explain.lime import closeness, draw_presence, lime
from core.explain.occlusion import occlusion
from core.explain.rise import random_masks, rise
from core.explain.scorecam import scorecam
from core.explain.sobol import replicated_designs, sobol
from core.models.taps import tapped
from core.progress import untracked
from tests.core.explain.toy_network import (
    CLASSES,
    HEIGHT,
    NETWORK,
    WIDTH,
    Question,
    random_images,
)

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]

TARGET = 1
QUESTION = Question(TARGET)
IMAGES = random_images(2)
BLACK = tf.zeros_like(IMAGES)
ONE_HOT = tf.one_hot([TARGET, TARGET], CLASSES)
ROWS, COLUMNS = np.indices((HEIGHT, WIDTH))
SUPERPIXELS = 6
FIELDS = (ROWS // 4 * 2 + COLUMNS // 5).astype(np.int32)
SEGMENTS = tf.constant(np.stack([FIELDS, FIELDS]))


def cosines(maps, peers):
    """How alike the directions of two stacks of maps are, image by image."""
    ours, theirs = (np.reshape(part, (len(IMAGES), -1)) for part in (maps, peers))
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    return (ours * theirs).sum(axis=1) / lengths


def peer(*modules):
    """Import another library, whose own warnings are not ours to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        first, *_ = [pytest.importorskip(module) for module in modules]
    return first


@pytest.fixture(scope="module")
def xplique():
    return peer("xplique.attributions")


@pytest.fixture(scope="module")
def tf_keras_vis():
    return peer("tf_keras_vis", "tf_keras_vis.scorecam", "tf_keras_vis.gradcam_plus_plus")


def layer_score(images, watch):
    """A `LayerScoreFunction` of the first convolution, as large as the image."""
    seen = []

    def show(activations):
        seen.append(tf.identity(activations))
        watch(seen[0])
        return seen[0]

    with tapped(NETWORK.get_layer("first"), show):
        scores = QUESTION.score(images)
    return seen[0], scores


def ask(method):
    """Ask tf-keras-vis for the bare map of the first convolution."""
    return method(NETWORK)(
        lambda outputs: outputs[:, TARGET],
        IMAGES,
        penultimate_layer="first",
        expand_cam=False,
        normalize_cam=False,
    )


def test_scorecam_is_that_of_tf_keras_vis_less_the_score_of_black(tf_keras_vis):
    activations, _ = layer_score(IMAGES, lambda _: None)

    def probability(images):
        return tf.nn.softmax(NETWORK(images))[:, TARGET]

    maps = scorecam(
        probability,
        IMAGES,
        activations=activations,
        baseline=BLACK,
        max_channels=None,
        chunk=4,
        track=untracked,
    )

    # The paper's equation 6 takes the score of black from each weight; tf-keras-vis does not.
    of_black = probability(BLACK)[:, None, None] * tf.reduce_sum(activations, axis=-1)
    theirs = ask(tf_keras_vis.scorecam.Scorecam)
    np.testing.assert_allclose(maps + of_black, theirs, rtol=1e-3, atol=1e-5)
    assert cosines(maps + of_black, theirs).min() >= 0.999


def test_gradcam_plus_plus_is_near_that_of_tf_keras_vis(tf_keras_vis):
    maps = gradcam_plus_plus(layer_score, IMAGES)

    # Theirs divides the position weights of each channel by their sum, which the paper's
    # equations do not; so that the channels are weighed against each other differently.
    theirs = ask(tf_keras_vis.gradcam_plus_plus.GradcamPlusPlus)
    assert cosines(maps, theirs).min() >= 0.95


@pytest.mark.parametrize(("patch", "stride"), [(2, 2), (4, 2)], ids=["tiles", "overlapping"])
def test_occlusion_is_the_mean_where_xplique_takes_the_sum(xplique, patch, stride):
    theirs = xplique.Occlusion(NETWORK, patch_size=patch, patch_stride=stride)(IMAGES, ONE_HOT)

    maps = occlusion(
        QUESTION.score,
        IMAGES,
        baseline=BLACK,
        patch_pixels=patch,
        stride_pixels=stride,
        chunk=16,
        track=untracked,
    )

    rows, columns = (
        sum(
            (np.arange(length) >= top) & (np.arange(length) < top + patch)
            for top in range(0, length - patch + 1, stride)
        )
        for length in (HEIGHT, WIDTH)
    )
    assert cosines(maps * np.outer(rows, columns), theirs[..., 0]).min() >= 0.999


def test_rise_with_the_same_masks_is_that_of_xplique_less_the_mean(xplique, monkeypatch):
    count = 60
    masks_of = random_masks(count, 4, 0.5, 0, HEIGHT, WIDTH)

    def apply_masks(image, indices, mask_value):
        masks = tf.transpose(masks_of(indices.numpy()), (0, 2, 3, 1))
        return image * masks, masks

    monkeypatch.setattr(xplique.Rise, "_get_masks", staticmethod(lambda *_: tf.range(count)))
    monkeypatch.setattr(xplique.Rise, "_apply_masks", staticmethod(apply_masks))
    theirs = xplique.Rise(NETWORK, nb_samples=count, grid_size=4)(IMAGES, ONE_HOT)[..., 0]

    maps = rise(
        QUESTION.score,
        IMAGES,
        baseline=BLACK,
        mask_count=count,
        grid_cells=4,
        keep_probability=0.5,
        seed=0,
        chunk=16,
        track=untracked,
    )

    # Theirs divides by how often a pixel was kept, ours by how often it was to be expected.
    masks = masks_of(np.arange(count)).numpy()[:, 0]
    mean_scores = np.array(
        [np.mean(QUESTION.score(image * masks[..., None])) for image in IMAGES.numpy()]
    )
    expected = (theirs - mean_scores[:, None, None]) * masks.mean(axis=0) / 0.5
    np.testing.assert_allclose(maps, expected, rtol=1e-2, atol=1e-5)
    assert cosines(maps, expected).min() >= 0.999


def test_lime_with_the_same_sets_and_weights_is_that_of_xplique(xplique):
    present = draw_presence(SUPERPIXELS, 40, 0.5, 3)
    explainer = xplique.Lime(
        NETWORK,
        map_to_interpret_space=lambda _: tf.constant(FIELDS),
        pertub_func=lambda *_: tf.constant(present, tf.int32),
        similarity_kernel=lambda *_: tf.constant(closeness(present, 0.25), tf.float32),
        ref_value=np.zeros(3),
        nb_samples=40,
    )
    explainer.interpretable_model.alpha = 1.0

    maps = lime(
        QUESTION.score,
        IMAGES,
        segments=SEGMENTS,
        baseline=BLACK,
        sample_count=40,
        keep_probability=0.5,
        kernel_width=0.25,
        ridge=1.0,
        seed=3,
        chunk=16,
        track=untracked,
    )

    assert cosines(maps, explainer(IMAGES, ONE_HOT)).min() >= 0.999


def test_kernelshap_is_that_of_xplique_made_to_meet_both_ends(xplique):
    present, weights = all_sets(SUPERPIXELS)
    ends = np.stack([np.zeros(SUPERPIXELS), np.ones(SUPERPIXELS)])
    explainer = xplique.KernelShap(
        NETWORK,
        map_to_interpret_space=lambda _: tf.constant(FIELDS),
        ref_value=np.zeros(3),
        nb_samples=len(present) + 2,
    )
    # Theirs has no constraint; a great weight on the empty and the full set stands in for it.
    explainer.pertub_func = lambda *_: tf.constant(np.concatenate([present, ends]), tf.int32)
    explainer.similarity_kernel = lambda *_: tf.constant([*weights, 1e4, 1e4], tf.float32)

    maps = kernelshap(
        QUESTION.score,
        IMAGES,
        segments=SEGMENTS,
        baseline=BLACK,
        sample_count=100,
        seed=0,
        chunk=16,
        track=untracked,
    )

    assert cosines(maps, explainer(IMAGES, ONE_HOT)).min() >= 0.999


def test_sobol_with_the_same_designs_is_that_of_xplique(xplique):
    cells, designs = 3, 8
    designs_module = peer(f"{xplique.__name__}.global_sensitivity_analysis.replicated_designs")

    class SameDesigns(designs_module.ReplicatedSampler):
        def __call__(self, dimension, nb_design):
            points = qmc.Sobol(2 * dimension, scramble=True, seed=0).random_base2(3)
            ours = replicated_designs(dimension, nb_design, 0)
            second = points[:, dimension:].astype(np.float32)
            return np.concatenate([ours[:nb_design], second, ours[nb_design:]])

    explainer = xplique.SobolAttributionMethod(
        NETWORK, grid_size=cells, nb_design=designs, sampler=SameDesigns()
    )

    maps = sobol(
        QUESTION.score,
        IMAGES,
        baseline=BLACK,
        grid_cells=cells,
        designs=designs,
        seed=0,
        chunk=16,
        track=untracked,
    )

    enlarged = tf.image.resize(maps[..., None], (HEIGHT, WIDTH), method="bicubic")
    assert cosines(enlarged, explainer(IMAGES, ONE_HOT)).min() >= 0.999
