import numpy as np
import tensorflow as tf

from core.explain.superpixels import paint, score_coalitions, segment_counts, superpixels
from core.progress import untracked


def colour_fields():
    """An image whose left half is red and whose right half is blue, and one of four fields."""
    images = np.zeros((2, 16, 16, 3), np.uint8)
    images[0, :, :8, 0] = images[0, :, 8:, 2] = 250
    images[1, :8, :, 1] = images[1, :, :8, 2] = 250
    return tf.constant(images)


def test_superpixels_do_not_cross_the_edges_of_colours():
    pixels = colour_fields()

    segments = superpixels(pixels, count=8, compactness=1.0).numpy()

    for image, parts in zip(pixels.numpy(), segments, strict=True):
        for part in range(parts.max() + 1):
            assert len(np.unique(image[parts == part], axis=0)) == 1


def test_superpixels_are_numbered_from_zero_without_gaps():
    rows, columns = np.mgrid[:20, :24]
    slopes = np.stack([rows * 9, columns * 8, (rows - columns) ** 2 % 250], axis=-1)
    pixels = np.stack([slopes, 255 - slopes]).astype(np.uint8)

    segments = superpixels(tf.constant(pixels), count=12, compactness=10.0)

    counts = segment_counts(segments)
    for parts, count in zip(segments.numpy(), counts, strict=True):
        np.testing.assert_array_equal(np.unique(parts), np.arange(count))
    assert 4 <= min(counts) <= max(counts) <= 24


def test_an_image_is_divided_alike_alone_and_in_company():
    pixels = colour_fields()

    together = superpixels(pixels, count=8, compactness=1.0)

    np.testing.assert_array_equal(
        together[1:], superpixels(pixels[1:], count=8, compactness=1.0)
    )


def test_an_image_is_scored_with_the_superpixels_of_its_coalition():
    segments = tf.constant([[[0, 1, 2]], [[1, 0, 0]]])
    images = tf.constant([[[[1.0], [10.0], [100.0]]], [[[3.0], [30.0], [300.0]]]])
    coalitions = [
        np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]),
        np.array([[0.0, 1.0], [1.0, 1.0]]),
    ]

    scores = score_coalitions(
        lambda variants: tf.reduce_sum(variants, axis=(1, 2, 3)),
        images,
        segments=segments,
        baseline=tf.zeros_like(images),
        coalitions=coalitions,
        chunk=2,
        track=untracked,
    )

    # Of the second image, superpixel 1 is the first pixel.
    np.testing.assert_allclose(scores, [[101.0, 3.0], [10.0, 333.0]])


def test_each_pixel_is_painted_with_its_superpixels_value():
    segments = tf.constant([[[0, 1], [1, 1]], [[0, 0], [0, 0]]])

    maps = paint([np.array([5.0, 7.0]), np.array([9.0])], segments)

    np.testing.assert_array_equal(maps, [[[5, 7], [7, 7]], [[9, 9], [9, 9]]])
