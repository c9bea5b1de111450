"""Looking at pictures shifted, turned and scaled, with an exact way back for the gradient.

Each pixel of a view is a mean of four of the picture's; on the way back each gives its gradient
to those four. TensorFlow's `ImageProjectiveTransform` has a gradient that is not this adjoint.
Most of the time goes into working out which four: `core.visualize.picture_side` has XLA make
one loop of it all.
"""

import tensorflow as tf
from jaxtyping import Float

from core.visualize.colour import Planes

Placements = Float[tf.Tensor, "n 3 3"]
"""From the (column, row, 1) of a view's pixel to that of the picture, both counted from the
middle."""

Views = Float[tf.Tensor, "nB H W C"]
"""n views of B pictures, the views of the whole batch one after another."""

TAPS = ((0, 0), (0, 1), (1, 0), (1, 1))
"""Rows and columns from a place's upper left neighbour to its four neighbours."""


def resampled(planes: Planes, placements: Placements, *, surroundings: float | None) -> Views:
    """Look at every picture from each of n placements, by bilinear interpolation.

    Args:
        planes: [H, W, B, C] float32.
        placements: [n, 3, 3] affine; there is no gradient by them.
        surroundings: the value of everything beyond the pictures' edges; none to have the
            pictures mirrored there.

    Returns:
        [n·B, H, W, C] float32.
    """
    height, width, count, channels = planes.shape
    views = int(placements.shape[0])
    seen = seen_places(placements, height=height, width=width)
    taps = bilinear(seen, height=height, width=width, is_mirrored=surroundings is None)
    ground = 0.0 if surroundings is None else surroundings
    flat = tf.reshape(planes - ground, (height * width, count * channels))
    viewed = ground + tf.add_n(
        [tf.gather(flat, places) * weights[..., tf.newaxis] for places, weights in taps]
    )
    by_view = tf.reshape(viewed, (views, height * width, count, channels))
    ordered = tf.transpose(by_view, (0, 2, 1, 3))
    return tf.reshape(ordered, (views * count, height, width, channels))


def as_images(planes: Planes) -> Float[tf.Tensor, "B H W C"]:
    """Put the batch first."""
    height, width, count, channels = planes.shape
    flat = tf.reshape(planes, (height * width, count, channels))
    return tf.reshape(tf.transpose(flat, (1, 0, 2)), (count, height, width, channels))


def seen_places(
    placements: Placements, *, height: int, width: int
) -> Float[tf.Tensor, "n 2 P"]:
    """Tell which place of the picture each of the P pixels of a view looks at.

    Returns:
        [n, 2, H·W] columns and rows, counted from the upper left pixel.
    """
    middle = tf.constant([[(width - 1) / 2], [(height - 1) / 2]], tf.float32)
    columns, rows = tf.meshgrid(
        tf.range(width, dtype=tf.float32), tf.range(height, dtype=tf.float32)
    )
    places = tf.stack([tf.reshape(columns, [-1]), tf.reshape(rows, [-1])]) - middle
    return placements[:, :2, :2] @ places + placements[:, :2, 2:] + middle


def bilinear(
    seen: Float[tf.Tensor, "n 2 P"], *, height: int, width: int, is_mirrored: bool
) -> list[tuple[tf.Tensor, tf.Tensor]]:
    """Find the four pixels that each place lies between, and their shares.

    Returns:
        For each of `TAPS`, int32 and float32 [n, P]: places in the flattened picture, and
        weights, which are zero for what lies beyond its edges unless it is mirrored.
    """
    corners = tf.floor(seen)
    parts = seen - corners
    taps = []
    for down, right in TAPS:
        column, row = corners[:, 0] + right, corners[:, 1] + down
        share = (parts[:, 0] if right else 1 - parts[:, 0]) * (
            parts[:, 1] if down else 1 - parts[:, 1]
        )
        if is_mirrored:
            column, row = mirrored(column, width), mirrored(row, height)
        is_inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        place = tf.where(is_inside, row * width + column, 0.0)
        taps.append((tf.cast(place, tf.int32), tf.where(is_inside, share, 0.0)))
    return taps


def mirrored(positions: tf.Tensor, length: int) -> tf.Tensor:
    """Reflect positions at the edges of a row of pixels, so that all lie within it."""
    folded = tf.math.floormod(positions, 2.0 * length)
    return tf.minimum(folded, 2.0 * length - 1.0 - folded)
