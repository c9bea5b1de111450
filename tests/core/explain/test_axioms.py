"""The axioms of attribution, on drawn scores: completeness, sensitivity, invariance, linearity.

Source of the axioms: Sundararajan, Taly and Yan 2017, https://arxiv.org/abs/1703.01365; those
of Shapley values: Lundberg and Lee 2017, https://arxiv.org/abs/1705.07874. The scores are
quadratic, along whose paths the trapezoidal rule makes no error: what is asked for is equality.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.explain.blur_ig import blur_ig
from core.explain.gaussian_blur import gaussian_blurs
from core.explain.gradient_times_input import gradient_times_input
from core.explain.guided_ig import guided_ig
from core.explain.integrated_gradients import integrated_gradients
from core.explain.kernelshap import kernelshap
from core.explain.lime import lime
from core.explain.occlusion import occlusion
from core.explain.rise import rise
from core.explain.saliency import saliency
from core.explain.smoothgrad import smoothgrad
from core.progress import untracked
from core.score import gradient_of

SHAPE = (2, 3, 2)
"""Height, width and channels of the one image that is explained."""
NUMBERS = 12
SIGMA_MAX = 2.0
STEPS = {"chunk": 4, "track": untracked}
SEGMENTS = tf.constant([[[0, 1, 2], [3, 3, 4]]])

numbers = st.floats(-1.0, 1.0, width=16)


@dataclass(frozen=True)
class Quadratic:
    """The score x·Mx + v·x of an image's numbers x."""

    matrix: np.ndarray
    vector: np.ndarray

    def __call__(self, images):
        flat = tf.reshape(images, (-1, NUMBERS))
        squares = tf.einsum("bi,ij,bj->b", flat, self.matrix, flat)
        return squares + tf.linalg.matvec(flat, self.vector)

    def without(self, place):
        """The same, blind to all channels of one pixel."""
        is_seen = np.ones(SHAPE, np.float32)
        is_seen[place] = 0.0
        seen = is_seen.ravel()
        return Quadratic(self.matrix * np.outer(seen, seen), self.vector * seen)

    def mixed(self, other, share):
        """The sum of this score and a multiple of another."""
        return Quadratic(self.matrix + share * other.matrix, self.vector + share * other.vector)


quadratics = st.builds(
    Quadratic,
    arrays(np.float32, (NUMBERS, NUMBERS), elements=numbers),
    arrays(np.float32, NUMBERS, elements=numbers),
)
images_drawn = arrays(np.float32, (1, *SHAPE), elements=numbers).map(tf.constant)
places = st.tuples(st.integers(0, SHAPE[0] - 1), st.integers(0, SHAPE[1] - 1))
few = settings(max_examples=5, deadline=None)


def by_integrated_gradients(score, images, baseline):
    gradient = partial(gradient_of, score)
    return integrated_gradients(
        gradient, images, baselines=baseline[tf.newaxis], steps=5, **STEPS
    )


def by_guided_ig(score, images, baseline):
    return guided_ig(
        partial(gradient_of, score),
        images,
        baseline=baseline,
        steps=5,
        fraction=0.25,
        max_dist=0.3,
        track=untracked,
    )


def by_blur_ig(score, images, _):
    gradient = partial(gradient_of, score)
    return blur_ig(gradient, images, sigma_max=SIGMA_MAX, steps=5, **STEPS)


def by_kernelshap(score, images, baseline):
    return kernelshap(
        score, images, segments=SEGMENTS, baseline=baseline, sample_count=40, seed=0, **STEPS
    )


def by_lime(score, images, baseline):
    return lime(
        score,
        images,
        segments=SEGMENTS,
        baseline=baseline,
        sample_count=20,
        keep_probability=0.5,
        kernel_width=0.25,
        ridge=0.1,
        seed=0,
        **STEPS,
    )


def by_occlusion(score, images, baseline):
    return occlusion(score, images, baseline=baseline, patch_pixels=1, stride_pixels=1, **STEPS)


def by_rise(score, images, baseline):
    return rise(
        score,
        images,
        baseline=baseline,
        mask_count=12,
        grid_cells=2,
        keep_probability=0.5,
        seed=0,
        **STEPS,
    )


def by_smoothgrad(score, images, _):
    gradient = partial(gradient_of, score)
    return smoothgrad(gradient, images, copies=5, noise=0.2, seed=0, **STEPS)


def by_saliency(score, images, _):
    return saliency(score, images)


def by_gradient_times_input(score, images, _):
    return gradient_times_input(score, images)


def methods(*chosen):
    ids = [method.__name__.removeprefix("by_") for method in chosen]
    return pytest.mark.parametrize("explain", chosen, ids=ids)


