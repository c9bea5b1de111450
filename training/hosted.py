"""Measure a model folder on photographs, through the same steps as the service."""

from pathlib import Path
from typing import Final

import tensorflow as tf

from core.errors import CoreError
from core.models.classifier import Classifier
from core.models.load import load_classifier
from core.models.logits import probabilities_of
from training.batches import stretched_batches
from training.compiling import compiled
from training.errors import ModelFolderError
from training.evaluate import Evaluation, Probabilities, evaluated
from training.image_folders import LabelledImages, labelled_images
from training.pixels import Pixels
from training.progress import Progress

BATCH_IMAGES: Final = 32
"""Of one forward pass. Changes the time, not the result."""


def evaluated_folder(model_folder: Path, data: Path, *, progress: Progress) -> Evaluation:
    """Measure a hosted model on a folder of photographs.

    Args:
        model_folder: holds `model.toml`.
        data: one folder a class, named as the model's classes.
        progress: told of every batch.

    Raises:
        ModelFolderError: the model cannot be hosted.
        DataError: no images, or other classes than the model's.
    """
    classifier = _hosted(model_folder)
    images = labelled_images(data, classes=classifier.classes)
    return _evaluated(classifier, images, progress=progress)


def evaluated_images(
    model_folder: Path, images: LabelledImages, *, progress: Progress
) -> Evaluation:
    """Measure a hosted model on photographs whose labels are indices of its classes.

    Raises:
        ModelFolderError: the model cannot be hosted.
    """
    return _evaluated(_hosted(model_folder), images, progress=progress)


def _hosted(model_folder: Path) -> Classifier:
    """Load a model as a worker would; a refusal is told as one of ours."""
    try:
        return load_classifier(model_folder)
    except CoreError as refusal:
        raise ModelFolderError(model_folder, str(refusal)) from refusal


def _evaluated(
    classifier: Classifier, images: LabelledImages, *, progress: Progress
) -> Evaluation:
    """Run a model over whole, stretched photographs and measure its answers."""
    fed, answered = classifier.manifest.input, classifier.manifest.output

    @compiled
    def answers(pixels: tf.Tensor) -> tf.Tensor:
        logits = classifier.logits(classifier.preprocess(pixels))
        return probabilities_of(logits, answered.activation)

    with progress.task("images", len(images)) as advance:

        def probabilities(pixels: Pixels) -> Probabilities:
            of_batch: Probabilities = answers(tf.constant(pixels)).numpy()
            advance(len(pixels))
            return of_batch

        batches = stretched_batches(
            images, size=(fed.height, fed.width), batch_images=BATCH_IMAGES
        )
        return evaluated(probabilities, batches, classes=classifier.classes)
