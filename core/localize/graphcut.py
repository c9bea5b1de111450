"""Localization without having been taught any: a map says where, the colours say how far.

Source: Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks: Visualising Image
Classification Models and Saliency Maps" (2013), https://arxiv.org/abs/1312.6034, section 3.2;
the cut is that of Rother, Kolmogorov and Blake, "GrabCut" (2004), as in OpenCV: Gaussian
mixtures of five components, learnt once. The paper does not say whether the pixels that teach
the colours may change sides. Here those of the foreground may not, or on eight photographs with
known maps two cuts were of another thing; those of the background may, or a map that is
speckled leaves holes. Departures: the cut is made on an image of limited size, since its time
grows faster than the pixels, and the mask is brought back; and any map will do.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import ShapeError
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from core.localize.errors import NothingToLocalizeError
from core.localize.seeds import Seeds, find_seeds
from core.render.boxes import Box, largest_region
from core.render.maps import GreyPixels, RawMap
from core.render.upsample import upsample_map

MIXTURE_NUMBERS = 65
"""Of OpenCV's mixture: for each of five components a weight, a mean and a covariance."""
LEAST_SAMPLES = 5
"""One for each component."""
NO_RECTANGLE = (0, 0, 0, 0)
"""OpenCV asks for one and does not look at it where there are labels."""
HALF = 0.5
OUTSIDE, INSIDE = 0, 255
"""Of a mask."""

Mixture = NDArray[np.float64]
"""[1, 65], as OpenCV keeps it."""


@dataclass(frozen=True)
class Localization:
    """Where an object is, in pixels of the image sent."""

    box: Box
    """Around the mask."""
    mask: GreyPixels
    """[H, W] uint8, 255 on the object and 0 elsewhere; one connected region."""


def localize(
    pixels: RgbPixels,
    raw_map: RawMap,
    *,
    foreground_quantile: float,
    background_quantile: float,
    max_side_pixels: int,
) -> Localization:
    """Find the object that a map points at.

    Args:
        pixels: [H, W, 3] uint8, the image.
        raw_map: [h, w] float32, higher for the object; usually a map whose evidence against
            the class has been dropped.
        foreground_quantile: in 0..1; pixels that reach this quantile of the map show the
            object's colours. The paper's is 0.95.
        background_quantile: in 0..1; pixels at or below this quantile of the map show the
            surroundings' colours. The paper's is 0.3.
        max_side_pixels: of the image that is cut; 300 takes a quarter of a second, or two
            seconds where colours tell little.

    Returns:
        The largest region of the image that is coloured more like the object, and its box.
        The same for the same input. Runs on one core.

    Raises:
        NothingToLocalizeError: the map is the same everywhere or not finite, or the image is
            of one colour.
        ShapeError: the image or the map has no pixel.
    """
    height, width = pixels.shape[:2]
    if not pixels.size or not raw_map.size:
        raise ShapeError("map", ("h", "w"), raw_map.shape)
    scale = min(1.0, max_side_pixels / max(height, width))
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    small = resize_image(pixels, width=columns, height=rows)
    seeds = find_seeds(
        upsample_map(raw_map, width=columns, height=rows),
        foreground_quantile=foreground_quantile,
        background_quantile=background_quantile,
    )
    if (small == small[0, 0]).all():
        raise NothingToLocalizeError("the image is of one colour")
    region = largest_region(_cut(small, seeds))
    mask = _enlarged(region, width=width, height=height)
    return Localization(Box(*cv2.boundingRect(mask)), mask)


def _cut(pixels: RgbPixels, seeds: Seeds) -> GreyPixels:
    """Divide an image by colour: [H, W] uint8, 1 for foreground, which holds its seeds.

    Raises:
        NothingToLocalizeError: OpenCV finds a fault that it does not name.
    """
    # Mixtures start from k-means, which draws from a generator of this thread.
    cv2.setRNGSeed(0)
    labels = np.full(pixels.shape[:2], cv2.GC_PR_BGD, np.uint8)
    labels[seeds.foreground] = cv2.GC_FGD
    try:
        background, foreground = _mixtures(pixels[seeds.background], pixels[seeds.foreground])
        cv2.grabCut(
            pixels, labels, NO_RECTANGLE, background, foreground, 1, cv2.GC_EVAL_FREEZE_MODEL
        )
    except cv2.error as error:
        raise NothingToLocalizeError("the cut failed") from error
    return np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)


def _mixtures(
    background: NDArray[np.uint8], foreground: NDArray[np.uint8]
) -> tuple[Mixture, Mixture]:
    """Learn the colours of both sides from their pixels [n, 3] alone."""
    sides = [_enough(background), _enough(foreground)]
    labels = np.repeat([cv2.GC_BGD, cv2.GC_FGD], [len(side) for side in sides]).astype(np.uint8)
    mixtures = np.zeros((1, MIXTURE_NUMBERS)), np.zeros((1, MIXTURE_NUMBERS))
    # No iteration: the mixtures are learnt at the start, and nothing is cut yet.
    cv2.grabCut(
        np.concatenate(sides)[np.newaxis], labels[np.newaxis], NO_RECTANGLE, *mixtures, 0,
        cv2.GC_INIT_WITH_MASK,
    )  # fmt: skip
    return mixtures


def _enough(side: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Repeat pixels [n, 3] until there are as many as a mixture has components."""
    return np.resize(side, (max(len(side), LEAST_SAMPLES), 3))


def _enlarged(region: GreyPixels, *, width: int, height: int) -> GreyPixels:
    """Bring a region back to the size of the image, with smooth edges: 0 or 255."""
    share = cv2.resize(
        region.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    )
    return np.where(np.asarray(share) >= HALF, INSIDE, OUTSIDE).astype(np.uint8)
