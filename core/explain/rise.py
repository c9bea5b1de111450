"""RISE: which pixels the score was high with, over thousands of random masks.

Source: Petsiuk, Das and Saenko, "RISE: Randomized Input Sampling for Explanation of Black-box
Models" (2018), https://arxiv.org/abs/1806.07421, equation 6, masks as in section 3.2.
Departure: the mean score is taken from every score first. That moves the paper's map by that
constant, so that it is signed and a score that sees nothing has a map of zeros; and it takes
out the noise of how often each pixel happened to be kept.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.explain.variants import KeptParts, even_chunks, keep_parts, score_chunk
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps


def rise(  # noqa: PLR0913 - every knob is a parameter of the method
    score: ScoreFunction,
    images: Images,
    *,
    baseline: tf.Tensor,
    mask_count: int,
    grid_cells: int,
    keep_probability: float,
    seed: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Show the images through random masks, and see what each pixel's presence was worth.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B]; the paper's are probabilities.
        images: [B, H, W, C] float32, in the units the model was trained on.
        baseline: [B, H, W, C] float32, what shows where a mask hides; the paper's is black.
        mask_count: how many masks, at least 1; the noise falls with their square root.
        grid_cells: each mask is drawn on so many by so many cells and enlarged smoothly.
        keep_probability: above 0 to 1, with which a cell is kept.
        seed: of the masks, which are the same for every image.
        chunk: how many masks go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, signed, in score units: how much higher than its mean the score is
        expected to be where the pixel is kept. Costs a forward pass for every mask.

    Raises:
        ShapeError: the baseline has not the shape of the images.
    """
    height, width = images.shape[1:3]
    masks_of = random_masks(mask_count, grid_cells, keep_probability, seed, height, width)
    weighted, kept, total = (tf.zeros(()) for _ in range(3))
    for part in track(even_chunks(mask_count, chunk)):
        shown = masks_of(part.indices)
        scores = score_chunk(score, keep_parts(images, shown, baseline))[: part.fresh]
        fresh = shown[: part.fresh, 0]
        weighted += tf.einsum("nhw,nb->bhw", fresh, scores)
        kept += tf.reduce_sum(fresh, axis=0)
        total += tf.reduce_sum(scores, axis=0)
    mean_scores = (total / mask_count)[:, tf.newaxis, tf.newaxis]
    return (weighted - mean_scores * kept) / (keep_probability * mask_count)


def random_masks(
    count: int, cells: int, keep_probability: float, seed: int, height: int, width: int
) -> Callable[[Int[np.ndarray, " n"]], KeptParts]:
    """Draw small masks, and give a function that enlarges some: [n, 1, H, W] in 0..1."""
    random = np.random.default_rng(seed)
    grids = (random.random((count, cells, cells)) < keep_probability).astype(np.float32)
    row_weights, column_weights = enlarge(cells, height), enlarge(cells, width)
    # An enlarged mask is a cell longer than the image, which lies somewhere on it.
    tops = random.integers(0, len(row_weights) - height + 1, count)
    lefts = random.integers(0, len(column_weights) - width + 1, count)

    def enlarged(indices: Int[np.ndarray, " n"]) -> KeptParts:
        rows = row_weights[tops[indices][:, None] + np.arange(height)]
        columns = column_weights[lefts[indices][:, None] + np.arange(width)]
        wide = tf.matmul(grids[indices], columns, transpose_b=True)
        return tf.matmul(rows, wide)[:, tf.newaxis]

    return enlarged


def enlarge(cells: int, length: int) -> Float[np.ndarray, "longer cells"]:
    """Give the weights of bilinear interpolation from cells to pixels, a cell to spare."""
    pixels = (cells + 1) * -(-length // cells)
    identity = tf.eye(cells)[:, :, tf.newaxis]
    enlarged: Float[np.ndarray, "longer cells 1"]
    enlarged = tf.image.resize(identity, (pixels, cells)).numpy()
    return enlarged[:, :, 0]
