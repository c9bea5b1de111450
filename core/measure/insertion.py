"""Insertion: a good map soon gives the score back when its pixels are put in, best first.

Source: Petsiuk, Das and Saenko, "RISE: Randomized Input Sampling for Explanation of Black-box
Models" (2018), https://arxiv.org/abs/1806.07421, section 4.1.2. The paper starts from a blurred
image, so that no sharp edge is made; here the baseline is given.
"""

from core.measure.pixel_order import pixel_ranks
from core.measure.replacement import Curve, score_curve
from core.progress import Track
from core.score import ScoreFunction
from core.shapes import Images, Maps


def insertion(
    score: ScoreFunction,
    images: Images,
    maps: Maps,
    *,
    baseline: Images,
    steps: int,
    seed: int,
    chunk: int,
    track: Track,
) -> Curve:
    """Show ever more of the images, the pixels that the maps value most first.

    Args:
        score: from images [n·B, H, W, C] to scores [n·B]; the paper's are probabilities, which
            put the area under the curve into 0..1.
        images: [B, H, W, C] float32, in the units the model was trained on.
        maps: [B, H, W] float32.
        baseline: [B, H, W, C] float32, what is seen before a pixel is put in.
        steps: at least 1; costs steps + 1 forward passes.
        seed: of the order among equal values.
        chunk: how many steps go into one pass.
        track: goes through the passes.

    Returns:
        The scores from the baseline to the image. The larger the area, the better the map.

    Raises:
        ShapeError: maps or baseline are not of the images' size.
    """
    ranks = pixel_ranks(maps, images, seed=seed)
    return score_curve(
        score, images, lambda shown: ranks < shown,
        baseline=baseline, steps=steps, chunk=chunk, track=track,
    )  # fmt: skip
