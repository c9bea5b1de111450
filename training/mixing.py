"""Blend pairs of images and what the teacher says of them, against learning by heart.

Sources: Zhang et al., "mixup" (2018), https://arxiv.org/abs/1710.09412; Yun et al.,
"CutMix" (2019), https://arxiv.org/abs/1905.04899. Both are one formula with a mask M:
M * image + (1 - M) * partner, and the targets by the mean of M. Departure: one mask
serves the whole batch.
"""

from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray


@dataclass(frozen=True)
class MixingPlan:
    """How often batches are blended, and how much."""

    mixup_share: float = 0.1
    """Share of batches whose images are laid over each other."""
    cutmix_share: float = 0.15
    """Share of batches whose images get a rectangle of another."""
    mixup_concentration: float = 0.4
    """Of the Beta distribution of the weight; below 1 most blends are faint."""


def mixing_mask(
    generator: np.random.Generator, *, size: tuple[int, int], plan: MixingPlan
) -> NDArray[np.float32]:
    """Draw the mask of one batch.

    Returns:
        [H, W] float32, the weight of the image at each pixel; all ones for no blend.
    """
    height, width = size
    draw = generator.uniform()
    if draw < plan.mixup_share:
        weight = generator.beta(plan.mixup_concentration, plan.mixup_concentration)
        return np.full(size, max(weight, 1.0 - weight), np.float32)
    mask = np.ones(size, np.float32)
    if draw < plan.mixup_share + plan.cutmix_share:
        # The area kept is uniform, as CutMix draws it with concentration 1.
        side = np.sqrt(1.0 - generator.uniform(0.5, 1.0))
        tall, wide = round(height * side), round(width * side)
        top = generator.integers(0, height - tall + 1)
        left = generator.integers(0, width - wide + 1)
        mask[top : top + tall, left : left + wide] = 0.0
    return mask


def blended_images(images: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
    """Blend each image [B, H, W, C] with its partner by a mask [H, W].

    The partner of image b is image B - 1 - b.
    """
    weight = mask[tf.newaxis, :, :, tf.newaxis]
    return weight * images + (1.0 - weight) * images[::-1]


def blended_targets(targets: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
    """Blend targets [B, F] as the images were, by the share of the image that is kept."""
    share = tf.reduce_mean(mask)
    return share * targets + (1.0 - share) * targets[::-1]
