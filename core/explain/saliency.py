"""Saliency: how strongly each pixel moves the class score.

Source: Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks: Visualising Image
Classification Models and Saliency Maps" (2013), https://arxiv.org/abs/1312.6034, section 3.1.
"""

import tensorflow as tf

from core.score import ScoreFunction, gradient_of
from core.shapes import Images, Maps


def saliency(score: ScoreFunction, images: Images) -> Maps:
    """Take the largest magnitude over the channels of the score's gradient at each pixel.

    Args:
        score: differentiable map from images [B, H, W, C] to scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, H, W] float32, not negative, in score units per input unit. Costs one forward
        and one backward pass.
    """
    return tf.reduce_max(tf.abs(gradient_of(score, images)), axis=-1)
