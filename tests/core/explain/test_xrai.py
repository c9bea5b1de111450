"""XRAI's two halves, the segments and the growing, and both put together."""

import numpy as np
import pytest
import tensorflow as tf

from core.explain.overlapping_segments import (
    disk_of,
    overlapping_segments,
    resize_labels,
)
from core.explain.region_growing import grow_regions
from core.explain.xrai import xrai


@pytest.fixture
def attributions():
    return np.random.default_rng(1).normal(size=(20, 18)).astype(np.float32)


@pytest.fixture
def segments():
    """Thirty boxes that overlap."""
    numbers = np.random.default_rng(2)
    boxes = np.zeros((30, 20, 18), bool)
    for box in boxes:
        top, left = numbers.integers(0, 14), numbers.integers(0, 12)
        box[top : top + numbers.integers(2, 7), left : left + numbers.integers(2, 7)] = True
    return boxes


def slow_regions(attributions, segments, min_pixel_diff):
    """Follow algorithm 1 as PAIR saliency does, and measure every segment anew each time."""
    grown = np.full(attributions.shape, np.nan)
    remaining = list(segments)
    while True:
        inside = ~np.isnan(grown)
        remaining = [mask for mask in remaining if (mask & ~inside).sum() >= min_pixel_diff]
        if not remaining:
            break
        gains = [attributions[mask & ~inside].mean(dtype=float) for mask in remaining]
        best = int(np.argmax(gains))
        grown[remaining.pop(best) & ~inside] = gains[best]
    outside = np.isnan(grown)
    if outside.any():
        grown[outside] = attributions[outside].mean(dtype=float)
    return grown


@pytest.mark.parametrize("min_pixel_diff", [1, 5, 30])
def test_regions_grow_as_if_every_segment_were_measured_anew(
    attributions, segments, min_pixel_diff
):
    grown = grow_regions(attributions, segments, min_pixel_diff=min_pixel_diff)

    expected = slow_regions(attributions, segments, min_pixel_diff)
    np.testing.assert_allclose(grown, expected, rtol=1e-9)


def test_growing_keeps_the_sum_of_the_attributions(attributions, segments):
    grown = grow_regions(attributions, segments, min_pixel_diff=1)

    np.testing.assert_allclose(grown.sum(), attributions.sum(), rtol=1e-5)


def test_without_segments_every_pixel_gets_the_mean(attributions):
    grown = grow_regions(attributions, np.zeros((1, 20, 18), bool), min_pixel_diff=1)

    np.testing.assert_allclose(grown, attributions.mean(), rtol=1e-4)


def picture_with_a_square():
    """Draw a grey square into a black picture of the size at which pictures are segmented."""
    image = np.zeros((224, 224, 3), np.float32)
    image[56:168, 28:140] = 0.5
    return image


SEGMENTATION = {"sigma": 0.8, "minimum_pixels": 150}


def test_an_object_of_one_colour_is_a_segment_at_every_scale():
    segments = overlapping_segments(
        picture_with_a_square(), scales=(50, 250), dilation_pixels=0, **SEGMENTATION
    )

    square = picture_with_a_square()[..., 0] > 0
    overlaps = [(mask & square).sum() / (mask | square).sum() for mask in segments]
    assert sum(overlap > 0.8 for overlap in overlaps) == 2


def test_segments_of_one_scale_cover_the_image_once_before_they_grow():
    image = np.random.default_rng(0).normal(size=(40, 30, 1)).astype(np.float32)

    whole, grown = (
        overlapping_segments(image, scales=(20,), dilation_pixels=pixels, **SEGMENTATION)
        for pixels in (0, 1)
    )

    np.testing.assert_array_equal(whole.sum(axis=0), 1)
    assert len(whole) == len(grown) > 1
    assert (grown | ~whole).all()
    assert grown.sum() > whole.sum()


def test_a_dilation_reaches_as_far_as_its_radius():
    np.testing.assert_array_equal(
        disk_of(2),
        [[0, 0, 1, 0, 0], [0, 1, 1, 1, 0], [1] * 5, [0, 1, 1, 1, 0], [0, 0, 1, 0, 0]],
    )


def test_labels_are_enlarged_by_whole_pixels():
    labels = np.array([[1, 2], [3, 4]])

    np.testing.assert_array_equal(
        resize_labels(labels, (4, 3)), [[1, 2, 2], [1, 2, 2], [3, 4, 4], [3, 4, 4]]
    )


def test_an_image_of_one_colour_is_one_region():
    segments = overlapping_segments(
        np.ones((32, 32, 3), np.float32), scales=(50,), dilation_pixels=0, **SEGMENTATION
    )

    assert segments.all()
    assert len(segments) == 1


def test_the_object_that_the_attribution_points_into_stands_out_as_a_whole():
    image = picture_with_a_square()
    pointed_at = np.zeros((224, 224), np.float32)
    pointed_at[80:100, 60:80] = 1.0

    (explained,) = xrai(
        lambda images: tf.constant(pointed_at[None]),
        tf.constant(image[None]),
        segment=lambda seen: overlapping_segments(
            seen, scales=(50, 250), dilation_pixels=0, **SEGMENTATION
        ),
        min_pixel_diff=10,
    )

    square = image[..., 0] > 0
    assert np.quantile(explained[square], 0.2) > 10 * np.quantile(explained[~square], 0.8)
    np.testing.assert_allclose(tf.reduce_sum(explained), 400.0, rtol=1e-4)
