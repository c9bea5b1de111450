"""What is lost of a score where only the marked part is seen, known by algebra."""

import numpy as np
import pytest
import tensorflow as tf

from core.errors import ShapeError
from core.measure.average_drop import average_drop
from tests.core.measure.planted import BLACK, TRUE_MAPS, WHITE, region_brightness, some_images


def test_nothing_is_lost_where_the_map_marks_the_region_whole():
    drop = average_drop(region_brightness, WHITE, 7.0 * TRUE_MAPS, baseline=BLACK)

    np.testing.assert_allclose(drop.part, [0, 0], atol=1e-6)


def test_everything_is_lost_where_the_map_marks_all_but_the_region():
    drop = average_drop(region_brightness, WHITE, 1.0 - TRUE_MAPS, baseline=BLACK)

    np.testing.assert_allclose(drop.part, [1, 1], atol=1e-6)
    assert not drop.is_increase.numpy().any()


def test_a_region_marked_half_as_strongly_as_the_rest_loses_half():
    drop = average_drop(region_brightness, WHITE, 1.0 - 0.5 * TRUE_MAPS, baseline=BLACK)

    np.testing.assert_allclose(drop.part, [0.5, 0.5], atol=1e-6)


def test_hiding_what_speaks_against_a_class_is_an_increase():
    def score(images):
        outside = tf.reduce_mean(
            images * (1.0 - TRUE_MAPS[0][:, :, tf.newaxis]), axis=(1, 2, 3)
        )
        return 1.0 + region_brightness(images) - outside

    drop = average_drop(score, WHITE, TRUE_MAPS, baseline=BLACK)

    assert drop.is_increase.numpy().all()
    np.testing.assert_array_equal(drop.part, [0, 0])


@pytest.mark.parametrize("value", [0.0, -1.0], ids=["zero", "negative"])
def test_a_map_without_evidence_shows_only_the_baseline(value):
    images = some_images()

    drop = average_drop(
        region_brightness, images, tf.fill(images.shape[:3], value), baseline=BLACK
    )

    np.testing.assert_allclose(drop.part, [1, 1], atol=1e-6)


def test_a_score_of_zero_has_nothing_to_lose():
    drop = average_drop(region_brightness, BLACK, TRUE_MAPS, baseline=BLACK)

    np.testing.assert_array_equal(drop.part, [0, 0])


def test_maps_of_another_size_than_the_images_are_refused():
    with pytest.raises(ShapeError):
        average_drop(region_brightness, WHITE, tf.zeros((2, 7, 7)), baseline=BLACK)
