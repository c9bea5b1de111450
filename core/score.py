"""What a kernel sees of a network: functions from images to the score that is explained.

A kernel never sees a model. It is handed one of these functions, which already know the
layer, the class and the "rather than" class, and it differentiates or evaluates them.
"""

from collections.abc import Callable

import tensorflow as tf
from jaxtyping import Float

from core.shapes import Activations, ClassIndices, Images, Logits, Scores

VariantLogits = Float[tf.Tensor, "nB K"]
VariantScores = Float[tf.Tensor, "nB"]

ScoreFunction = Callable[[Images], Scores]
"""Differentiable map from images [n·B, H, W, C] to scores [n·B]; no image sees another.

B images are explained together, each with a class of its own. A kernel that looks at n variants
of every image puts the n variants of the whole batch one after another: image j of the n·B has
the class of image j modulo B.
"""

GradientFunction = Callable[[Images], Images]
"""From images [n·B, H, W, C] to the gradients of their scores, of the same shape."""

Watch = Callable[[Activations], None]
"""Called with a layer's activations at the moment when they exist: `tape.watch`."""

LayerScoreFunction = Callable[[Images, Watch], tuple[Activations, Scores]]
"""From images to a layer's activations [B, h, w, D] and the scores [B] that follow."""

ResumedScoreFunction = Callable[[Images, Activations], Scores]
"""The scores [B] that the images get if the layer gives these activations [B, h, w, D]."""


def gradient_of(score: ScoreFunction, images: Images) -> Images:
    """Differentiate each image's score by the image: [B, H, W, C] float32.

    With `functools.partial(gradient_of, score)` a score function becomes a gradient function.
    """
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(images)
        scores = score(images)
    return tape.gradient(scores, images)


def class_scores(
    logits: VariantLogits, targets: ClassIndices, versus: ClassIndices
) -> VariantScores:
    """Pick the score of each image's target class, less that of the class it is held against.

    Args:
        logits: [n·B, K] scores before the softmax, of n variants of B images.
        targets: [B] class indices, each in 0..K-1.
        versus: [B] class indices; a negative one means that nothing is subtracted.

    Returns:
        [n·B] logit(target), or logit(target) - logit(versus): "A rather than B".
    """
    variants = tf.shape(logits)[0] // tf.shape(targets)[0]
    targets, versus = tf.tile(targets, [variants]), tf.tile(versus, [variants])
    target_logits = tf.gather(logits, targets, batch_dims=1)
    versus_logits = tf.gather(logits, tf.maximum(versus, 0), batch_dims=1)
    return target_logits - tf.where(versus >= 0, versus_logits, tf.zeros_like(versus_logits))


def top_targets(logits: Logits, requested: ClassIndices) -> ClassIndices:
    """Take the class asked for, or the top one where a negative index asks for that.

    Args:
        logits: [B, K] scores before the softmax.
        requested: [B] class indices, negative for "the top-1 class".

    Returns:
        [B] class indices in 0..K-1.
    """
    return tf.where(
        requested >= 0, requested, tf.argmax(logits, axis=1, output_type=requested.dtype)
    )
