"""Grad-CAM: where the last maps hold what the class score rises with.

Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
Localization" (2017), https://arxiv.org/abs/1610.02391, equations 1 and 2. Departure: the ReLU
of equation 2 is left to the rendering (polarity "positive"), so that evidence against the class
can be looked at too.
"""

import tensorflow as tf

from core.explain.layer_gradients import layer_gradients
from core.score import LayerScoreFunction
from core.shapes import Images, Maps


def gradcam(score: LayerScoreFunction, images: Images) -> Maps:
    """Weight a layer's channels by their mean gradient and add them up.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, h, w] float32, signed, in score units per position: the paper's sum over k of
        alpha_k A_k before its ReLU. Costs one forward pass and the gradient down to the layer.
    """
    activations, gradients = layer_gradients(score, images)
    channel_weights = tf.reduce_mean(gradients, axis=(1, 2))
    return tf.einsum("bhwd,bd->bhw", activations, channel_weights)
