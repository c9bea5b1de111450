"""Redirected gradients against lucid's rule, written out image by image."""

import numpy as np
import pytest
import tensorflow as tf

from core.models.rectifiers import rectified_by
from core.visualize.redirected_rectifier import redirect

FEATURES = np.array(
    [
        [[-1.0, 7.0], [-2.0, -0.5]],  # nothing is open for ReLU6
        [[-1.0, 7.0], [2.0, -0.5]],  # one feature is open
    ],
    np.float32,
)
UPSTREAMS = np.random.default_rng(0).standard_normal((16, 2, 2, 2)).astype(np.float32)


def gradient(rectify, features, upstream):
    features = tf.constant(features)
    with tf.GradientTape() as tape:
        tape.watch(features)
        with rectified_by(redirect):
            rectified = rectify(features)
    return tape.gradient(rectified, features, tf.constant(upstream)).numpy()


def lucids(features, upstream, *, ceiling):
    """Follow its gradient of ReLU6 for one image; without a ceiling, that of ReLU."""
    shut = (features < 0) | (features > ceiling)
    usual = np.where(shut, 0, upstream)
    if np.linalg.norm(usual) > 0:
        return usual
    pushes_lower = (features < 0) & (upstream > 0)
    pushes_higher = (features > ceiling) & (upstream < 0)
    return np.where(pushes_lower | pushes_higher, 0, upstream)


RECTIFIERS = [
    pytest.param(lambda features: tf.nn.relu(features), np.inf, id="relu"),
    pytest.param(lambda features: tf.nn.relu6(features), 6.0, id="relu6"),
]


@pytest.mark.parametrize(("rectify", "ceiling"), RECTIFIERS)
@pytest.mark.parametrize("upstream", UPSTREAMS, ids=range(len(UPSTREAMS)))
def test_gradients_follow_lucids_rule_for_each_image(rectify, ceiling, upstream):
    found = gradient(rectify, FEATURES, upstream)

    expected = [
        lucids(features, own, ceiling=ceiling)
        for features, own in zip(FEATURES, upstream, strict=True)
    ]
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(("rectify", "ceiling"), RECTIFIERS)
def test_what_is_put_out_stays_as_it_is(rectify, ceiling):
    with rectified_by(redirect):
        ruled = rectify(tf.constant(FEATURES))

    np.testing.assert_array_equal(ruled, rectify(tf.constant(FEATURES)))


def test_a_threshold_is_a_floor_below_which_nothing_is_pushed_further():
    import keras

    layer = keras.layers.ReLU(threshold=1.0)
    features = np.array([[0.5, -3.0]], np.float32)

    pushing_lower = gradient(layer, features, [[1.0, 1.0]])
    pushing_higher = gradient(layer, features, [[-1.0, -1.0]])

    np.testing.assert_array_equal(pushing_lower, [[0, 0]])
    np.testing.assert_array_equal(pushing_higher, [[-1, -1]])
