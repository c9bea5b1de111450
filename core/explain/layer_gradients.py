"""What the CAM family weighs: a layer's activations and the score's gradients by them."""

import tensorflow as tf

from core.score import LayerScoreFunction
from core.shapes import Activations, Images


def layer_gradients(
    score: LayerScoreFunction, images: Images
) -> tuple[Activations, Activations]:
    """Run the network once and differentiate each image's score down to the layer.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        The activations [B, h, w, D] and the gradients [B, h, w, D] of the scores by them.
    """
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        activations, scores = score(images, tape.watch)
    return activations, tape.gradient(scores, activations)
