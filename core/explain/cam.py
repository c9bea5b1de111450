"""CAM: the class score of a pooled network, before the pooling adds it up.

Source: Zhou et al., "Learning Deep Features for Discriminative Localization" (2016),
https://arxiv.org/abs/1512.04150, equation 2. `core.models.pooled_head` finds the weights.
"""

import tensorflow as tf
from jaxtyping import Float

from core.shapes import Activations, Maps


def cam(activations: Activations, class_weights: Float[tf.Tensor, "B D"]) -> Maps:
    """Add up the maps that the head pools, each weighted as the class weighs its mean.

    Args:
        activations: [B, h, w, D] float32, what the head's global average pooling is fed.
        class_weights: [B, D] float32, the dense layer's weights of each image's class.

    Returns:
        [B, h, w] float32, signed, in score units: the mean over the positions is the class
        score less its bias. Costs the forward pass that gave the activations.
    """
    return tf.einsum("bhwd,bd->bhw", activations, class_weights)
