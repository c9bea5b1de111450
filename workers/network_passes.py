"""A model's passes, compiled once and shared by all methods that need many of them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import tensorflow as tf

from api_schemas.method import ScoreUnit
from core.models.classifier import Classifier
from core.models.logits import probabilities_of
from core.models.tensor_uses import TensorUses, tensor_uses
from core.score import class_scores, gradient_of
from core.shapes import Activations, ClassIndices, Images, Logits, Pixels, Scores
from workers.first_calls import first_call_aside


class NetworkPasses:
    """Compiled passes through one network; each is traced when it is first asked for.

    Every function takes the classes [B] as tensors, and any number n of variants of the batch,
    so that neither makes it trace again.
    """

    def __init__(self, classifier: Classifier) -> None:
        self.classifier = classifier
        size = classifier.manifest.input
        channels = 1 if size.channels == "grayscale" else 3
        self._images = tf.TensorSpec([None, size.height, size.width, channels], tf.float32)
        self._pixels = tf.TensorSpec([None, size.height, size.width, 3], tf.uint8)
        self._classes = tf.TensorSpec([None], tf.int32)
        self.score = cache(self._score)
        self.activations = cache(self._activations)
        self.resumed_score = cache(self._resumed_score)
        self.uses = cache(self._uses)
        self.gradient = self._compile(self._gradient, self._images, *[self._classes] * 2)
        self.predict = self._compile(self._predict, self._pixels)

    def _predict(self, pixels: Pixels) -> tuple[Images, Logits]:
        images = self.classifier.preprocess(pixels)
        return images, self.classifier.logits(images)

    def _score(self, unit: ScoreUnit) -> Callable[..., Scores]:
        """Compile the score of images by class, in logits or probabilities."""

        def score(images: Images, targets: ClassIndices, versus: ClassIndices) -> Scores:
            logits = self.classifier.logits(images)
            return class_scores(self._in_unit(logits, unit), targets, versus)

        return self._compile(score, self._images, self._classes, self._classes)

    def _gradient(self, images: Images, targets: ClassIndices, versus: ClassIndices) -> Images:
        """Differentiate the logit by the images."""

        def score(variants: Images) -> Scores:
            return class_scores(self.classifier.logits(variants), targets, versus)

        return gradient_of(score, images)

    def _activations(self, layer: str) -> Callable[[Images], Activations]:
        """Compile what a layer makes of images."""

        def activations(images: Images) -> Activations:
            return self.classifier.logits_watched(images, layer=layer, watch=lambda _: None)[0]

        return self._compile(activations, self._images)

    def _uses(self) -> TensorUses:
        """Follow every tensor of a forward pass."""
        example = tf.zeros((1, *self._images.shape[1:]))
        return tensor_uses(self.classifier.network, self.classifier.raw_output, example)

    def _resumed_score(self, layer: str) -> Callable[..., Scores]:
        """Compile the logit that follows if a layer gives other activations."""
        shape = self.classifier.layers[layer].output_shape

        def score(
            images: Images,
            activations: Activations,
            targets: ClassIndices,
            versus: ClassIndices,
        ) -> Scores:
            logits = self.classifier.logits_resumed(
                images, layer=layer, activations=activations
            )
            return class_scores(logits, targets, versus)

        return self._compile(
            score,
            self._images,
            tf.TensorSpec([None, *shape], tf.float32),
            self._classes,
            self._classes,
        )

    def _in_unit(self, logits: Logits, unit: ScoreUnit) -> Logits:
        if unit == "logit":
            return logits
        return probabilities_of(logits, self.classifier.manifest.output.activation)

    @staticmethod
    def _compile(function: Callable[..., Any], *signature: tf.TensorSpec) -> Callable[..., Any]:
        compiled: Callable[..., Any] = tf.function(
            function, autograph=False, input_signature=signature
        )
        return first_call_aside(compiled)
