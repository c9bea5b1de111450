import numpy as np
import pytest
import tensorflow as tf

from core.errors import ShapeError
from core.explain.occlusion import occlusion
from core.progress import untracked

NUMBERS = np.random.default_rng(12)
IMAGES = NUMBERS.normal(size=(2, 5, 6, 3)).astype(np.float32)
BASELINE = NUMBERS.normal(size=(2, 5, 6, 3)).astype(np.float32)
WEIGHTS = NUMBERS.normal(size=(5, 6, 3)).astype(np.float32)


def linear_score(images):
    return tf.reduce_sum(images * WEIGHTS, axis=(1, 2, 3))


def explain(score=linear_score, images=IMAGES, baseline=BASELINE, patch=2, stride=1):
    return occlusion(
        score,
        tf.constant(images),
        baseline=tf.constant(baseline),
        patch_pixels=patch,
        stride_pixels=stride,
        chunk=7,
        track=untracked,
    ).numpy()


def test_covering_single_pixels_shows_what_each_adds_to_a_linear_score():
    expected = ((IMAGES - BASELINE) * WEIGHTS).sum(axis=-1)

    np.testing.assert_allclose(explain(patch=1), expected, rtol=1e-3, atol=1e-4)


def test_a_pixel_gets_the_mean_fall_over_the_patches_on_it():
    by_pixel = ((IMAGES - BASELINE) * WEIGHTS).sum(axis=-1)
    sums, counts = np.zeros((2, 5, 6)), np.zeros((5, 6))
    for top, left in np.ndindex(4, 5):
        place = (slice(top, top + 2), slice(left, left + 2))
        sums[:, *place] += by_pixel[:, *place].sum(axis=(1, 2), keepdims=True)
        counts[place] += 1

    np.testing.assert_allclose(explain(), sums / counts, rtol=1e-3, atol=1e-4)


def test_the_fall_is_largest_where_the_score_looks():
    def score(images):
        return tf.tanh(tf.reduce_sum(images[:, 3:5, 1:3], axis=(1, 2, 3)))

    maps = explain(score, np.ones_like(IMAGES), np.zeros_like(IMAGES), patch=2, stride=1)

    # Only the patch that covers the whole region lets the score fall to 0; one that leaves
    # a pixel of it lets it fall to tanh(3), which is 0.995.
    assert np.unravel_index(maps[0].argmax(), (5, 6))[0] in (3, 4)
    assert maps[0, :2, 4:].max() == 0.0
    assert maps[0, 3:5, 1:3].min() > 0.0


def test_a_baseline_of_another_shape_is_refused():
    with pytest.raises(ShapeError, match="baseline has shape"):
        explain(baseline=BASELINE[:, :1])