LINEAR = (
    by_integrated_gradients,
    by_blur_ig,
    by_gradient_times_input,
    by_kernelshap,
    by_lime,
    by_occlusion,
    by_rise,
)


@methods(by_integrated_gradients, by_guided_ig)
@given(score=quadratics, images=images_drawn, baseline=images_drawn)
@few
def test_a_map_is_complete_between_the_baseline_and_the_image(explain, score, images, baseline):
    total = float(tf.reduce_sum(explain(score, images, baseline)))

    change = float(score(images)[0] - score(baseline)[0])
    assert total == pytest.approx(change, abs=1e-3)


@given(score=quadratics, images=images_drawn)
@few
def test_a_map_of_blurs_is_complete_between_blurred_and_sharp(score, images):
    total = float(tf.reduce_sum(by_blur_ig(score, images, None)))

    blurred = gaussian_blurs(images, np.array([SIGMA_MAX]))[0]
    assert total == pytest.approx(float(score(images)[0] - score(blurred)[0]), abs=1e-3)


@given(score=quadratics, images=images_drawn, baseline=images_drawn)
@few
def test_shapley_values_share_out_the_whole_rise(score, images, baseline):
    values = by_kernelshap(score, images, baseline).numpy()[0]

    # One value a superpixel, painted on all its pixels.
    total = sum(values[SEGMENTS[0] == index].mean() for index in range(5))
    change = float(score(images)[0] - score(baseline)[0])
    assert total == pytest.approx(change, abs=1e-3)


@methods(
    by_integrated_gradients,
    by_guided_ig,
    by_gradient_times_input,
    by_saliency,
    by_smoothgrad,
    by_occlusion,
)
@given(score=quadratics, images=images_drawn, baseline=images_drawn, place=places)
@few
def test_a_pixel_that_the_score_does_not_see_gets_nothing(
    explain, score, images, baseline, place
):
    explained = explain(score.without(place), images, baseline).numpy()[0]

    assert explained[place] == pytest.approx(0.0, abs=1e-5)


@methods(by_integrated_gradients, by_guided_ig, by_occlusion)
@given(score=quadratics, images=images_drawn, baseline=images_drawn, place=places)
@few
def test_the_only_pixel_that_differs_gets_the_whole_change(
    explain, score, images, baseline, place
):
    changed = baseline.numpy()
    changed[0][place] = images[0][place]
    changed = tf.constant(changed)

    explained = explain(score, changed, baseline).numpy()[0]

    assert explained[place] == pytest.approx(
        float(score(changed)[0] - score(baseline)[0]), abs=1e-3
    )
    assert np.abs(
        np.delete(explained.ravel(), np.ravel_multi_index(place, SHAPE[:2]))
    ).max() < (1e-4)


@methods(*LINEAR, by_saliency, by_smoothgrad)
@given(score=quadratics, images=images_drawn, baseline=images_drawn)
@few
def test_two_programs_of_one_function_are_explained_alike(explain, score, images, baseline):
    def in_two_halves(variants):
        # The same sum, by a symmetric matrix and twice half of the vector.
        flat = tf.reshape(variants, (-1, NUMBERS))
        symmetric = (score.matrix + score.matrix.T) / 2
        halves = [tf.reduce_sum(flat * score.vector / 2, axis=1) for _ in range(2)]
        return tf.reduce_sum(tf.matmul(flat, symmetric) * flat, axis=1) + tf.add_n(halves)

    np.testing.assert_allclose(
        explain(score, images, baseline), explain(in_two_halves, images, baseline), atol=1e-3
    )


@methods(*LINEAR)
@given(
    score=quadratics,
    other=quadratics,
    share=numbers,
    images=images_drawn,
    baseline=images_drawn,
)
@few
def test_a_sum_of_scores_is_explained_by_the_sum_of_maps(
    explain, score, other, share, images, baseline
):
    of_sum = explain(score.mixed(other, share), images, baseline)

    sum_of_maps = explain(score, images, baseline) + share * explain(other, images, baseline)
    np.testing.assert_allclose(of_sum, sum_of_maps, atol=2e-3)


@given(score=quadratics, images=images_drawn, baseline=images_drawn)
@few
def test_a_map_that_breaks_completeness_would_be_found_out(score, images, baseline):
    complete = by_integrated_gradients(score, images, baseline)
    start_only = (images - baseline) * gradient_of(score, baseline)

    gap = float(tf.reduce_sum(complete) - tf.reduce_sum(start_only))
    offset = tf.reshape(images - baseline, (1, NUMBERS))
    missing = float(tf.einsum("bi,ij,bj->b", offset, score.matrix, offset)[0])
    assert gap == pytest.approx(missing, abs=1e-3)
