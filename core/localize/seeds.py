"""Which pixels a map is sure of: what certainly is the object, and what certainly is not."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.localize.errors import NothingToLocalizeError
from core.render.maps import ScaledMap


@dataclass(frozen=True)
class Seeds:
    """Pixels from which the colours of an object and of its surroundings are learnt."""

    foreground: NDArray[np.bool_]
    """[H, W]; at least one, none of the background's."""
    background: NDArray[np.bool_]
    """[H, W]; at least one."""


def find_seeds(
    saliency: ScaledMap, *, foreground_quantile: float, background_quantile: float
) -> Seeds:
    """Take the pixels of the highest and of the lowest values.

    Args:
        saliency: [H, W] float32, higher for the object.
        foreground_quantile: in 0..1; the foreground reaches this quantile of the values.
        background_quantile: in 0..1, below the other; the background stays at or below it. If
            the two quantiles are one value (a map that is zero nearly everywhere), all that is
            above it is foreground.

    Raises:
        NothingToLocalizeError: the map is the same everywhere, or not finite.
    """
    if not np.isfinite(saliency).all():
        raise NothingToLocalizeError("the map holds values that are not finite")
    low, high = np.quantile(saliency, [background_quantile, foreground_quantile])
    is_background = saliency <= low
    is_foreground = saliency >= high if high > low else ~is_background
    if not is_foreground.any():
        # So much of the map is at its largest value that the quantiles are in there.
        is_foreground = saliency == saliency.max()
        is_background = ~is_foreground
    if not is_background.any():
        raise NothingToLocalizeError("the map is the same everywhere")
    return Seeds(is_foreground, is_background)
