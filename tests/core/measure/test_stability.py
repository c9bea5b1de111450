"""A map that follows the network is stable; one that follows the noise is not."""

import numpy as np
import tensorflow as tf

from core.measure.stability import stability
from core.progress import untracked
from tests.core.measure.planted import some_images, some_maps

KNOBS = {"noise": 0.05, "copies": 4, "seed": 0, "track": untracked}


def test_a_map_that_does_not_change_is_perfectly_stable():
    maps = some_maps()

    found = stability(lambda images: maps, some_images(), maps, **KNOBS)

    np.testing.assert_allclose(found, [1, 1], atol=1e-6)


def test_a_map_of_the_noise_alone_is_not_stable_at_all():
    images = some_images()

    found = stability(
        lambda noisy: tf.reduce_sum(noisy - images, axis=-1), images, some_maps(), **KNOBS
    )

    assert np.abs(found).max() < 0.15


def test_more_noise_makes_a_map_of_the_pixels_less_stable():
    def brightness(images):
        return tf.reduce_sum(images, axis=-1)

    images = some_images()
    found = [
        stability(brightness, images, brightness(images), **{**KNOBS, "noise": noise})[0]
        for noise in (0.0, 0.02, 0.2, 2.0)
    ]

    assert found[0] > 0.999
    assert (np.diff(found) < 0).all()


def test_an_image_is_measured_alike_alone_and_in_company():
    def brightness(images):
        return tf.reduce_sum(images, axis=-1)

    images = some_images(3)
    together = stability(brightness, images, brightness(images), **KNOBS)

    alone = stability(brightness, images[2:], brightness(images[2:]), **KNOBS)

    np.testing.assert_allclose(alone, together[2:], atol=1e-6)


def test_every_copy_is_reported_as_a_step():
    seen = []

    def track(steps):
        for step in steps:
            seen.append(step)
            yield step

    stability(
        lambda images: some_maps(), some_images(), some_maps(), **{**KNOBS, "track": track}
    )

    assert seen == [0, 1, 2, 3]
