"""LayerCAM: maps of any layer, weighted position by position where the score rises.

Source: Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation Maps for Localization"
(2021), https://doi.org/10.1109/TIP.2021.3089943, equations 6 and 7. Departure: the ReLU of
equation 7 is left to the rendering; it changes nothing after a layer that ends in a ReLU.
"""

import tensorflow as tf

from core.explain.layer_gradients import layer_gradients
from core.score import LayerScoreFunction
from core.shapes import Images, Maps


def layercam(score: LayerScoreFunction, images: Images) -> Maps:
    """Multiply activations by the positive part of their gradients and add up the channels.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, h, w] float32 in score units, not negative where the activations are not. Costs
        one forward pass and the gradient down to the layer.
    """
    activations, gradients = layer_gradients(score, images)
    return tf.reduce_sum(tf.nn.relu(gradients) * activations, axis=-1)
