"""Images of a few superpixels, and scores that depend on which of them are there."""

import numpy as np
import tensorflow as tf

SEGMENTS = tf.constant(
    [
        [[0, 0, 1, 1, 2, 2], [0, 3, 3, 1, 4, 2], [3, 3, 3, 4, 4, 4]],
        [[0, 0, 0, 1, 1, 1], [2, 2, 0, 1, 2, 2], [2, 2, 2, 2, 2, 2]],
    ]
)
COUNTS = (5, 3)
IMAGES, BASELINE = tf.ones((2, 3, 6, 1)), tf.zeros((2, 3, 6, 1))


def presence_of(variants):
    """Read off which superpixels n·2 variants show: for each image [n, S]."""
    shown = tf.reshape(variants, (-1, *IMAGES.shape)).numpy()[..., 0]
    return [
        np.stack(
            [
                shown[:, image][:, SEGMENTS.numpy()[image] == part].mean(axis=1)
                for part in range(count)
            ],
            axis=1,
        )
        for image, count in enumerate(COUNTS)
    ]


def game(worth):
    """Make a `ScoreFunction` of what a set of superpixels is worth: from [n, S] to [n]."""

    def score(variants):
        by_image = [worth(present) for present in presence_of(variants)]
        return tf.constant(np.stack(by_image, axis=1).reshape(-1), tf.float32)

    return score


def additive(present):
    """Superpixel s is worth s² - 1."""
    return present @ (np.arange(present.shape[1]) ** 2 - 1.0)


def interacting(present):
    """Superpixels 0 and 1 together are worth 5, and with the last one there as well 3 more."""
    return (
        additive(present)
        + 5.0 * present[:, 0] * present[:, 1]
        + 3.0 * present[:, 0] * present[:, 1] * present[:, -1]
        - 2.0 * np.maximum(present[:, 1], present[:, 2])
    )


def by_superpixel(maps):
    """Read each superpixel's value off maps [2, H, W]."""
    return [
        np.array(
            [maps.numpy()[image][SEGMENTS.numpy()[image] == part][0] for part in range(count)]
        )
        for image, count in enumerate(COUNTS)
    ]
