"""What the student is shown: crops of the bank, blended in pairs, with their answers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from training.batches import batch_count, prefetched
from training.colour_jitter import colour_jitter
from training.crop_bank import CropBank
from training.distillation_plan import DistillationPlan
from training.mixing import blended_images, mixing_mask
from training.pixels import Pixels


@dataclass(frozen=True)
class FeatureScale:
    """How the teacher's features lie in the bank, so that each counts alike."""

    mean: NDArray[np.float32]
    """[F]."""
    deviation: NDArray[np.float32]
    """[F], never zero."""


@dataclass(frozen=True)
class StudentBatch:
    """Some crops, and what the teacher says of them."""

    pixels: Pixels
    """[B, H, W, 3], as in the bank."""
    logits: NDArray[np.float32]
    """[B, C]."""
    features: NDArray[np.float32]
    """[B, F], standardized."""
    mask: NDArray[np.float32]
    """[h, w], the size at which to learn; the weight of each crop against its partner."""


def feature_scale(bank: CropBank) -> FeatureScale:
    """Measure the teacher's features over the whole bank."""
    features = np.asarray(bank.features, np.float32)
    # A feature that is nearly constant must not become noise of full size.
    return FeatureScale(features.mean(axis=0), features.std(axis=0) + 1e-2)


def student_batches(
    bank: CropBank, scale: FeatureScale, *, plan: DistillationPlan, epoch: int
) -> Iterator[StudentBatch]:
    """Yield every crop once, in an order and with blends that depend on seed and epoch alone.

    Args:
        bank: the crops.
        scale: of its features.
        plan: batch size, blends, image size and seed.
        epoch: counted from 1.
    """
    order = np.random.default_rng((plan.seed, epoch)).permutation(len(bank))

    def make(index: int) -> StudentBatch:
        rows = order[index * plan.batch_images : (index + 1) * plan.batch_images]
        generator = np.random.default_rng((plan.seed, epoch, index))
        features = bank.features[rows].astype(np.float32)
        return StudentBatch(
            np.asarray(bank.pixels[rows]),
            np.asarray(bank.logits[rows]),
            (features - scale.mean) / scale.deviation,
            mixing_mask(generator, size=plan.size_in(epoch), plan=plan.mixing),
        )

    return prefetched(make, batch_count(len(bank), plan.batch_images))


def student_view(
    pixels: tf.Tensor, mask: tf.Tensor, *, strength: float, seed: tf.Tensor
) -> tf.Tensor:
    """Make of crops what the student sees: colours vary, half are mirrored, pairs are blended.

    Args:
        pixels: [B, H, W, 3] uint8.
        mask: [h, w] float32, of the size to resize to.
        strength: of the jitter of colours.
        seed: [2] integers.

    Returns:
        [B, h, w, 3] uint8.
    """
    resized = tf.image.resize(pixels, tf.shape(mask))
    jittered = colour_jitter(tf.cast(tf.round(resized), tf.uint8), strength=strength, seed=seed)
    draws = tf.random.stateless_uniform(
        (tf.shape(pixels)[0], 1, 1, 1), seed + 1, minval=0, maxval=2, dtype=tf.int32
    )
    mirrored = tf.where(draws == 1, jittered[:, :, ::-1], jittered)
    blended = blended_images(tf.cast(mirrored, tf.float32), mask)
    return tf.cast(tf.round(blended), tf.uint8)
