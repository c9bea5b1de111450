"""Gradients by differences, against which those of the kernels are held."""

import numpy as np
import tensorflow as tf


def gradient_by_differences(function, point, *, width=1e-2):
    """Differentiate a function of one float32 array to one number, in every coordinate."""
    point = np.asarray(point, np.float32)
    gradient = np.zeros_like(point)
    for place in np.ndindex(*point.shape):
        ahead, behind = point.copy(), point.copy()
        ahead[place] += width
        behind[place] -= width
        rise = float(function(tf.constant(ahead))) - float(function(tf.constant(behind)))
        gradient[place] = rise / (2 * width)
    return gradient


def gradient_of(function, point):
    """Differentiate the same function by TensorFlow."""
    point = tf.constant(point, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(point)
        value = function(point)
    return tape.gradient(value, point).numpy()
