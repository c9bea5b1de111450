"""XGrad-CAM: Grad-CAM with the channel weights that two axioms ask for.

Source: Fu et al., "Axiom-based Grad-CAM: Towards Accurate Visualization and Explanation of
CNNs" (2020), https://arxiv.org/abs/2008.02312, equation 9 (sensitivity and conservation).
Departure: the ReLU of the final map is left to the rendering.
"""

import tensorflow as tf

from core.explain.layer_gradients import layer_gradients
from core.score import LayerScoreFunction
from core.shapes import Images, Maps


def xgradcam(score: LayerScoreFunction, images: Images) -> Maps:
    """Weight a layer's channels by their gradients, averaged where the channel is active.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, h, w] float32, signed, in score units. A channel's part of the map sums to that
        channel's sum of gradient times activation; a channel that sums to zero has no part.
        Costs one forward pass and the gradient down to the layer.
    """
    activations, gradients = layer_gradients(score, images)
    contributions = tf.reduce_sum(gradients * activations, axis=(1, 2))
    channel_weights = tf.math.divide_no_nan(
        contributions, tf.reduce_sum(activations, axis=(1, 2))
    )
    return tf.einsum("bhwd,bd->bhw", activations, channel_weights)
