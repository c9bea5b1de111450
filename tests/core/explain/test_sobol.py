import numpy as np
import pytest
import tensorflow as tf

from core.explain.sobol import replicated_designs, sobol, total_order_indices
from core.progress import untracked

CELL_WEIGHTS = np.array([[0.0, 1.0], [2.0, 3.0]], np.float32)


def explain(score, images, cells=2, designs=256):
    return sobol(
        score,
        images,
        baseline=tf.zeros_like(images),
        grid_cells=cells,
        designs=designs,
        seed=4,
        chunk=300,
        track=untracked,
    ).numpy()


def test_an_additive_score_shares_its_variance_by_squared_weights():
    images = tf.ones((1, 6, 8, 1))
    weights = np.kron(CELL_WEIGHTS, np.ones((3, 4), np.float32))[..., None]

    maps = explain(lambda variants: tf.reduce_mean(variants * weights, axis=(1, 2, 3)), images)

    expected = CELL_WEIGHTS**2 / (CELL_WEIGHTS**2).sum()
    np.testing.assert_allclose(maps[0], expected, atol=0.03)
    assert maps[0, 0, 0] == 0.0


def test_cells_that_only_act_together_share_the_variance_twice():
    # For a product of two uniform variables, variance 7/144: each alone has a share of 3/7, and
    # with what both do together, 1/7, a total order of 4/7.
    images = tf.ones((1, 2, 2, 1))

    maps = explain(
        lambda variants: variants[:, 0, 0, 0] * variants[:, 0, 1, 0], images, designs=1024
    )

    np.testing.assert_allclose(maps[0], [[4 / 7, 4 / 7], [0.0, 0.0]], atol=0.03)


def test_replicas_differ_from_the_design_in_one_cell_each():
    designs = replicated_designs(3, 8, 0)

    first, replicas = designs[:8], designs[8:].reshape(3, 8, 3)
    for cell in range(3):
        changed = (replicas[cell] != first).any(axis=0)
        np.testing.assert_array_equal(changed, np.arange(3) == cell)
    assert (designs >= 0.0).all()
    assert (designs <= 1.0).all()


def test_the_number_of_designs_is_rounded_up_to_a_power_of_two():
    assert len(replicated_designs(4, 20, 0)) == 32 * 5


def test_the_estimator_is_jansens_written_out():
    numbers = np.random.default_rng(17)
    scores = numbers.normal(size=(8 * 4, 2)).astype(np.float32)

    indices = total_order_indices(tf.constant(scores), cells=3).numpy()

    for image, cell in np.ndindex(2, 3):
        design = scores[:8, image]
        replica = scores[8 + 8 * cell : 16 + 8 * cell, image]
        half_square = sum((a - c) ** 2 for a, c in zip(design, replica, strict=True)) / 16
        expected = half_square / design.var(ddof=1)
        assert indices[image, cell] == pytest.approx(expected, rel=1e-4)


def test_a_score_that_does_not_vary_has_a_map_of_zeros():
    maps = explain(lambda variants: tf.ones(len(variants)), tf.ones((2, 4, 4, 3)), designs=8)

    np.testing.assert_array_equal(maps, np.zeros((2, 2, 2)))


def test_cells_cover_an_image_that_they_do_not_divide_evenly():
    images = tf.ones((1, 7, 5, 1))

    maps = explain(lambda variants: variants[:, 6, 4, 0], images, cells=3, designs=32)

    assert maps[0, 2, 2] > 0.5
    assert np.count_nonzero(maps) == 1
