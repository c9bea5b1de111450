"""The large network that the bundled one learns from, and how it is asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import keras
import tensorflow as tf

from core.models.preprocessing import preprocess
from training.backbones import BackboneChoice, Learner
from training.catsdogs_images import CatsDogsImages
from training.compiling import compiled
from training.crop_bank import Answers
from training.fine_tuning import fine_tune
from training.fine_tuning_plan import FineTuningPlan
from training.pixels import Pixels
from training.progress import Progress

TEACHER_EPOCHS: Final = 3
"""With the whole network; a fourth gained nothing on the held-out images."""


def taught_teacher(
    images: CatsDogsImages, *, weights: str, seed: int, folder: Path, progress: Progress
) -> Learner:
    """Fine-tune a MobileNet of width 0.75, as `vitrine train` would; or take it up.

    Args:
        images: what to learn from, and what to judge by.
        weights: imagenet, or a file of that network's weights.
        seed: of the run.
        folder: of the checkpoint.
        progress: told of every batch.
    """
    plan = FineTuningPlan(
        BackboneChoice("MobileNet", {"alpha": 0.75}, weights), epochs=TEACHER_EPOCHS, seed=seed
    )
    tuned = fine_tune(
        images.learned, images.held_out, plan=plan, folder=folder, progress=progress
    )
    return tuned.learner


def teacher_answers(teacher: Learner) -> Callable[[Pixels], Answers]:
    """Compile a teacher into a map from pixels [B, H, W, 3] to logits and pooled features."""
    outputs = (teacher.network.output, teacher.features.output)
    both = keras.Model(teacher.network.input, outputs)

    @compiled
    def answers(pixels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        logits, features = both(preprocess(pixels, to=teacher.input), training=False)
        return logits, tf.cast(features, tf.float32)

    def as_arrays(pixels: Pixels) -> Answers:
        logits, features = answers(tf.constant(pixels))
        return logits.numpy(), features.numpy()

    return as_arrays
