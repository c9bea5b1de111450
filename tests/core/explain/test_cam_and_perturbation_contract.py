"""What the CAM family and the perturbing kernels promise, whatever their formulas.

To add a kernel, add a line to `ONE_PASS` or `MANY_PASSES`.
"""

import numpy as np
import pytest
import tensorflow as tf

from core.explain.ablationcam import ablationcam
from core.explain.cam import cam
from core.explain.eigencam import eigencam
from core.explain.gradcam_plus_plus import gradcam_plus_plus
from core.explain.hirescam import hirescam
from core.explain.kernelshap import kernelshap
from core.explain.layercam import layercam
from core.explain.lime import lime
from core.explain.lrp import lrp, relevance_logits
from core.explain.lrp_composites import epsilon_alpha_beta_composite
from core.explain.occlusion import occlusion
from core.explain.patch_classification import patch_classification
from core.explain.rise import rise
from core.explain.scorecam import scorecam
from core.explain.sobol import sobol
from core.explain.xgradcam import xgradcam
from core.progress import untracked
from tests.core.explain.toy_network import (
    CHANNELS,
    HEIGHT,
    LAYER_HEIGHT,
    LAYER_WIDTH,
    NETWORK,
    WIDTH,
    Question,
    random_images,
)

QUESTION = Question(1)
LAYER_MAP, PIXEL_MAP = (LAYER_HEIGHT, LAYER_WIDTH), (HEIGHT, WIDTH)


def activations_of(images):
    return QUESTION.layer_score(images, lambda _: None)[0]


def relevance_score(images):
    composite = epsilon_alpha_beta_composite(epsilon=1e-6, alpha=1.0)
    return relevance_logits(NETWORK, NETWORK, composite)(images)[:, 1]


def segments_of(images):
    """Cut each image into six or eight fields, as one of its own pixels says."""
    rows, columns = np.indices((HEIGHT, WIDTH))
    bands = np.where(images.numpy()[:, :1, :1, 0] > 0.0, rows // 3, rows // 4)
    return tf.constant(2 * bands + columns // 5, tf.int32)


def dark(images):
    return tf.fill(images.shape, -0.5)


ONE_PASS = {
    "cam": (
        lambda images: cam(
            activations_of(images),
            tf.repeat(
                NETWORK.get_layer("logits").kernel[None, :, 1], tf.shape(images)[0], axis=0
            ),
        ),
        LAYER_MAP,
    ),
    "eigencam": (lambda images: eigencam(activations_of(images)), LAYER_MAP),
    "gradcam-plus-plus": (
        lambda images: gradcam_plus_plus(QUESTION.layer_score, images),
        LAYER_MAP,
    ),
    "hirescam": (lambda images: hirescam(QUESTION.layer_score, images), LAYER_MAP),
    "xgradcam": (lambda images: xgradcam(QUESTION.layer_score, images), LAYER_MAP),
    "layercam": (lambda images: layercam(QUESTION.layer_score, images), LAYER_MAP),
    "lrp": (lambda images: lrp(relevance_score, images), PIXEL_MAP),
}

MANY_PASSES = {
    "scorecam": lambda images, **steps: scorecam(
        QUESTION.score,
        images,
        activations=activations_of(images),
        baseline=dark(images),
        max_channels=4,
        **steps,
    ),
    "ablationcam": lambda images, **steps: ablationcam(
        QUESTION.resumed_score, images, activations=activations_of(images), **steps
    ),
    "occlusion": lambda images, **steps: occlusion(
        QUESTION.score, images, baseline=dark(images), patch_pixels=4, stride_pixels=3, **steps
    ),
    "patch-classification": lambda images, **steps: patch_classification(
        QUESTION.score, images, patch_pixels=6, stride_pixels=3, **steps
    ),
    "rise": lambda images, seed=5, **steps: rise(
        QUESTION.score,
        images,
        baseline=dark(images),
        mask_count=12,
        grid_cells=3,
        keep_probability=0.5,
        seed=seed,
        **steps,
    ),
    "lime": lambda images, seed=5, **steps: lime(
        QUESTION.score,
        images,
        segments=segments_of(images),
        baseline=dark(images),
        sample_count=12,
        keep_probability=0.5,
        kernel_width=0.25,
        ridge=0.1,
        seed=seed,
        **steps,
    ),
    "kernelshap": lambda images, seed=5, **steps: kernelshap(
        QUESTION.score,
        images,
        segments=segments_of(images),
        baseline=dark(images),
        sample_count=12,
        seed=seed,
        **steps,
    ),
    "sobol": lambda images, seed=5, **steps: sobol(
        QUESTION.score,
        images,
        baseline=dark(images),
        grid_cells=2,
        designs=4,
        seed=seed,
        **steps,
    ),
}

RANDOM = ("rise", "lime", "kernelshap", "sobol")

one_pass = pytest.mark.parametrize(("explain", "shape"), ONE_PASS.values(), ids=ONE_PASS.keys())
many_passes = pytest.mark.parametrize("explain", MANY_PASSES.values(), ids=MANY_PASSES.keys())
seeded = pytest.mark.parametrize("explain", [MANY_PASSES[name] for name in RANDOM], ids=RANDOM)


@pytest.fixture
def images():
    return random_images(3)


def assert_same(maps, expected):
    scale = float(tf.reduce_max(tf.abs(expected)))
    np.testing.assert_allclose(maps, expected, rtol=1e-4, atol=1e-4 * scale)


@one_pass
def test_compiled_for_any_batch_a_kernel_gives_the_eager_map(explain, shape, images):
    compiled = tf.function(
        explain,
        input_signature=[tf.TensorSpec((None, HEIGHT, WIDTH, CHANNELS))],
        autograph=False,
    )

    maps = explain(images)

    assert maps.shape == (3, *shape)
    assert maps.dtype == tf.float32
    assert np.ptp(maps, axis=(1, 2)).min() > 0.0
    assert_same(compiled(images), maps)


@one_pass
def test_one_pass_explains_an_image_alike_alone_and_in_company(explain, shape, images):
    assert_same(explain(images)[2:], explain(images[2:]))


@many_passes
def test_many_passes_explain_an_image_alike_alone_and_in_company(explain, images):
    together = explain(images, chunk=4, track=untracked)

    assert np.isfinite(together).all()
    assert np.ptp(together, axis=(1, 2)).min() > 0.0
    assert_same(together[2:], explain(images[2:], chunk=4, track=untracked))


@pytest.mark.parametrize("chunk", [3, 1000])
@many_passes
def test_how_many_variants_share_a_pass_changes_nothing(explain, chunk, images):
    assert_same(
        explain(images, chunk=chunk, track=untracked),
        explain(images, chunk=4, track=untracked),
    )


@seeded
def test_the_same_seed_repeats_a_map_and_another_does_not(explain, images):
    first, again, other = (
        explain(images, seed=seed, chunk=8, track=untracked).numpy() for seed in (1, 1, 2)
    )

    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.01 * np.abs(first).max()


@many_passes
def test_a_kernel_can_be_stopped_between_two_passes(explain, images):
    def stop_after_the_first(steps):
        yield steps[0]
        raise TimeoutError

    with pytest.raises(TimeoutError):
        explain(images, chunk=1, track=stop_after_the_first)
