import numpy as np
import pytest
import tensorflow as tf

from core.explain.patch_classification import patch_classification
from core.progress import untracked

IMAGES = np.random.default_rng(13).normal(size=(2, 6, 8, 3)).astype(np.float32)


def explain(score, patch, stride, images=IMAGES):
    return patch_classification(
        score,
        tf.constant(images),
        patch_pixels=patch,
        stride_pixels=stride,
        chunk=4,
        track=untracked,
    ).numpy()


def mean_score(images):
    return tf.reduce_mean(images, axis=(1, 2, 3))


def test_tiles_each_get_the_score_of_what_is_in_them():
    # Halves of a side come out twice as large, each pixel four times: the mean stays.
    maps = explain(
        mean_score, patch=3, stride=3, images=np.repeat(IMAGES, 3, axis=1)[:, :6, :6]
    )

    source = np.repeat(IMAGES, 3, axis=1)[:, :6, :6]
    for top, left in [(0, 0), (0, 3), (3, 0), (3, 3)]:
        tile = source[:, top : top + 3, left : left + 3]
        resized = tf.image.resize(tile, (6, 6)).numpy().mean(axis=(1, 2, 3))
        np.testing.assert_allclose(maps[:, top + 1, left + 1], resized, rtol=1e-4, atol=1e-6)


def test_one_patch_of_the_whole_image_gives_its_score_everywhere():
    maps = explain(mean_score, patch=99, stride=1)

    scores = IMAGES.mean(axis=(1, 2, 3))
    np.testing.assert_allclose(
        maps, np.broadcast_to(scores[:, None, None], maps.shape), rtol=1e-4, atol=1e-6
    )


def test_what_the_network_is_shown_is_an_enlarged_patch():
    seen = []

    def score(images):
        seen.append(images.numpy())
        return mean_score(images)

    flat = np.zeros((1, 6, 8, 3), np.float32)
    flat[:, :3, 4:] = 1.0
    explain(score, patch=3, stride=3, images=flat)

    shown = np.concatenate(seen)
    assert shown.shape[1:] == (6, 8, 3)
    assert shown.max() == 1.0
    # Columns start at 0, 3 and 5: the last patch of the first row lies inside the white part.
    np.testing.assert_array_equal(shown[2], np.ones((6, 8, 3)))


def test_the_map_is_highest_where_the_object_is():
    planted = np.zeros((1, 6, 8, 3), np.float32)
    planted[:, 3:, :3] = 1.0

    maps = explain(mean_score, patch=3, stride=1, images=planted)

    assert np.unravel_index(maps[0].argmax(), (6, 8)) == (5, 0)
    assert maps[0, 0, 7] == pytest.approx(0.0, abs=1e-6)
