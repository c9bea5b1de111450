"""Guided backpropagation: saliency by those paths only that argue for the class throughout.

Source: Springenberg, Dosovitskiy, Brox and Riedmiller, "Striving for Simplicity: The All
Convolutional Net" (2014), https://arxiv.org/abs/1412.6806, section 3.4. It draws fine detail,
but hardly depends on the class or on the later layers' weights (Adebayo et al. 2018,
https://arxiv.org/abs/1810.03292).
"""

import tensorflow as tf

from core.explain.rectified_gradients import rectified_gradient_of
from core.models.rectifiers import Rectifier
from core.own_gradient import own_gradient
from core.score import ScoreFunction
from core.shapes import Images, Maps

METHOD = "guided backpropagation"


def guided_backpropagation(score: ScoreFunction, images: Images) -> Maps:
    """Take the largest magnitude over the channels of the guided gradient at each pixel.

    Args:
        score: from images [B, H, W, C] to scores [B]; it calls the network itself, since the
            rectifiers are exchanged while it does.
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, H, W] float32, not negative, in score units per input unit; the channels are reduced
        as for saliency, which this is where no gradient is negative. Costs one forward and one
        backward pass.

    Raises:
        MethodUnsupportedError: the network has no rectifier.
    """
    guided = rectified_gradient_of(score, images, rule=pass_positive, method=METHOD)
    return tf.reduce_max(tf.abs(guided), axis=-1)


def pass_positive(rectify: Rectifier, features: tf.Tensor) -> tf.Tensor:
    """Rectify; on the way back let through what is positive, where the rectifier was open."""
    return _positive_back(rectify(features))


@own_gradient
def _positive_back(rectified: tf.Tensor) -> tuple[tf.Tensor, Rectifier]:
    """Change nothing; on the way back let through what is positive."""
    return tf.identity(rectified), lambda upstream: tf.maximum(upstream, 0.0)
