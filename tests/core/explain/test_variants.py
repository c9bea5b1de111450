import numpy as np
import pytest
import tensorflow as tf

from core.explain.variants import even_chunks, keep_parts, score_variants


@pytest.mark.parametrize(
    ("count", "chunk", "sizes"),
    [(7, 3, [3, 3, 3]), (10, 4, [4, 4, 4]), (9, 8, [5, 5]), (2, 50, [2]), (1, 1, [1])],
)
def test_variants_are_divided_evenly_among_the_fewest_passes(count, chunk, sizes):
    chunks = even_chunks(count, chunk)

    assert [len(part.indices) for part in chunks] == sizes
    fresh = np.concatenate([part.indices[: part.fresh] for part in chunks])
    np.testing.assert_array_equal(fresh, np.arange(count))


def test_every_variant_of_every_image_gets_its_own_score():
    def variants_of(indices):
        return tf.constant(10.0 * indices[:, None] + np.arange(3), tf.float32)

    scores = score_variants(
        lambda numbers: numbers + 0.5, variants_of, count=5, chunk=2, track=lambda steps: steps
    )

    np.testing.assert_allclose(scores, 10.0 * np.arange(5)[:, None] + np.arange(3) + 0.5)


def test_a_mask_mixes_each_pixel_of_image_and_baseline():
    images, baseline = tf.fill((2, 1, 3, 1), 8.0), tf.fill((2, 1, 3, 1), 4.0)
    kept = tf.constant([[[[0.0, 0.5, 1.0]]]])

    variants = keep_parts(images, kept, baseline)

    np.testing.assert_array_equal(variants[0, :, 0, :, 0], [[4.0, 6.0, 8.0]] * 2)
