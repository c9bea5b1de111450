import numpy as np
import pytest
import tensorflow as tf

from core.explain.patches import lay_patches, mean_over_patches


def test_the_last_patches_touch_the_far_edges_whatever_the_stride():
    patches = lay_patches(7, 10, patch_pixels=3, stride_pixels=3)

    assert sorted(set(patches.tops)) == [0, 3, 4]
    assert sorted(set(patches.lefts)) == [0, 3, 6, 7]
    assert len(patches) == 12


def test_a_patch_larger_than_the_image_covers_all_of_it_once():
    patches = lay_patches(4, 5, patch_pixels=99, stride_pixels=2)

    assert (len(patches), patches.height, patches.width) == (1, 4, 5)
    np.testing.assert_array_equal(patches.rows, np.ones((1, 4)))


@pytest.mark.parametrize(("patch", "stride"), [(2, 2), (3, 1), (3, 2), (2, 4)])
def test_a_pixel_gets_the_mean_over_the_patches_on_it(patch, stride):
    patches = lay_patches(5, 6, patch_pixels=patch, stride_pixels=stride)
    values = np.random.default_rng(11).normal(size=(len(patches), 2)).astype(np.float32)

    maps = mean_over_patches(tf.constant(values), patches).numpy()

    for image, row, column in np.ndindex(2, 5, 6):
        inside = [
            values[index, image]
            for index, (top, left) in enumerate(zip(patches.tops, patches.lefts, strict=True))
            if top <= row < top + patch and left <= column < left + patch
        ]
        expected = np.mean(inside) if inside else 0.0
        assert maps[image, row, column] == pytest.approx(expected, rel=1e-4, abs=1e-6)
