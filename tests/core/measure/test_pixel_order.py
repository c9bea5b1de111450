"""Pixels are numbered from the most valued, and ties are drawn alike for all images."""

import numpy as np
import pytest
import tensorflow as tf

from core.errors import ShapeError
from core.measure.pixel_order import pixel_ranks
from tests.core.measure.planted import HEIGHT, WIDTH, some_images, some_maps


def test_ranks_follow_the_values_from_the_highest_down():
    maps = some_maps()

    ranks = pixel_ranks(maps, some_images(), seed=0)

    for values, numbers in zip(maps.numpy(), ranks, strict=True):
        assert (np.diff(values.ravel()[np.argsort(numbers.ravel())]) <= 0).all()
        np.testing.assert_array_equal(np.sort(numbers.ravel()), np.arange(HEIGHT * WIDTH))


def test_equal_values_are_not_read_from_the_top():
    ranks = pixel_ranks(tf.zeros((1, HEIGHT, WIDTH)), some_images(1), seed=0)[0]

    assert abs((ranks[: HEIGHT // 2] < ranks.size // 2).mean() - 0.5) < 0.15


def test_an_image_is_ordered_alike_alone_and_in_company():
    maps = tf.round(some_maps(3))

    together = pixel_ranks(maps, some_images(3), seed=5)

    np.testing.assert_array_equal(together[2:], pixel_ranks(maps[2:], some_images(1), seed=5))


def test_what_is_no_number_comes_last():
    maps = some_maps(1).numpy()
    maps[0, 3, 4] = np.nan

    ranks = pixel_ranks(tf.constant(maps), some_images(1), seed=0)

    assert ranks[0, 3, 4] == HEIGHT * WIDTH - 1


def test_maps_of_another_size_than_the_images_are_refused():
    with pytest.raises(ShapeError):
        pixel_ranks(tf.zeros((2, 7, 7)), some_images(), seed=0)
