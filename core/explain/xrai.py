"""XRAI: an attribution gathered into the regions of the image.

Source: Kapishnikov, Bolukbasi, Viegas and Terry, "XRAI: Better Attributions Through Regions"
(2019), https://arxiv.org/abs/1906.02825, and the authors' PAIR saliency. Departure: theirs
takes the largest of the channels' attributions; here `attribute` has added them up, so that the
map still sums to the change in the score.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf
from jaxtyping import Bool, Float

from core.explain.region_growing import grow_regions
from core.shapes import Images, Maps

AttributionFunction = Callable[[Images], Maps]
"""From images [B, H, W, C] to signed attributions [B, H, W]."""

SegmentFunction = Callable[[Float[np.ndarray, "H W C"]], Bool[np.ndarray, "n H W"]]
"""From an image to its segments, which may overlap."""


def xrai(
    attribute: AttributionFunction,
    images: Images,
    *,
    segment: SegmentFunction,
    min_pixel_diff: int,
) -> Maps:
    """Rank an image's segments by their attribution and give each pixel its region's mean.

    Args:
        attribute: the attribution that is gathered; the paper's is `integrated_gradients` from
            a black and a white baseline.
        images: [B, H, W, C] float32, in the units the model was trained on.
        segment: finds the regions; the paper's is `overlapping_segments`.
        min_pixel_diff: a segment that would add fewer pixels than this, at least 1, is dropped.

    Returns:
        [B, H, W] float32, signed, in score units per pixel, with the sum of the attributions.
        Costs the attribution and, on the CPU, about a second an image.
    """
    attributions = attribute(images).numpy()
    regions = [
        grow_regions(attribution, segment(image), min_pixel_diff=min_pixel_diff)
        for attribution, image in zip(attributions, images.numpy(), strict=True)
    ]
    return tf.constant(np.stack(regions), tf.float32)
