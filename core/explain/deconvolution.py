"""Deconvolution: the class score projected back to the image through a rectified network.

Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2013),
https://arxiv.org/abs/1311.2901, section 2.1; as a rule for the gradient of the rectifiers,
Simonyan et al. 2013, https://arxiv.org/abs/1312.6034, section 4.
"""

from collections.abc import Callable

import tensorflow as tf

from core.explain.rectified_gradients import rectified_gradient_of
from core.models.rectifiers import Rectifier
from core.own_gradient import own_gradient
from core.score import ScoreFunction
from core.shapes import Images, Maps

METHOD = "deconvolution"


def deconvolution(score: ScoreFunction, images: Images) -> Maps:
    """Take the largest magnitude over the channels of the deconvolved signal at each pixel.

    Args:
        score: from images [B, H, W, C] to scores [B]; it calls the network itself, since the
            rectifiers are exchanged while it does.
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, H, W] float32, not negative, in score units per input unit; the channels are reduced
        as for saliency. Costs one forward and one backward pass.

    Raises:
        MethodUnsupportedError: the network has no rectifier.
    """
    projected = rectified_gradient_of(score, images, rule=rectify_backward, method=METHOD)
    return tf.reduce_max(tf.abs(projected), axis=-1)


def rectify_backward(rectify: Rectifier, features: tf.Tensor) -> tf.Tensor:
    """Rectify; on the way back let through what is positive, also where it was shut."""
    return _rectified_back(features, tf.stop_gradient(rectify(features)))


@own_gradient
def _rectified_back(
    entering: tf.Tensor, rectified: tf.Tensor
) -> tuple[tf.Tensor, Callable[[tf.Tensor], tuple[tf.Tensor, None]]]:
    """Give what a rectifier puts out; on the way back rectify for what enters it."""
    return tf.identity(rectified), lambda upstream: (tf.maximum(upstream, 0.0), None)
