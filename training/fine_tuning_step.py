"""The two compiled functions of fine-tuning: learn from a batch, and answer one."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from core.models.preprocessing import preprocess
from training.backbones import Learner
from training.colour_jitter import colour_jitter
from training.compiling import compiled
from training.evaluate import Probabilities
from training.pixels import Pixels

TrainingStep = Callable[[Pixels, NDArray[np.int32], tf.Tensor], tf.Tensor]
"""From pixels [B, H, W, 3] uint8, labels [B] and seed [2] to the mean loss."""


def probability_function(learner: Learner) -> Callable[[Pixels], Probabilities]:
    """Compile a network into a map from pixels [B, H, W, 3] to probabilities [B, K]."""

    @compiled
    def probabilities(pixels: tf.Tensor) -> tf.Tensor:
        prepared = preprocess(pixels, to=learner.input)
        return tf.nn.softmax(learner.network(prepared, training=False))

    return lambda pixels: probabilities(tf.constant(pixels)).numpy()


def training_step(
    learner: Learner, optimizer: keras.Optimizer, *, strength: float
) -> TrainingStep:
    """Compile one step: jitter colours, compare, move every weight a little.

    Args:
        learner: what learns.
        optimizer: built for the network's trainable variables.
        strength: of the jitter of colours.
    """
    network = learner.network

    @compiled
    def step(pixels: tf.Tensor, labels: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
        prepared = preprocess(
            colour_jitter(pixels, strength=strength, seed=seed), to=learner.input
        )
        with tf.GradientTape() as tape:
            logits = network(prepared, training=True)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        return loss

    return lambda pixels, labels, seed: step(tf.constant(pixels), tf.constant(labels), seed)
