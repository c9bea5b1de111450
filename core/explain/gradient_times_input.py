"""Gradient x input: what each pixel would add to the score if the network were linear.

Source: Shrikumar, Greenside, Shcherbina and Kundaje, "Not Just a Black Box: Learning Important
Features Through Propagating Activation Differences" (2016), https://arxiv.org/abs/1605.01713.
The input is that of the network, after the preprocessing: a pixel of value 0 there, which may
be a mid-grey, gets no attribution.
"""

import tensorflow as tf

from core.score import ScoreFunction, gradient_of
from core.shapes import Images, Maps


def gradient_times_input(score: ScoreFunction, images: Images) -> Maps:
    """Multiply each pixel with the score's gradient there and add up its channels.

    Args:
        score: differentiable map from images [B, H, W, C] to scores [B].
        images: [B, H, W, C] float32, in the units the model was trained on.

    Returns:
        [B, H, W] float32, signed, in score units. Summed over H and W it equals score(images)
        where the score is homogeneous, as that of a network of rectifiers without biases is.
        Costs one forward and one backward pass.
    """
    return tf.reduce_sum(images * gradient_of(score, images), axis=-1)
