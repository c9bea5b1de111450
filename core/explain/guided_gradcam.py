"""Guided Grad-CAM: the detail of guided backpropagation where Grad-CAM sees the class.

Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
Localization" (2017), https://arxiv.org/abs/1610.02391, section 3.2. Departures: the ReLU of
Grad-CAM is left to the rendering, and the channels of guided backpropagation are reduced to
their largest magnitude first; the positive part of the map is the paper's product.
"""

import tensorflow as tf

from core.explain.gradcam import gradcam
from core.explain.guided_backpropagation import guided_backpropagation
from core.score import LayerScoreFunction
from core.shapes import Activations, Images, Maps


def guided_gradcam(score: LayerScoreFunction, images: Images) -> Maps:
    """Multiply guided backpropagation with the Grad-CAM of a layer, enlarged to the image.

    Args:
        score: from images [B, H, W, C] to activations [B, h, w, D] and scores [B]; it calls the
            network itself, since the rectifiers are exchanged while it does.
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, H, W] float32, signed as the Grad-CAM is. Costs two forward passes, a gradient down
        to the layer and one down to the image.

    Raises:
        MethodUnsupportedError: the network has no rectifier.
    """
    detail = guided_backpropagation(lambda variants: score(variants, unwatched)[1], images)
    coarse = gradcam(score, images)[..., tf.newaxis]
    enlarged = tf.image.resize(coarse, tf.shape(images)[1:3], method="bilinear")
    return tf.squeeze(enlarged, axis=-1) * detail


def unwatched(activations: Activations) -> None:
    """Let a layer's activations pass: only the image is differentiated by."""
