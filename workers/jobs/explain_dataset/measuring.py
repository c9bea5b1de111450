"""What is noted of one map: its values, how concentrated it is, and how it keeps to the box."""

import numpy as np
from jaxtyping import Float

from api_schemas.dataset_explanations import BoxShares, IndexedMap
from core.images.pixels import RgbPixels
from core.localize.errors import NothingToLocalizeError
from core.localize.graphcut import localize
from core.measure.map_mass import (
    BoxPart,
    half_mass_share,
    is_inside,
    mass_of,
    outside_share,
    peak_of,
    positive_share,
)
from core.render.maps import RawMap
from core.render.polarity import keep_polarity

CUT_SIDE_PIXELS = 300
"""Of the image that is cut, as `POST /localize` has it."""


def object_box(
    pixels: RgbPixels,
    saliency: RawMap,
    *,
    foreground_quantile: float,
    background_quantile: float,
) -> BoxPart | None:
    """Find the object that a saliency map points at; none where there is nothing to find."""
    height, width = pixels.shape[:2]
    try:
        box = localize(
            pixels,
            keep_polarity(saliency, polarity="positive"),
            foreground_quantile=foreground_quantile,
            background_quantile=background_quantile,
            max_side_pixels=CUT_SIDE_PIXELS,
        ).box
    except NothingToLocalizeError:
        return None
    return BoxPart(
        left=box.x / width,
        top=box.y / height,
        right=(box.x + box.width) / width,
        bottom=(box.y + box.height) / height,
    )


def box_shares(box: BoxPart) -> BoxShares:
    """Write a box as the index has it."""
    return BoxShares(
        x=box.left, y=box.top, width=box.right - box.left, height=box.bottom - box.top
    )


def indexed_map(
    raw_map: Float[np.ndarray, "h w"],
    box: BoxPart | None,
    *,
    file: str,
    row: int,
    overlay: str | None,
) -> IndexedMap:
    """Measure a map.

    Args:
        raw_map: [h, w] float32, signed.
        box: of the object, if there is one.
        file: artifact that holds it.
        row: of the file's arrays.
        overlay: artifact that shows it, if there is one.
    """
    finite = raw_map[np.isfinite(raw_map)]
    mass = mass_of(raw_map)
    peak = None if mass is None else peak_of(mass)
    return IndexedMap(
        file=file,
        row=row,
        min=float(finite.min()) if finite.size else 0.0,
        max=float(finite.max()) if finite.size else 0.0,
        positive_share=None if mass is None else positive_share(raw_map),
        half_mass_share=None if mass is None else half_mass_share(mass),
        peak=peak,
        outside_share=None if mass is None or box is None else outside_share(mass, box),
        is_peak_outside=None if peak is None or box is None else not is_inside(peak, box),
        warning=_warning(raw_map),
        overlay=overlay,
    )


def _warning(raw_map: RawMap) -> str | None:
    """Say why a map explains nothing, if it does not."""
    if not np.isfinite(raw_map).all():
        return "map_is_not_finite"
    if not (raw_map > 0).any():
        return "map_is_zero"
    if raw_map.size > 1 and raw_map.min() == raw_map.max():
        return "map_is_constant"
    return None
