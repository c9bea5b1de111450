import numpy as np
import pytest
import tensorflow as tf

from core.explain.eigencam import eigencam


def test_activations_of_rank_one_give_back_their_map():
    numbers = np.random.default_rng(6)
    shown = numbers.uniform(0.0, 1.0, (2, 3, 4))
    channels = np.array([3.0, 4.0, 0.0])

    maps = eigencam(tf.constant(shown[..., None] * channels, tf.float32))

    # The direction (3, 4, 0) / 5 is the only one, so that the projection is 5 times the map.
    np.testing.assert_allclose(maps, shown * 5.0, rtol=1e-4)


@pytest.mark.parametrize("channels", [3, 40], ids=["fewer-than-positions", "more"])
def test_maps_are_projections_on_the_first_eigenvector_of_the_channels(channels):
    activations = np.random.default_rng(7).normal(0.3, 1.0, (2, 3, 4, channels))

    maps = eigencam(tf.constant(activations, tf.float32))

    for shown, image in zip(maps.numpy(), activations, strict=True):
        positions = image.reshape(-1, channels)
        _, directions = np.linalg.eigh(positions.T @ positions)
        projection = (positions @ directions[:, -1]).reshape(3, 4)
        np.testing.assert_allclose(
            shown, projection * np.sign(projection.sum()), rtol=1e-3, atol=1e-3
        )


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_sign_is_the_one_that_sums_to_something_positive(sign):
    activations = sign * np.random.default_rng(8).uniform(0.1, 1.0, (1, 3, 4, 5))

    maps = eigencam(tf.constant(activations, tf.float32))

    assert (maps.numpy() > 0.0).all()
