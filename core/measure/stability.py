"""Stability: a map that a little noise overturns says more of the noise than of the network.

Source: Alvarez-Melis and Jaakkola, "On the Robustness of Interpretability Methods" (2018),
https://arxiv.org/abs/1806.08049. Departure: the paper takes the worst change per change of the
image; here maps are compared by ranks, since only the order of the places is looked at, and the
mean is taken, which a few copies estimate well.
"""

from collections.abc import Callable

import numpy as np
import tensorflow as tf

from core.explain.noisy_gradients import noisy_copies
from core.measure.rank_correlation import rank_correlation
from core.progress import Track
from core.shapes import Images, Maps, Scores


def stability(
    explain: Callable[[Images], Maps],
    images: Images,
    maps: Maps,
    *,
    noise: float,
    copies: int,
    seed: int,
    track: Track,
) -> Scores:
    """Explain noisy copies of the images and compare the maps.

    Args:
        explain: the method, from images [B, H, W, C] to maps [B, h, w]; the classes stay.
        images: [B, H, W, C] float32, in the units the model was trained on.
        maps: [B, h, w] float32, what the method says of the images themselves.
        noise: standard deviation as a fraction of each image's own range; too little to be
            seen, such as 0.02.
        copies: noisy copies of every image, at least 1; each costs one explanation.
        seed: of the noise, which is the same for every image.
        track: goes through the copies.

    Returns:
        [B] in -1..1: mean rank correlation of the noisy copies' maps with the map.
    """
    total = tf.zeros(images.shape[0])
    for copy in track(range(copies)):
        noisy = noisy_copies(images, np.array([copy]), noise=noise, seed=seed)[0]
        total += rank_correlation(maps, explain(noisy))
    return total / copies
