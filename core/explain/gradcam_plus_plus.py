"""Grad-CAM++: Grad-CAM whose channel weights count every place that holds the class.

Source: Chattopadhay et al., "Grad-CAM++: Improved Visual Explanations for Deep Convolutional
Networks" (2018), https://arxiv.org/abs/1710.11063, equations 9, 10 and 19. Departures: the
common factor exp(score) of equation 10 only scales a map and overflows for large logits, so it
is left out; the last ReLU (equation 15) is left to the rendering. The authors' code, and
tf-keras-vis after it, divide the position weights of a channel by their sum; the paper does
not.
"""

import tensorflow as tf

from core.explain.layer_gradients import layer_gradients
from core.score import LayerScoreFunction
from core.shapes import Images, Maps


def gradcam_plus_plus(score: LayerScoreFunction, images: Images) -> Maps:
    """Weight a layer's channels by their positive gradients, each position by its own share.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D], not negative (a layer that
            ends in a ReLU), and scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, h, w] float32, not negative where the activations are not. Costs one forward pass
        and the gradient down to the layer.
    """
    activations, gradients = layer_gradients(score, images)
    channel_sums = tf.reduce_sum(activations, axis=(1, 2), keepdims=True)
    # Equation 19 divided through by the squared gradient; a gradient of 0 counts for nothing.
    position_weights = tf.math.divide_no_nan(1.0, 2.0 + gradients * channel_sums)
    channel_weights = tf.reduce_sum(position_weights * tf.nn.relu(gradients), axis=(1, 2))
    return tf.einsum("bhwd,bd->bhw", activations, channel_weights)
