"""Score-CAM: channels weighted by the score of the image seen through them, with no gradient.

Source: Wang et al., "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural
Networks" (2020), https://arxiv.org/abs/1910.01279, equations 6 to 9. Faster Score-CAM, which
looks through the most varied channels only, is tabayashi0117's (2020),
https://github.com/tabayashi0117/Score-CAM. Departures: the ReLU of equation 9 is left to the
rendering; with the faster variant each image has channels of its own, where tf-keras-vis lets
the whole batch choose. The softmax over the channels' weights that pytorch-grad-cam takes, and
which the paper's equations do not have, is left out: it makes every weight positive.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.explain.variants import Variants, keep_parts, score_variants
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Activations, Images, Maps


def scorecam(
    score: ScoreFunction,
    images: Images,
    *,
    activations: Activations,
    baseline: tf.Tensor,
    max_channels: int | None,
    chunk: int,
    track: Track,
) -> Maps:
    """Weight each channel by how far the score rises when the image shows through it.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B]; the paper's are probabilities.
        images: [B, H, W, C] float32, in the units the model was trained on.
        activations: [B, h, w, D] float32, what the layer makes of the images.
        baseline: [B, H, W, C] float32, what shows where the channel is lowest; the paper's is
            black, in the network's units zero.
        max_channels: the faster variant with so many of the channels that vary most over the
            positions; none for all of them.
        chunk: how many channels go into one pass.
        track: goes through the passes.

    Returns:
        [B, h, w] float32, signed, in score units times units of the activations. Costs a
        forward pass for every channel, and one.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    channels = activations if max_channels is None else most_varied(activations, max_channels)
    # One more channel that is nowhere high: what shows through it is the baseline.
    masks = tf.pad(channels, [(0, 0), (0, 0), (0, 0), (0, 1)])

    def seen_through(indices: Int[np.ndarray, " n"]) -> Variants:
        windows = unit_range(
            tf.image.resize(tf.gather(masks, indices, axis=3), images.shape[1:3])
        )
        return keep_parts(images, tf.transpose(windows, (3, 0, 1, 2)), baseline)

    scores = score_variants(
        score, seen_through, count=masks.shape[-1], chunk=chunk, track=track
    )
    return tf.einsum("bhwd,db->bhw", channels, scores[:-1] - scores[-1])


def most_varied(activations: Activations, count: int) -> Float[tf.Tensor, "B h w N"]:
    """Keep the channels of each image that deviate most from their mean over the positions."""
    deviations = tf.math.reduce_std(activations, axis=(1, 2))
    _, chosen = tf.math.top_k(deviations, min(count, activations.shape[-1]))
    return tf.gather(activations, chosen, axis=3, batch_dims=1)


def unit_range(masks: Float[tf.Tensor, "B H W n"]) -> Float[tf.Tensor, "B H W n"]:
    """Stretch each mask to 0..1; one that is the same everywhere becomes 0."""
    lowest = tf.reduce_min(masks, axis=(1, 2), keepdims=True)
    highest = tf.reduce_max(masks, axis=(1, 2), keepdims=True)
    return tf.math.divide_no_nan(masks - lowest, highest - lowest)
