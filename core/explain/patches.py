"""Where square patches lie on an image, and how their values become values of pixels."""

from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from jaxtyping import Float, Int

from core.explain.variants import VariantScores
from core.shapes import Maps


@dataclass(frozen=True)
class Patches:
    """n patches on an image of H x W pixels, row by row."""

    height: int
    """Pixels, of every patch."""
    width: int
    tops: Int[np.ndarray, " n"]
    """First row of each patch."""
    lefts: Int[np.ndarray, " n"]
    """First column of each patch."""
    rows: Float[np.ndarray, "n H"]
    """1 in the rows that a patch covers, 0 elsewhere."""
    columns: Float[np.ndarray, "n W"]
    """1 in the columns that a patch covers, 0 elsewhere."""

    def __len__(self) -> int:
        return len(self.tops)


def lay_patches(
    image_height: int, image_width: int, *, patch_pixels: int, stride_pixels: int
) -> Patches:
    """Cover an image with square patches at even steps; the last ones touch its far edges.

    Args:
        image_height: pixels.
        image_width: pixels.
        patch_pixels: side of a patch; one that is larger than the image covers all of it.
        stride_pixels: from one patch to the next. With a stride above the side of a patch, the
            pixels in between are in no patch.
    """
    height, width = min(patch_pixels, image_height), min(patch_pixels, image_width)
    tops, lefts = (
        grid.ravel()
        for grid in np.meshgrid(
            patch_starts(image_height, height, stride_pixels),
            patch_starts(image_width, width, stride_pixels),
            indexing="ij",
        )
    )
    return Patches(
        height=height,
        width=width,
        tops=tops,
        lefts=lefts,
        rows=patch_spans(tops, height, image_height),
        columns=patch_spans(lefts, width, image_width),
    )


def patch_starts(length: int, patch: int, stride: int) -> Int[np.ndarray, " n"]:
    """Where patches begin along one side; the last one ends where the side ends."""
    return np.unique(np.append(np.arange(0, length - patch, stride), length - patch))


def patch_spans(
    starts: Int[np.ndarray, " n"], patch: int, length: int
) -> Float[np.ndarray, "n length"]:
    """Mark what patches cover along one side with 1, and the rest with 0."""
    places = np.arange(length)
    is_inside = (places >= starts[:, None]) & (places < starts[:, None] + patch)
    return is_inside.astype(np.float32)


def mean_over_patches(values: VariantScores, patches: Patches) -> Maps:
    """Give each pixel the mean of the values of the patches that cover it.

    Args:
        values: [n, B] float32, of every patch and image.
        patches: n patches on an image of H x W pixels.

    Returns:
        [B, H, W] float32; 0 where no patch lies.
    """
    spread = tf.einsum("nb,nh->bnh", values, patches.rows)
    sums = tf.einsum("bnh,nw->bhw", spread, patches.columns)
    counts = tf.einsum("nh,nw->hw", patches.rows, patches.columns)
    return tf.math.divide_no_nan(sums, counts)
