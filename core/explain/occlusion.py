"""Occlusion: how far the score falls when a patch of the image is covered.

Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2013),
https://arxiv.org/abs/1311.2901, section 4.2. Departure: the paper draws one value at each
place of the patch; here each pixel gets the mean over the patches that cover it, so that map
and image lie on each other whatever patch and stride are.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Int

from core.explain.patches import lay_patches, mean_over_patches
from core.explain.variants import Variants, keep_parts, score_variants
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps


def occlusion(
    score: ScoreFunction,
    images: Images,
    *,
    baseline: tf.Tensor,
    patch_pixels: int,
    stride_pixels: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Cover each patch of the image in turn and note how far the score falls.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B].
        images: [B, H, W, C] float32, in the units the model was trained on.
        baseline: [B, H, W, C] float32 in the same units, what the patch shows.
        patch_pixels: side of the patch, at least 1; a larger one than the image covers it all.
        stride_pixels: from one place of the patch to the next, at least 1. The last place
            touches the far edge, whether or not the stride leads there.
        chunk: how many patches go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, signed, in score units: the mean fall over the patches on a pixel.
        Costs a forward pass for every place of the patch, and one.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    height, width = images.shape[1:3]
    patches = lay_patches(height, width, patch_pixels=patch_pixels, stride_pixels=stride_pixels)
    # One more variant, on which no patch lies.
    rows = np.concatenate([patches.rows, np.zeros((1, height), np.float32)])
    columns = np.concatenate([patches.columns, np.zeros((1, width), np.float32)])

    def occluded(indices: Int[np.ndarray, " n"]) -> Variants:
        covered = rows[indices][:, None, :, None] * columns[indices][:, None, None, :]
        return keep_parts(images, tf.constant(1.0 - covered), baseline)

    scores = score_variants(score, occluded, count=len(rows), chunk=chunk, track=track)
    return mean_over_patches(scores[-1] - scores[:-1], patches)
