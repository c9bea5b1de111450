"""Eigen-CAM: what a layer sees most of, whatever the class.

Source: Muhammad and Yeasin, "Eigen-CAM: Class Activation Map using Principal Components"
(2020), https://arxiv.org/abs/2008.00299, equations 3 and 4. As in the paper the activations
are not centred (pytorch-grad-cam centres them). Departure: a singular vector has no sign of
its own; the sign is taken that makes the map sum to no less than zero, which after a ReLU
makes all of it not negative.
"""

import tensorflow as tf

from core.shapes import Activations, Maps


def eigencam(activations: Activations) -> Maps:
    """Project each position's activations on the first principal direction of the image's own.

    Args:
        activations: [B, h, w, D] float32.

    Returns:
        [B, h, w] float32, in units of the activations. The squares sum to the square of the
        layer's largest singular value. The same for every class. Costs the forward pass that
        gave the activations and a singular value decomposition of [h·w, D].
    """
    batch, height, width, channels = tf.unstack(tf.shape(activations))
    positions = tf.reshape(activations, (batch, height * width, channels))
    singular_values, left_vectors, _ = tf.linalg.svd(positions)
    projections = singular_values[:, :1] * left_vectors[:, :, 0]
    sums = tf.reduce_sum(projections, axis=1, keepdims=True)
    upright = tf.where(sums < 0, -projections, projections)
    return tf.reshape(upright, (batch, height, width))
