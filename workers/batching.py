"""Which of the requests in a worker's hands are computed together, and how they are padded."""

from collections.abc import Sequence

import numpy as np

from api_schemas.receipts import BatchPlace
from messaging.inbox import Delivery
from messaging.wire import Uint8Array

BATCH_SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
"""Batches are padded to one of these, so that few shapes are ever traced or tuned for; at most
a third of a batch is padding."""


def next_batch(held: Sequence[Delivery], *, max_images: int) -> list[Delivery]:
    """Choose what to compute next: the oldest request and all that fit it.

    Args:
        held: requests in the order in which they were taken.
        max_images: at most so many.

    Returns:
        Requests of one model, method, layer and parameters. A request taken over from a worker
        that died is computed alone, since it may have killed it; one that names its place in
        a batch is, too.
    """
    if not held:
        return []
    oldest = held[0]
    if stands_alone(oldest):
        return [oldest]
    key = oldest.request.order.kernel_key
    shape = oldest.request.pixels.shape
    fitting = [
        delivery
        for delivery in held
        if not stands_alone(delivery)
        and delivery.request.order.kernel_key == key
        and delivery.request.pixels.shape == shape
    ]
    return fitting[:max_images]


def stands_alone(delivery: Delivery) -> bool:
    """Whether a request is computed in a batch of its own."""
    return delivery.is_recovered or delivery.request.order.place is not None


def padded_size(images: int) -> int:
    """Give the size that a batch is padded to."""
    return next((size for size in BATCH_SIZES if size >= images), images)


def place_in_batch(place: BatchPlace, *, max_images: int) -> BatchPlace:
    """Find the place asked for, or the nearest one in batches that are computed here."""
    images = padded_size(min(place.images, max_images))
    return BatchPlace(images=images, row=min(place.row, images - 1))


def stack_padded(pixels: Sequence[Uint8Array]) -> Uint8Array:
    """Stack images to a batch of a size that is traced already, repeating the last one.

    Args:
        pixels: images [H, W, 3] of one shape, at least one.

    Returns:
        [B, H, W, 3] uint8, B being one of BATCH_SIZES.
    """
    padding = padded_size(len(pixels)) - len(pixels)
    return np.stack([*pixels, *[pixels[-1]] * padding])
