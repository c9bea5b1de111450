"""The score that is explained: which class' logit, of which variant of which image."""

import numpy as np
import tensorflow as tf

from core.score import class_scores, gradient_of, top_targets

LOGITS = np.float32([[1, 2, 4], [8, 16, 32], [64, 128, 256], [512, 1024, 2048]])
"""Two variants of two images: rows 0 and 2 are of the first image, 1 and 3 of the second."""

NOBODY = tf.constant([-1, -1])


def test_each_variant_is_scored_by_the_class_of_its_own_image():
    scores = class_scores(tf.constant(LOGITS), tf.constant([0, 2]), NOBODY)

    np.testing.assert_array_equal(scores, [1, 32, 64, 2048])


def test_the_class_held_against_the_target_is_subtracted_where_there_is_one():
    scores = class_scores(tf.constant(LOGITS), tf.constant([0, 2]), tf.constant([-1, 1]))

    np.testing.assert_array_equal(scores, [1, 32 - 16, 64, 2048 - 1024])


def test_the_top_class_is_taken_only_where_none_is_asked_for():
    logits = tf.constant([[3.0, 1.0, 2.0], [0.0, 5.0, 4.0]])

    np.testing.assert_array_equal(top_targets(logits, tf.constant([-1, 2])), [0, 2])


def test_the_gradient_is_each_images_own():
    images = tf.constant([[[[2.0]]], [[[3.0]]]])

    gradient = gradient_of(lambda given: tf.reduce_sum(given**2, axis=(1, 2, 3)), images)

    np.testing.assert_array_equal(tf.reshape(gradient, [-1]), [4.0, 6.0])
