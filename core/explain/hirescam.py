"""HiResCAM: Grad-CAM that keeps each position's own gradient, and so shows what was computed.

Source: Draelos and Carin, "Use HiResCAM instead of Grad-CAM for Faithful Explanations of
Convolutional Neural Networks" (2020), https://arxiv.org/abs/2011.08891, equation 5. No
departure: the paper has no ReLU either.
"""

import tensorflow as tf

from core.explain.layer_gradients import layer_gradients
from core.score import LayerScoreFunction
from core.shapes import Images, Maps


def hirescam(score: LayerScoreFunction, images: Images) -> Maps:
    """Multiply activations by their own gradients and add up the channels.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, h, w] float32, signed, in score units. Where the score is linear in the layer (or
        in its pooled maps), the sum over the positions is the score less its bias. Costs one
        forward pass and the gradient down to the layer.
    """
    activations, gradients = layer_gradients(score, images)
    return tf.reduce_sum(gradients * activations, axis=-1)
