"""Growing the part of an image that matters, segment by segment.

Source: Kapishnikov, Bolukbasi, Viegas and Terry, "XRAI: Better Attributions Through Regions"
(2019), https://arxiv.org/abs/1906.02825, algorithm 1.
"""

import numpy as np
from jaxtyping import Bool, Float


def grow_regions(
    attributions: Float[np.ndarray, "H W"],
    segments: Bool[np.ndarray, "n H W"],
    *,
    min_pixel_diff: int,
) -> Float[np.ndarray, "H W"]:
    """Add the segment whose new pixels matter most, again and again.

    Args:
        attributions: [H, W], of every pixel.
        segments: [n, H, W], which may overlap.
        min_pixel_diff: a segment that would add fewer pixels than this, at least 1, is dropped.

    Returns:
        [H, W] float64: each pixel has the mean attribution of the pixels that came in together
        with it; those that never came in, the mean of theirs. The sum is that of the
        attributions. Costs n·H·W additions: what a segment has left is kept up to date, and
        each pixel is taken off all segments once.
    """
    values = attributions.ravel().astype(np.float64)
    members = np.ascontiguousarray(segments.reshape(len(segments), -1).T)
    left_pixels = members.sum(axis=0)
    left_values = np.array([values[segment.ravel()].sum() for segment in segments])
    is_outside = np.ones(values.shape, bool)
    grown = np.zeros_like(values)
    while np.any(is_candidate := left_pixels >= min_pixel_diff):
        densities = np.full(len(segments), -np.inf)
        np.divide(left_values, left_pixels, out=densities, where=is_candidate)
        best = densities.argmax()
        joining = np.flatnonzero(is_outside & members[:, best])
        grown[joining] = densities[best]
        is_outside[joining] = False
        left_pixels -= members[joining].sum(axis=0)
        left_values -= values[joining] @ members[joining]
    if is_outside.any():
        grown[is_outside] = values[is_outside].mean()
    return grown.reshape(attributions.shape)
