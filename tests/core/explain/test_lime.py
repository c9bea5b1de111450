import numpy as np
import pytest
import tensorflow as tf
from sklearn.linear_model import Ridge

from core.explain.lime import closeness, draw_presence, lime, weighted_ridge
from core.progress import untracked
from tests.core.explain.coalition_scores import (
    BASELINE,
    COUNTS,
    IMAGES,
    SEGMENTS,
    additive,
    by_superpixel,
    game,
    interacting,
)


def explain(worth, ridge=0.0, sample_count=60, seed=1):
    return lime(
        game(worth),
        IMAGES,
        segments=SEGMENTS,
        baseline=BASELINE,
        sample_count=sample_count,
        keep_probability=0.5,
        kernel_width=0.25,
        ridge=ridge,
        seed=seed,
        chunk=16,
        track=untracked,
    )


def test_an_additive_score_is_explained_exactly():
    found = by_superpixel(explain(additive))

    for values, count in zip(found, COUNTS, strict=True):
        np.testing.assert_allclose(values, np.arange(count) ** 2 - 1.0, atol=1e-3)


@pytest.mark.parametrize("ridge", [0.1, 1.0, 20.0])
def test_coefficients_are_those_of_scikit_learns_ridge(ridge):
    found = by_superpixel(explain(interacting, ridge=ridge))

    for values, count in zip(found, COUNTS, strict=True):
        present = draw_presence(count, 60, 0.5, 1)
        distances = 1.0 - present.sum(axis=1) / (
            np.maximum(np.linalg.norm(present, axis=1), 1e-12) * np.sqrt(count)
        )
        model = Ridge(alpha=ridge)
        model.fit(present, interacting(present), np.exp(-((distances / 0.25) ** 2)))
        np.testing.assert_allclose(values, model.coef_, rtol=1e-3, atol=1e-4)


def test_the_full_set_counts_most_and_the_empty_one_least():
    sets = np.array([[1.0, 1.0, 1.0, 1.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])

    weights = closeness(sets, 0.5)

    # Cosine distances 0, 1 - 1/2 and, where there is no angle, 1.
    np.testing.assert_allclose(weights, np.exp([0.0, -1.0, -4.0]))


def test_a_strong_ridge_holds_all_coefficients_near_zero():
    numbers = np.random.default_rng(16)
    present = (numbers.random((30, 4)) < 0.5).astype(np.float64)

    coefficients = weighted_ridge(present, 9.0 + additive(present), np.ones(30), 1e9)

    np.testing.assert_allclose(coefficients, 0.0, atol=1e-6)


def test_an_image_has_the_same_sets_whatever_is_beside_it():
    def explain_from(first):
        return lime(
            lambda variants: tf.reduce_sum(variants[:, :1, :2], axis=(1, 2, 3)),
            IMAGES[first:],
            segments=SEGMENTS[first:],
            baseline=BASELINE[first:],
            sample_count=12,
            keep_probability=0.5,
            kernel_width=0.25,
            ridge=1.0,
            seed=1,
            chunk=5,
            track=untracked,
        )

    np.testing.assert_allclose(explain_from(0)[1:], explain_from(1), rtol=1e-4, atol=1e-6)
