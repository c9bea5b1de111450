"""Superpixels: the parts of an image that LIME and KernelSHAP switch on and off.

Source: Achanta et al., "SLIC Superpixels Compared to State-of-the-art Superpixel Methods"
(2012), https://doi.org/10.1109/TPAMI.2012.120, as scikit-image does it.
"""

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int
from skimage.segmentation import slic

from core.explain.variants import Variants, VariantScores, keep_parts, score_variants
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps, Pixels

Segments = Int[tf.Tensor, "B H W"]
"""The superpixel of each pixel, counted from 0 in every image."""

Presence = Float[np.ndarray, "n S"]
"""n rows that say with 1 or 0 which of the S superpixels of one image are there."""

Coalitions = list[Float[np.ndarray, "n _"]]
"""The presence of every image's superpixels; n is the same for all, their number its own."""


def superpixels(pixels: Pixels, *, count: int, compactness: float) -> Segments:
    """Divide each image into superpixels: [B, H, W] int32. Runs on the CPU, not in a graph.

    Args:
        pixels: [B, H, W, 3] uint8, RGB.
        count: about how many to make of an image, at least 1. Pieces too small for that join
            their neighbours, so that an image of mere noise may end as one superpixel.
        compactness: above 0; the higher, the more they are squares and the less they follow
            colours. A power of ten is a step.
    """
    parts = [
        slic(image, n_segments=count, compactness=compactness, start_label=0)
        for image in pixels.numpy()
    ]
    numbered = [np.unique(part, return_inverse=True)[1].reshape(part.shape) for part in parts]
    return tf.constant(np.stack(numbered), tf.int32)


def segment_counts(segments: Segments) -> list[int]:
    """Count the superpixels of each image."""
    return [int(last) + 1 for last in tf.reduce_max(segments, axis=(1, 2))]


def score_coalitions(
    score: ScoreFunction,
    images: Images,
    *,
    segments: Segments,
    baseline: tf.Tensor,
    coalitions: Coalitions,
    chunk: int,
    track: Track,
) -> VariantScores:
    """Score the images with only some of their superpixels, the baseline in place of the rest.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B].
        images: [B, H, W, C] float32.
        segments: [B, H, W], the superpixel of each pixel.
        baseline: [B, H, W, C] float32, what shows where a superpixel is absent.
        coalitions: for each image [n, S_b], which of its S_b superpixels are there; all have
            one n.
        chunk: how many coalitions go into one pass.
        track: goes through the passes.

    Returns:
        [n, B] float32.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    most = max(rows.shape[1] for rows in coalitions)
    present = np.stack(
        [np.pad(rows, ((0, 0), (0, most - rows.shape[1]))) for rows in coalitions]
    )

    def shown(indices: Int[np.ndarray, " n"]) -> Variants:
        by_superpixel = tf.constant(present[:, indices].transpose(0, 2, 1), tf.float32)
        kept = tf.gather(by_superpixel, segments, axis=1, batch_dims=1)
        return keep_parts(images, tf.transpose(kept, (3, 0, 1, 2)), baseline)

    return score_variants(score, shown, count=present.shape[1], chunk=chunk, track=track)


def paint(values: list[Float[np.ndarray, " _"]], segments: Segments) -> Maps:
    """Give each pixel the value of its superpixel: [B, H, W] float32."""
    painted = [own[image] for own, image in zip(values, segments.numpy(), strict=True)]
    return tf.constant(np.stack(painted), tf.float32)
