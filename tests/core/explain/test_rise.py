import numpy as np
import pytest
import tensorflow as tf

from core.explain.rise import random_masks, rise
from core.progress import untracked

HEIGHT, WIDTH, CELLS = 9, 11, 3
IMAGES = np.random.default_rng(14).uniform(0.5, 1.0, (2, HEIGHT, WIDTH, 3)).astype(np.float32)


def explain(score, images=IMAGES, mask_count=400, keep_probability=0.5):
    return rise(
        score,
        tf.constant(images),
        baseline=tf.zeros_like(images),
        mask_count=mask_count,
        grid_cells=CELLS,
        keep_probability=keep_probability,
        seed=3,
        chunk=64,
        track=untracked,
    ).numpy()


def test_masks_are_enlarged_grids_seen_through_a_shifted_window():
    masks = random_masks(4, CELLS, 0.5, 3, HEIGHT, WIDTH)(np.arange(4)).numpy()[:, 0]

    # The paper's way, one mask at a time: resize the grid to one cell more, then crop.
    random = np.random.default_rng(3)
    grids = (random.random((4, CELLS, CELLS)) < 0.5).astype(np.float32)
    tops, lefts = random.integers(0, 4, 4), random.integers(0, 6, 4)
    for mask, grid, top, left in zip(masks, grids, tops, lefts, strict=True):
        wide = tf.image.resize(grid[:, :, None], (12, 16))[:, :, 0].numpy()
        expected = wide[top : top + HEIGHT, left : left + WIDTH]
        np.testing.assert_allclose(mask, expected, atol=1e-6)


def test_a_map_is_the_papers_estimate_less_the_mean_score():
    def score(images):
        return tf.reduce_mean(images[:, :4, :4] ** 2, axis=(1, 2, 3))

    maps = explain(score, mask_count=50)

    masks = random_masks(50, CELLS, 0.5, 3, HEIGHT, WIDTH)(np.arange(50)).numpy()[:, 0]
    for image in range(2):
        scores = np.array(
            [score((IMAGES[image] * mask[:, :, None])[None])[0] for mask in masks]
        )
        deviations = scores - scores.mean()
        expected = sum(
            deviation * mask for deviation, mask in zip(deviations, masks, strict=True)
        ) / (0.5 * 50)
        np.testing.assert_allclose(maps[image], expected, rtol=1e-3, atol=1e-5)


def test_the_map_is_highest_over_the_region_that_the_score_needs():
    def score(images):
        return tf.reduce_mean(images[:, 6:, 8:], axis=(1, 2, 3))

    maps = explain(score)

    assert (
        maps[:, 6:, 8:].min(axis=(1, 2)) > 3 * np.abs(maps[:, :3, :4]).max(axis=(1, 2))
    ).all()


def test_a_score_that_sees_nothing_has_a_map_of_zeros():
    maps = explain(lambda images: tf.fill((len(images),), 7.0), mask_count=40)

    np.testing.assert_allclose(maps, 0.0, atol=1e-5)


@pytest.mark.parametrize("keep_probability", [0.3, 0.7])
def test_masks_keep_as_much_as_their_probability_says(keep_probability):
    masks = random_masks(2000, CELLS, keep_probability, 0, HEIGHT, WIDTH)(np.arange(2000))

    # Standard error: at most sqrt(.25 / 2000) = 0.011 a pixel.
    np.testing.assert_allclose(tf.reduce_mean(masks, axis=(0, 1)), keep_probability, atol=0.06)
