"""A score that looks at one region only, so that every measure is known by algebra."""

import numpy as np
import tensorflow as tf

BATCH, HEIGHT, WIDTH = 2, 10, 20
SHARE = 0.2
"""Of the pixels that lie in the region."""

REGION = np.zeros((HEIGHT, WIDTH), np.float32)
REGION[2:6, 5:15] = 1.0

WHITE = tf.ones((BATCH, HEIGHT, WIDTH, 3))
BLACK = tf.zeros_like(WHITE)
TRUE_MAPS = tf.repeat(tf.constant(REGION)[tf.newaxis], BATCH, axis=0)


def region_brightness(images):
    """Mean of the region's pixels: 1 for white images, 0 for black ones."""
    return tf.einsum("bhwc,hw->b", images, REGION) / (3 * REGION.sum())


def some_images(count=BATCH, seed=0):
    numbers = np.random.default_rng(seed).uniform(0, 1, (count, HEIGHT, WIDTH, 3))
    return tf.constant(numbers, tf.float32)


def some_maps(count=BATCH, seed=1):
    numbers = np.random.default_rng(seed).normal(0, 1, (count, HEIGHT, WIDTH))
    return tf.constant(numbers, tf.float32)
