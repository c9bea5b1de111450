"""Of every channel the images that it answers to most, found a part of the images at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from jaxtyping import Float, Int

NOBODY = -1
"""In place of an image, where a channel has fewer."""


@dataclass(frozen=True)
class Strongest:
    """Up to k images of each of D channels, the strongest first."""

    values: Float[np.ndarray, "D k"]
    """The channel's largest activation in the image; -inf where there is none."""
    images: Int[np.ndarray, "D k"]
    """Numbers of the images; `NOBODY` where there is none."""
    places: Int[np.ndarray, "D k"]
    """Where in the layer's map that is, row by row."""


def strongest_of(
    values: Float[np.ndarray, "B D"],
    images: Int[np.ndarray, " B"],
    places: Int[np.ndarray, "B D"],
    *,
    count: int,
) -> Strongest:
    """Choose the images of each channel among some.

    A channel that is exactly zero in an image is silent there, and one that is not finite says
    nothing: such images are not chosen.

    Args:
        values: [B, D] the largest activation of every channel in every image.
        images: [B] their numbers.
        places: [B, D] where they are.
        count: of images of each channel, k.

    Returns:
        [D, k] each; of equal values the image of the smaller number first, so that the order
        in which images are looked at does not matter.
    """
    by_channel = np.asarray(values, np.float32).T
    says_something = np.isfinite(by_channel) & (by_channel != 0)
    ranked = np.where(says_something, by_channel, -np.inf)
    numbers = np.broadcast_to(images, ranked.shape)
    return _best(
        ranked,
        np.where(says_something, numbers, NOBODY).astype(np.int64),
        np.asarray(places, np.int64).T,
        count=count,
    )


def merged(parts: Iterable[Strongest], *, count: int) -> Strongest:
    """Choose the strongest among those of at least one part."""
    several = list(parts)
    return _best(
        np.concatenate([part.values for part in several], axis=1),
        np.concatenate([part.images for part in several], axis=1),
        np.concatenate([part.places for part in several], axis=1),
        count=count,
    )


def pack_strongest(strongest: Strongest) -> bytes:
    """Write them as NumPy's `.npz`, without pickles."""
    file = BytesIO()
    np.savez(file, allow_pickle=False, **vars(strongest))
    return file.getvalue()


def unpack_strongest(content: bytes) -> Strongest:
    """Read what `pack_strongest` wrote."""
    with np.load(BytesIO(content), allow_pickle=False) as kept:
        return Strongest(kept["values"], kept["images"], kept["places"])


def _best(
    values: np.ndarray, images: np.ndarray, places: np.ndarray, *, count: int
) -> Strongest:
    """Keep the largest of each row [D, n], filled up where there are fewer than `count`."""
    order = np.lexsort((images, -values), axis=-1)[:, :count]
    chosen = [np.take_along_axis(each, order, axis=1) for each in (values, images, places)]
    short = ((0, 0), (0, count - order.shape[1]))
    return Strongest(
        np.pad(chosen[0], short, constant_values=-np.inf),
        np.pad(chosen[1], short, constant_values=NOBODY),
        np.pad(chosen[2], short),
    )
