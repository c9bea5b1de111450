"""The bundled network while it learns: trained in bfloat16 at any size, kept in float32."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import keras
import tensorflow as tf

from core.models.manifest import Input
from core.models.preprocessing import preprocess
from training.batches import stretched_batches
from training.calibration import Calibration, best_calibration, calibrate
from training.compact_resnet import FEATURES_LAYER, INPUT_SIZE, bundled_network
from training.compiling import compiled
from training.crop_bank import CropBank
from training.distillation import distil
from training.distillation_plan import DistillationPlan
from training.evaluate import Evaluation, Probabilities, answered, evaluated
from training.image_folders import LabelledImages
from training.learning_curve import CurvePoint
from training.pixels import Pixels
from training.precision import layer_precision
from training.progress import Progress

STUDENT_INPUT: Final = Input(
    width=INPUT_SIZE[1], height=INPUT_SIZE[0], channels="rgb", preprocessing="tf"
)
JUDGED_IMAGES: Final = 64
"""Of one forward pass over the held-out images."""


@dataclass(frozen=True)
class DistilledStudent:
    """A student that has learned, and how it went."""

    network: keras.Model
    """In float32, of the bundled input size."""
    curve: tuple[CurvePoint, ...]
    calibration: Calibration
    """What was done to its logits at last, to be as sure as it is right."""


def distilled_student(
    bank: CropBank,
    held_out: LabelledImages,
    *,
    plan: DistillationPlan,
    folder: Path,
    progress: Progress,
) -> DistilledStudent:
    """Train a bundled network on a bank, judged by held-out photographs; or take it up.

    Raises:
        CheckpointMismatchError: the folder holds a checkpoint of another plan.
    """
    keras.utils.set_random_seed(plan.seed)
    with layer_precision(mixed=True):
        student = bundled_network(class_count=len(held_out.classes), size=(None, None))
    probabilities = student_probabilities(student)
    batches = {
        stage.size: list(
            stretched_batches(held_out, size=stage.size, batch_images=JUDGED_IMAGES)
        )
        for stage in plan.stages
    }

    def judge(size: tuple[int, int]) -> Evaluation:
        return evaluated(probabilities, batches[size], classes=held_out.classes)

    curve = distil(
        student,
        bank,
        fed=STUDENT_INPUT,
        features_layer=FEATURES_LAYER,
        plan=plan,
        judge=judge,
        folder=folder,
        progress=progress,
    )
    return finished_student(student, held_out, curve=curve)


def finished_student(
    student: keras.Model, held_out: LabelledImages, *, curve: tuple[CurvePoint, ...]
) -> DistilledStudent:
    """Copy a student into float32 layers of the bundled size, and calibrate the copy."""
    with layer_precision(mixed=False):
        network = bundled_network(class_count=len(held_out.classes))
    network.set_weights(student.get_weights())
    batches = stretched_batches(held_out, size=INPUT_SIZE, batch_images=JUDGED_IMAGES)
    calibration = best_calibration(*answered(student_probabilities(network), batches))
    calibrate(network, calibration)
    return DistilledStudent(network, curve, calibration)


def student_probabilities(student: keras.Model) -> Callable[[Pixels], Probabilities]:
    """Compile a student into a map from pixels [B, H, W, 3] to probabilities [B, K]."""

    @compiled
    def answers(pixels: tf.Tensor) -> tf.Tensor:
        return student(preprocess(pixels, to=STUDENT_INPUT), training=False)

    def as_array(pixels: Pixels) -> Probabilities:
        of_batch: Probabilities = answers(tf.constant(pixels)).numpy()
        return of_batch

    return as_array
