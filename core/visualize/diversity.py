"""How alike the pictures of one objective are, so that they can be driven apart.

Source: Olah, Mordvintsev and Schubert, "Feature Visualization" (2017), on diversity; lucid,
`optvis/objectives.py`. A style is the Gram matrix of a layer's channels, as in Gatys et al.
"""

import tensorflow as tf
from jaxtyping import Float

from core.shapes import Activations, Scores

ENERGY_FLOOR = 1e-10
"""Least energy that a Gram matrix is divided by; lucid's."""


def likeness(activations: Activations, *, facets: int) -> Scores:
    """Measure how alike in style each picture is to the others of its group.

    Args:
        activations: [B, h, w, D] float32; groups of pictures one after another.
        facets: pictures in a group, of which B is a multiple.

    Returns:
        [B], the sum of the cosines of its Gram matrix with the others'. The pictures of other
        groups do not enter.
    """
    count, _, _, channels = activations.shape
    flat = tf.reshape(activations, (count, -1, channels))
    grams = tf.reshape(tf.matmul(flat, flat, transpose_a=True), (count, -1))
    styles = tf.math.l2_normalize(grams, axis=1, epsilon=ENERGY_FLOOR)
    groups = tf.reshape(styles, (count // facets, facets, channels * channels))
    cosines = tf.matmul(groups, groups, transpose_b=True)
    others: Float[tf.Tensor, "f f"] = 1.0 - tf.eye(facets)
    return tf.reshape(tf.reduce_sum(cosines * others, axis=2), [-1])
