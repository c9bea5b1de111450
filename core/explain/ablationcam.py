"""Ablation-CAM: channels weighted by how far the score falls without them, with no gradient.

Source: Desai and Ramaswamy, "Ablation-CAM: Visual Explanations for Deep Convolutional Network
via Gradient-free Localization" (2020), https://doi.org/10.1109/WACV45572.2020.9093360,
equations 4 and 5. Departures: the fall is not divided by the score, which only scales a map
and turns it over where the score is negative; the last ReLU is left to the rendering.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Int

from core.explain.variants import Variants, score_variants
from core.progress import Track
from core.score import ResumedScoreFunction
from core.shapes import Activations, Images, Maps, Scores


def ablationcam(
    score: ResumedScoreFunction,
    images: Images,
    *,
    activations: Activations,
    chunk: int,
    track: Track,
) -> Maps:
    """Weight each channel by how far the score falls when the channel is set to zero.

    Args:
        score: from images [n·B, H, W, C] and activations [n·B, h, w, D] to scores [n·B].
        images: [B, H, W, C] float32, in the units the model was trained on.
        activations: [B, h, w, D] float32, what the layer makes of the images.
        chunk: how many channels go into one pass.
        track: goes through the passes.

    Returns:
        [B, h, w] float32, signed, in score units times units of the activations. Costs a pass
        from the layer on for every channel, and one.
    """
    channel_count = activations.shape[-1]

    def ablated(indices: Int[np.ndarray, " n"]) -> Variants:
        # Index D is no channel: that variant keeps them all.
        removed = tf.one_hot(indices, channel_count)[:, None, None, None, :]
        return activations * (1.0 - removed)

    def score_resumed(variants: Activations) -> Scores:
        copies = variants.shape[0] // images.shape[0]
        return score(tf.tile(images, (copies, 1, 1, 1)), variants)

    scores = score_variants(
        score_resumed, ablated, count=channel_count + 1, chunk=chunk, track=track
    )
    return tf.einsum("bhwd,db->bhw", activations, scores[-1] - scores[:-1])
