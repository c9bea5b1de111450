"""Patch classification: what the network says of each part of the image, shown alone.

Source: Oquab et al., "Learning and Transferring Mid-Level Image Representations using
Convolutional Neural Networks" (2014), https://doi.org/10.1109/CVPR.2014.222, section 4.2 and
figure 5. Departure: the paper sums the scores of some 500 patches of eight sizes; here the
patches have one size and lie at even steps, and each pixel gets the mean over those on it.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Int

from core.explain.patches import lay_patches, mean_over_patches
from core.explain.variants import Variants, score_variants
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps


def patch_classification(
    score: ScoreFunction,
    images: Images,
    *,
    patch_pixels: int,
    stride_pixels: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Cut patches out, enlarge each to the network's input and note its score.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B].
        images: [B, H, W, C] float32, in the units the model was trained on.
        patch_pixels: side of a patch, at least 1; a larger one than the image is all of it.
        stride_pixels: from one patch to the next, at least 1. The last one touches the far
            edge, whether or not the stride leads there.
        chunk: how many patches go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32 in score units, with the score's own sign: the mean score of the
        patches that cover a pixel. Costs a forward pass for every patch.
    """
    height, width = images.shape[1:3]
    patches = lay_patches(height, width, patch_pixels=patch_pixels, stride_pixels=stride_pixels)

    def enlarged(indices: Int[np.ndarray, " n"]) -> Variants:
        cut = [
            images[:, top : top + patches.height, left : left + patches.width]
            for top, left in zip(patches.tops[indices], patches.lefts[indices], strict=True)
        ]
        resized = tf.image.resize(tf.concat(cut, axis=0), (height, width))
        return tf.reshape(resized, (len(indices), *images.shape))

    scores = score_variants(score, enlarged, count=len(patches), chunk=chunk, track=track)
    return mean_over_patches(scores, patches)
