"""CKA sees through rotations and scales, whatever the batches, and is zero for chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.compare.cka import LayerSimilarity, hollow_gram, unbiased_hsic
from core.errors import ShapeError


def similarity(first, second, batch=None):
    batch = batch or len(first)
    sums = LayerSimilarity(1, 1)
    for start in range(0, len(first), batch):
        sums.add([first[start : start + batch]], [second[start : start + batch]])
    return sums.similarities()[0, 0]


def normal(seed, images=40, features=6):
    return np.random.default_rng(seed).normal(size=(images, features))


def slow_hsic(first, second):
    """The sum over all tuples of four different images that the estimate stands for.

    Source: Song et al. (2012), equation 4, which equation 5 adds up in closed form.
    """
    count = len(first)
    total, tuples = 0.0, 0
    for i in range(count):
        for j in set(range(count)) - {i}:
            for q in set(range(count)) - {i, j}:
                for r in set(range(count)) - {i, j, q}:
                    total += first[i, j] * (second[i, j] + second[q, r] - 2 * second[i, q])
                    tuples += 1
    return total / tuples


@pytest.mark.parametrize("images", [4, 6])
def test_the_unbiased_estimate_is_the_mean_over_tuples_of_different_images(images):
    one, other = hollow_gram(normal(0, images)), hollow_gram(normal(1, images))

    assert unbiased_hsic(one, other) == pytest.approx(slow_hsic(one, other))


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 1000), scale=st.floats(0.01, 100))
def test_a_rotated_scaled_and_shifted_layer_is_the_same(seed, scale):
    first = normal(seed)
    rotation, _ = np.linalg.qr(normal(seed + 1, 6, 6))

    assert similarity(first, scale * first @ rotation + 5.0) == pytest.approx(1.0)


def test_it_is_the_known_cka_for_many_images():
    # For linear kernels the biased CKA is |Y'X|^2 / (|X'X| |Y'Y|) of centred features.
    first = normal(2, 4000)
    second = first @ normal(3, 6, 5) + 2.0 * normal(4, 4000, 5)
    one, other = first - first.mean(0), second - second.mean(0)
    expected = np.linalg.norm(other.T @ one) ** 2 / (
        np.linalg.norm(one.T @ one) * np.linalg.norm(other.T @ other)
    )

    assert similarity(first, second) == pytest.approx(expected, abs=0.01)


def test_the_size_of_the_batches_hardly_matters():
    first = normal(5, 2000)
    second = first @ normal(6, 6, 4) + normal(7, 2000, 4)

    small, large = (similarity(first, second, batch) for batch in (20, 500))

    assert small == pytest.approx(large, abs=0.02)


def test_unrelated_layers_have_about_no_similarity_even_with_many_features():
    values = [
        similarity(normal(seed, 32, 500), normal(seed + 50, 32, 500)) for seed in range(40)
    ]

    assert abs(np.mean(values)) < 0.02


def test_features_of_any_shape_are_compared():
    maps = np.random.default_rng(8).normal(size=(10, 4, 4, 3)).astype(np.float32)

    assert similarity(maps, maps.reshape(10, -1)) == pytest.approx(1.0)


def test_every_layer_is_compared_with_every_other():
    layers = [normal(seed) for seed in range(3)]
    sums = LayerSimilarity(3, 2)

    sums.add(layers, layers[1:])

    found = sums.similarities()
    assert found.shape == (3, 2)
    np.testing.assert_allclose([found[1, 0], found[2, 1]], [1, 1])
    assert found[0, 0] == pytest.approx(similarity(layers[0], layers[1]))


def test_a_layer_that_says_the_same_of_every_image_is_similar_to_nothing():
    assert similarity(np.ones((8, 3)), normal(0, 8)) == 0.0
    assert similarity(np.zeros((8, 3)), normal(0, 8)) == 0.0


@pytest.mark.parametrize(
    ("first", "second"),
    [([normal(0)], []), ([normal(0)], [normal(1, 39)]), ([normal(0, 3)], [normal(1, 3)])],
    ids=["layers", "images", "too-few"],
)
def test_batches_that_do_not_go_together_are_refused(first, second):
    with pytest.raises(ShapeError):
        LayerSimilarity(1, 1).add(first, second)


def test_batches_multiplied_elsewhere_count_as_their_features_do():
    first, second = normal(0), normal(1) + normal(0)
    sums = LayerSimilarity(1, 1)

    sums.add_grams([hollow_gram(first)], [hollow_gram(second)])

    assert sums.similarities()[0, 0] == pytest.approx(similarity(first, second))


def test_an_image_can_be_taken_out_of_a_gram_matrix():
    # It was centred with the image; the estimate does not hang on what is subtracted.
    first, second = normal(0), normal(1) + normal(0)
    sums = LayerSimilarity(1, 1)

    sums.add_grams([hollow_gram(first)[1:, 1:]], [hollow_gram(second)[1:, 1:]])

    assert sums.similarities()[0, 0] == pytest.approx(similarity(first[1:], second[1:]))


def test_gram_matrices_of_other_numbers_of_images_are_refused():
    sums = LayerSimilarity(1, 1)

    with pytest.raises(ShapeError):
        sums.add_grams([np.zeros((5, 5))], [np.zeros((6, 6))])
    with pytest.raises(ShapeError):
        sums.add_grams([np.zeros((5, 5))], [])
