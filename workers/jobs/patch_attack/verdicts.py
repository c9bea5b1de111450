"""What the model says of pictures, compiled once for batches of one size."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.models.logits import probabilities_of
from core.shapes import Logits, Pixels
from workers.first_calls import first_call_aside
from workers.jobs.image_batches import BATCH_IMAGES
from workers.model_pool import HostedModel


@dataclass(frozen=True)
class Verdicts:
    """Of B pictures."""

    top: Int[np.ndarray, " B"]
    """Index of the class that each is taken for."""
    probabilities: Float[np.ndarray, "B K"]


Judge = Callable[[np.ndarray], Verdicts]
"""From at most `BATCH_IMAGES` pictures [B, H, W, 3] uint8 to what the model says of them."""


def judge_of(model: HostedModel) -> Judge:
    """Find or compile the model's judgement."""
    classifier = model.classifier
    activation = classifier.manifest.output.activation

    def compile_anew() -> Callable[[Pixels], Logits]:
        size = classifier.manifest.input
        signature = [tf.TensorSpec([BATCH_IMAGES, size.height, size.width, 3], tf.uint8)]

        def probabilities(pixels: Pixels) -> Logits:
            return probabilities_of(
                classifier.logits(classifier.preprocess(pixels)), activation
            )

        compiled: Callable[[Pixels], Logits] = tf.function(
            probabilities, autograph=False, input_signature=signature
        )
        return first_call_aside(compiled)

    compiled = model.compiled("verdicts", compile_anew)

    def judge(pixels: np.ndarray) -> Verdicts:
        count = len(pixels)
        filled = np.zeros((BATCH_IMAGES, *pixels.shape[1:]), np.uint8)
        filled[:count] = pixels
        found = np.asarray(compiled(tf.constant(filled)))[:count]
        return Verdicts(found.argmax(axis=1), found)

    return judge
