"""Each objective against a second implementation in NumPy, one picture at a time."""

import numpy as np
import pytest
import tensorflow as tf

from core.visualize.objectives import (
    EVERYWHERE,
    Aim,
    Target,
    as_maps,
    safe_norm,
    target_scores,
)
from tests.core.visualize.differences import gradient_by_differences, gradient_of

COUNT, HEIGHT, WIDTH, CHANNELS = 3, 4, 5, 6
WEIGHTS = np.array([1.0, -2.0, 0.5], np.float32)
POSITIONS = np.array([[EVERYWHERE, EVERYWHERE], [1, 2], [3, 4]], np.int32)


@pytest.fixture
def activations():
    numbers = np.random.default_rng(0)
    return numbers.standard_normal((COUNT, HEIGHT, WIDTH, CHANNELS)).astype(np.float32)


@pytest.fixture
def directions():
    return np.random.default_rng(1).standard_normal((COUNT, CHANNELS)).astype(np.float32)


@pytest.fixture
def own():
    numbers = np.random.default_rng(2)
    return numbers.standard_normal((COUNT, HEIGHT, WIDTH, CHANNELS)).astype(np.float32)


def scores(aim, activations, vectors, *, weights=WEIGHTS, positions=POSITIONS):
    target = Target(*map(tf.constant, (weights, vectors, positions)))
    return target_scores(aim, tf.constant(activations), target)


def cosine_of(one, other):
    return one @ other / ((1e-4 + np.linalg.norm(one)) * (1e-4 + np.linalg.norm(other)))


def test_a_channel_is_the_mean_of_its_map(activations):
    one_hot = np.eye(CHANNELS, dtype=np.float32)[[2, 0, 5]]

    found = scores(
        Aim("direction", "layer"),
        activations,
        one_hot,
        positions=np.full((COUNT, 2), EVERYWHERE, np.int32),
    )

    means = [activations[0, ..., 2], activations[1, ..., 0], activations[2, ..., 5]]
    expected = WEIGHTS * [channel.mean() for channel in means]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_a_neuron_is_its_channel_at_its_position(activations):
    one_hot = np.eye(CHANNELS, dtype=np.float32)[[2, 0, 5]]

    found = scores(Aim("direction", "layer"), activations, one_hot)

    expected = [activations[0, ..., 2].mean(), activations[1, 1, 2, 0], activations[2, 3, 4, 5]]
    np.testing.assert_allclose(found, WEIGHTS * expected, rtol=1e-5)


@pytest.mark.parametrize("power", [0.0, 1.0, 4.0])
def test_a_direction_counts_its_length_and_its_angle(activations, directions, power):
    found = scores(Aim("direction", "layer", power), activations, directions)

    def at(picture, row, column):
        seen, sought = activations[picture, row, column], directions[picture]
        return seen @ sought * max(0.1, cosine_of(seen, sought)) ** power

    everywhere = np.mean([at(0, row, column) for row, column in np.ndindex(HEIGHT, WIDTH)])
    np.testing.assert_allclose(
        found, WEIGHTS * [everywhere, at(1, 1, 2), at(2, 3, 4)], rtol=1e-4
    )


def test_the_opposite_of_a_direction_is_never_rewarded_twice():
    # Without the floor, an odd power of a negative cosine times a negative length is positive.
    sought = np.array([[1.0, 0.0]], np.float32)
    opposite = -sought.reshape(1, 1, 1, 2)

    found = scores(
        Aim("direction", "layer", 1.0),
        opposite,
        sought,
        weights=np.ones(1, np.float32),
        positions=np.zeros((1, 2), np.int32),
    )

    np.testing.assert_allclose(found, [-0.1], rtol=1e-5)


def test_energy_is_the_mean_square_of_a_layer(activations):
    found = scores(Aim("energy", "layer"), activations, np.zeros((COUNT, 1), np.float32))

    expected = WEIGHTS * [np.mean(picture**2) for picture in activations]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("power", [0.0, 2.0])
def test_a_caricature_is_the_dot_product_over_the_layer(activations, own, power):
    found = scores(Aim("caricature", "layer", power), activations, own)

    expected = [
        seen.ravel()
        @ sought.ravel()
        / (HEIGHT * WIDTH)
        * max(0.1, cosine_of(seen.ravel(), sought.ravel())) ** power
        for seen, sought in zip(activations, own, strict=True)
    ]
    np.testing.assert_allclose(found, WEIGHTS * expected, rtol=1e-4)


def test_an_inversion_is_the_part_of_the_energy_that_is_missed(activations, own):
    found = scores(Aim("inversion", "layer"), activations, own)

    expected = [
        -np.sum((seen - sought) ** 2) / np.sum(sought**2)
        for seen, sought in zip(activations, own, strict=True)
    ]
    np.testing.assert_allclose(found, WEIGHTS * expected, rtol=1e-4)


def test_an_inversion_that_hits_its_image_misses_nothing(own):
    np.testing.assert_array_equal(scores(Aim("inversion", "layer"), own, own), np.zeros(COUNT))


AIMS = [
    pytest.param(Aim("direction", "layer"), "directions", id="direction"),
    pytest.param(Aim("direction", "layer", 2.0), "directions", id="direction with cosine"),
    pytest.param(Aim("energy", "layer"), "directions", id="energy"),
    pytest.param(Aim("caricature", "layer", 1.0), "own", id="caricature"),
    pytest.param(Aim("inversion", "layer"), "own", id="inversion"),
]


@pytest.mark.parametrize(("aim", "vectors"), AIMS)
def test_the_gradient_of_an_objective_is_that_of_small_differences(
    aim, vectors, activations, request
):
    vectors = request.getfixturevalue(vectors)

    def total(free):
        target = Target(*map(tf.constant, (WEIGHTS, vectors, POSITIONS)))
        return tf.reduce_sum(target_scores(aim, free, target))

    np.testing.assert_allclose(
        gradient_of(total, activations),
        gradient_by_differences(total, activations),
        atol=3e-3,
    )


@pytest.mark.parametrize(("aim", "vectors"), AIMS)
def test_no_gradient_leaks_from_one_picture_into_another(aim, vectors, activations, request):
    vectors = request.getfixturevalue(vectors)

    def first_score(free):
        target = Target(*map(tf.constant, (WEIGHTS, vectors, POSITIONS)))
        return target_scores(aim, free, target)[0]

    leaked = gradient_of(first_score, activations)[1:]

    np.testing.assert_array_equal(leaked, np.zeros_like(leaked))


def test_nothing_has_no_angle_and_a_finite_gradient(directions):
    nothing = np.zeros((COUNT, HEIGHT, WIDTH, CHANNELS), np.float32)

    def total(free):
        target = Target(*map(tf.constant, (WEIGHTS, directions, POSITIONS)))
        return tf.reduce_sum(target_scores(Aim("direction", "layer", 2.0), free, target))

    assert np.all(np.isfinite(gradient_of(total, nothing)))
    assert float(safe_norm(tf.zeros(3))) == 0


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        pytest.param((2, 7), (2, 1, 1, 7), id="vector"),
        pytest.param((2, 5, 7), (2, 5, 1, 7), id="tokens"),
        pytest.param((2, 3, 4, 7), (2, 3, 4, 7), id="maps"),
    ],
)
def test_any_output_of_a_layer_is_read_as_maps(shape, expected):
    assert as_maps(tf.zeros(shape)).shape == expected
