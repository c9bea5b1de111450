"""Integrated gradients: the change in a score, shared out among the pixels.

Source: Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks" (2017),
https://arxiv.org/abs/1703.01365, equation 1. Departures: the integral is taken by the
trapezoidal rule, where the paper uses a Riemann sum; and there may be several baselines, whose
maps are averaged, as XRAI does with a black and a white one.
"""

import numpy as np
import tensorflow as tf

from core.errors import ShapeError
from core.explain.chunk_gradients import chunk_gradients
from core.explain.variants import Variants, even_chunks
from core.progress import Track
from core.score import GradientFunction
from core.shapes import Images, Maps


def integrated_gradients(
    gradient: GradientFunction,
    images: Images,
    *,
    baselines: Variants,
    steps: int,
    chunk: int,
    track: Track,
) -> Maps:
    """Explain each score by the pixels that raised it above the baselines' scores.

    Args:
        gradient: from images [n·B, H, W, C] to the gradients of their scores.
        images: [B, H, W, C] float32, in the units the model was trained on.
        baselines: [K, B, H, W, C] float32 in the same units; where K straight paths to every
            image start.
        steps: intervals of the rule on each path, at least 1.
        chunk: how many points of the paths go into one pass.
        track: goes through the passes.

    Returns:
        [B, H, W] float32, signed, in score units. Summed over H and W it equals
        score(images) - mean over K of score(baselines), up to the error of the rule.
        Costs K·(steps + 1) gradients.

    Raises:
        ShapeError: the baselines have not the shape of the images.
    """
    if baselines.shape[1:] != images.shape:
        raise ShapeError("baselines", ["K", *images.shape], list(baselines.shape))
    positions = np.linspace(0.0, 1.0, steps + 1, dtype=np.float32)
    # Of the trapezoidal rule: the ends count half.
    weights = np.full(steps + 1, 1.0 / steps, np.float32)
    weights[[0, -1]] /= 2.0
    maps = tf.zeros_like(images[..., 0])
    for baseline, part in track(
        [(baseline, part) for baseline in baselines for part in even_chunks(steps + 1, chunk)]
    ):
        path = images - baseline
        points = baseline + positions[part.indices].reshape(-1, 1, 1, 1, 1) * path
        gradients = chunk_gradients(gradient, points)[: part.fresh]
        mean_gradient = tf.tensordot(weights[part.indices][: part.fresh], gradients, axes=1)
        maps += tf.reduce_sum(path * mean_gradient, axis=-1)
    return maps / len(baselines)
