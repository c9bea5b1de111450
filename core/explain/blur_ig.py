"""Blur integrated gradients: the change in a score as the image comes into focus.

Source: Xu, Venugopalan and Sundararajan, "Attribution in Scale and Space" (2020),
https://arxiv.org/abs/2004.03383; steps and blur as in the authors' PAIR saliency. Departure:
they multiply the gradient at each blur with a numerical derivative of the blur, which misses
the way from sigma 0 to the first step; here the trapezoidal rule runs over the blurred images
themselves, so that a linear score is shared out exactly.
"""

import numpy as np
import tensorflow as tf

from core.explain.chunk_gradients import chunk_gradients
from core.explain.gaussian_blur import gaussian_blurs
from core.explain.variants import even_chunks
from core.progress import Track
from core.score import GradientFunction
from core.shapes import Images, Maps


def blur_ig(
    gradient: GradientFunction,
    images: Images,
    *,
    sigma_max: float,
    steps: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Explain each score by the pixels that raised it on the way from blurred to sharp.

    Args:
        gradient: from images [n·B, H, W, C] to the gradients of their scores.
        images: [B, H, W, C] float32, in the units the model was trained on.
        sigma_max: standard deviation of the strongest blur, in pixels, above 0. Outside the
            image there is the value 0 in the model's units.
        steps: intervals from sharp to blurred, of equal sigma, at least 1.
        chunk: how many blurs go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, signed, in score units. Summed over H and W it equals
        score(images) - score(the images blurred by sigma_max), up to the error of the rule.
        Costs steps + 1 gradients.
    """
    total = tf.zeros_like(images)
    for part in track(even_chunks(steps + 1, chunk)):
        # The blurs of this pass, and on either side the one that comes before or after.
        first = part.indices[0] - 1
        levels = np.clip(np.arange(first, first + len(part.indices) + 2), 0, steps)
        blurred = gaussian_blurs(images, levels * (sigma_max / steps))
        gradients = chunk_gradients(gradient, blurred[1:-1])
        shares = (blurred[:-2] - blurred[2:]) / 2.0 * gradients
        total += tf.reduce_sum(shares[: part.fresh], axis=0)
    return tf.reduce_sum(total, axis=-1)
