"""Segments of an image at several scales, which overlap: the regions that XRAI chooses from.

Source: Felzenszwalb and Huttenlocher, "Efficient Graph-Based Image Segmentation" (2004), by
scikit-image; put together as in the XRAI authors' PAIR saliency, `saliency/core/xrai.py`.
Departure: images of another size than theirs are resized by OpenCV.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from jaxtyping import Bool, Float, Int, UInt8
from skimage.segmentation import felzenszwalb

SIDE_PIXELS = 224
"""Images are segmented at this size: scale, sigma and size of the segments refer to it."""


def overlapping_segments(
    image: Float[np.ndarray, "H W C"],
    *,
    scales: Sequence[int],
    sigma: float,
    minimum_pixels: int,
    dilation_pixels: int,
) -> Bool[np.ndarray, "n H W"]:
    """Segment an image at several scales and let all segments grow over their edges.

    Args:
        image: [H, W, C] float32, in any units; its own range becomes -1..1.
        scales: of the segmentation; higher ones give fewer and larger segments.
        sigma: standard deviation of the blur before the segmentation, in pixels.
        minimum_pixels: smaller segments are joined to their neighbours.
        dilation_pixels: by how much each segment grows in the image's own pixels, 0 for none.

    Returns:
        [n, H, W], the n segments of all scales. Costs about 0.1 s a scale.
    """
    normalized = resize_for_segments(normalize_range(image))
    disk = disk_of(dilation_pixels)
    masks = []
    for scale in scales:
        labels = felzenszwalb(normalized, scale=scale, sigma=sigma, min_size=minimum_pixels)
        labels = resize_labels(labels, image.shape[:2])
        masks += [
            cv2.dilate((labels == label).astype(np.uint8), disk) for label in np.unique(labels)
        ]
    return np.stack(masks) > 0


def normalize_range(image: Float[np.ndarray, "H W C"]) -> Float[np.ndarray, "H W C"]:
    """Stretch an image to -1..1; one that is all of one value becomes -1."""
    image_range = float(np.ptp(image)) or 1.0
    normalized: np.ndarray = (image.astype(np.float64) - image.min()) / image_range
    return normalized * 2.0 - 1.0


def resize_for_segments(image: Float[np.ndarray, "H W C"]) -> Float[np.ndarray, "h w C"]:
    """Bring an image to the size at which images are segmented."""
    is_smaller = image.shape[0] * image.shape[1] < SIDE_PIXELS**2
    method = cv2.INTER_CUBIC if is_smaller else cv2.INTER_AREA
    resized = cv2.resize(image, (SIDE_PIXELS, SIDE_PIXELS), interpolation=method)
    return np.reshape(resized, (SIDE_PIXELS, SIDE_PIXELS, image.shape[2]))


def resize_labels(
    labels: Int[np.ndarray, "h w"], shape: tuple[int, int]
) -> Int[np.ndarray, "H W"]:
    """Give each pixel of the image the label of the place that its centre falls on."""
    rows, columns = (
        ((np.arange(length) + 0.5) / length * labelled).astype(int)
        for length, labelled in zip(shape, labels.shape, strict=True)
    )
    return labels[np.ix_(rows, columns)]


def disk_of(radius: int) -> UInt8[np.ndarray, "d d"]:
    """Mark the pixels within a radius, d = 2·radius + 1."""
    squares = np.square(np.arange(-radius, radius + 1))
    return (squares[:, None] + squares <= radius**2).astype(np.uint8)
