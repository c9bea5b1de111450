"""The bare passes through a network, with nothing around them.

What all is held against are the passes of the network as Keras computes it, which is
`Classifier.unfolded`.
"""

import tensorflow as tf

from benchmarks.timing import Run
from core.models.classifier import Classifier
from core.score import class_scores, gradient_of, top_targets
from core.shapes import Images, Logits, Pixels, Scores


def bare_forward(classifier: Classifier, pixels: Pixels) -> Run:
    """Compile the preprocessing and the forward pass for a batch of pixels."""

    def forward(batch: Pixels) -> Logits:
        return classifier.logits(classifier.preprocess(batch))

    compiled = tf.function(forward, autograph=False)
    return lambda: compiled(pixels)


def bare_backward(classifier: Classifier, pixels: Pixels) -> Run:
    """Compile the forward pass and the gradient of the top class' score by the image."""
    nothing = tf.fill([len(pixels)], -1)

    def score(images: Images) -> Scores:
        logits = classifier.logits(images)
        return class_scores(logits, top_targets(logits, nothing), nothing)

    def backward(batch: Pixels) -> Images:
        return gradient_of(score, classifier.preprocess(batch))

    compiled = tf.function(backward, autograph=False)
    return lambda: compiled(pixels)
