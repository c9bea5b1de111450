"""Sobol attribution: how much of the score's variance each part of the image has a hand in.

Source: Fel et al., "Look at the Variance! Efficient Black-box Explanations with Sobol-based
Sensitivity Analysis" (2021), https://arxiv.org/abs/2111.04138, equations 3 and 5 (the
total-order indices by Jansen's estimator). Departure: the scores of the second design, which
the total order does not use, are not computed.
"""

import math

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int
from scipy.stats import qmc

from core.explain.variants import Variants, VariantScores, keep_parts, score_variants
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps


def sobol(
    score: ScoreFunction,
    images: Images,
    *,
    baseline: tf.Tensor,
    grid_cells: int,
    designs: int,
    seed: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Dim the cells of a grid at random, and share the score's variance out among them.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B].
        images: [B, H, W, C] float32, in the units the model was trained on.
        baseline: [B, H, W, C] float32, what a wholly dimmed cell shows.
        grid_cells: the image is cut into so many by so many cells.
        designs: points of the quasi-random sequence; rounded up to a power of two, of which
            the sequence is made.
        seed: of the sequence, which is the same for every image.
        chunk: how many variants go into one pass.
        track: goes through the passes.

    Returns:
        [B, grid_cells, grid_cells] float32, not negative, without unit: the share of the
        variance that would be left if only this cell still varied, total order. Zeros where
        the score does not vary. Costs designs * (grid_cells² + 1) forward passes.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    dimming = replicated_designs(grid_cells**2, designs, seed)

    def dimmed(indices: Int[np.ndarray, " n"]) -> Variants:
        grids = dimming[indices].reshape(-1, grid_cells, grid_cells, 1)
        kept = tf.image.resize(grids, images.shape[1:3], method="nearest")
        return keep_parts(images, tf.transpose(kept, (0, 3, 1, 2)), baseline)

    scores = score_variants(score, dimmed, count=len(dimming), chunk=chunk, track=track)
    return tf.reshape(
        total_order_indices(scores, cells=grid_cells**2), (-1, grid_cells, grid_cells)
    )


def replicated_designs(cells: int, designs: int, seed: int) -> Float[np.ndarray, "n cells"]:
    """Draw one design, and replicate it with each cell in turn from a second one.

    Returns:
        [N + N·cells, cells] float32 in 0..1: the N points of the design, then for each cell
        the N points with that cell's value taken from the second design.
    """
    exponent = math.ceil(math.log2(designs))
    points = qmc.Sobol(2 * cells, scramble=True, seed=seed).random_base2(exponent)
    first, second = points[:, :cells], points[:, cells:]
    replicas = np.tile(first, (cells, 1, 1))
    every_cell = np.arange(cells)
    replicas[every_cell, :, every_cell] = second.T
    return np.concatenate([first, replicas.reshape(-1, cells)]).astype(np.float32)


def total_order_indices(scores: VariantScores, *, cells: int) -> Float[tf.Tensor, "B cells"]:
    """Estimate the total-order indices from the scores of replicated designs (Jansen 1999)."""
    designs = scores.shape[0] // (cells + 1)
    of_design = scores[:designs]
    of_replicas = tf.reshape(scores[designs:], (cells, designs, -1))
    half_squares = tf.reduce_mean((of_design - of_replicas) ** 2, axis=1) / 2.0
    # The unbiased variance: with 32 points the difference is 3 %.
    variances = tf.math.reduce_variance(of_design, axis=0) * designs / max(designs - 1, 1)
    return tf.transpose(tf.math.divide_no_nan(half_squares, variances))
