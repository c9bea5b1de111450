"""Fit a head to features computed once: the cheap first half of fine-tuning."""

from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from core.models.preprocessing import preprocess
from training.backbones import HEAD_NAME, Learner
from training.batches import stretched_batches
from training.compiling import compiled
from training.image_folders import LabelledImages
from training.progress import Progress


@dataclass(frozen=True)
class HeadPlan:
    """How the head is fitted before the whole network moves."""

    epochs: int = 15
    """Passes over the features; each takes less than a second for thousands of images."""
    learning_rate: float = 1e-3
    """Of AdamW."""
    weight_decay: float = 1e-3
    """Share of the head's weights taken off per step and unit of rate."""
    batch_images: int = 32


def learn_head(
    learner: Learner, images: LabelledImages, *, plan: HeadPlan, seed: int, progress: Progress
) -> float:
    """Fit the head to the features of whole photographs and their mirror images.

    Returns:
        The mean cross-entropy over the last pass.
    """
    features, labels = _features_of(learner, images, plan=plan, progress=progress)
    head = learner.network.get_layer(HEAD_NAME)
    optimizer = keras.optimizers.AdamW(plan.learning_rate, weight_decay=plan.weight_decay)
    optimizer.build(head.trainable_variables)

    @compiled
    def step(chosen: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(targets, head(chosen))
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, head.trainable_variables)
        optimizer.apply(gradients, head.trainable_variables)
        return loss

    losses: list[float] = []
    for epoch in range(plan.epochs):
        order = np.random.default_rng((seed, epoch)).permutation(len(labels))
        parts = np.array_split(order, -(-len(order) // plan.batch_images))
        losses = [
            float(step(tf.constant(features[part]), tf.constant(labels[part])))
            for part in parts
        ]
    return float(np.mean(losses))


def _features_of(
    learner: Learner, images: LabelledImages, *, plan: HeadPlan, progress: Progress
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Compute features [2N, F] and labels [2N]: each photograph as it is, and mirrored."""

    @compiled
    def both_ways(pixels: tf.Tensor) -> tf.Tensor:
        doubled = tf.concat([pixels, pixels[:, :, ::-1]], axis=0)
        prepared = preprocess(doubled, to=learner.input)
        return tf.cast(learner.features(prepared, training=False), tf.float32)

    size = (learner.input.height, learner.input.width)
    features: list[NDArray[np.float32]] = []
    labels: list[NDArray[np.int32]] = []
    with progress.task("features for the head", len(images)) as advance:
        for batch in stretched_batches(images, size=size, batch_images=plan.batch_images):
            features.append(both_ways(tf.constant(batch.pixels)).numpy())
            labels.append(np.tile(batch.labels, 2))
            advance(len(batch.labels))
    return np.concatenate(features), np.concatenate(labels)
