"""What is noted of one map: its values, how concentrated it is, and how it keeps to the box."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from api_schemas.dataset_explanations import BoxShares, IndexedMap
from core.images.pixels import RgbPixels
from core.localize.errors import NothingToLocalizeError
from core.localize.graphcut import INSIDE, localize
from core.measure.map_mass import (
    BoxPart,
    Mass,
    half_mass_share,
    is_inside,
    mass_of,
    off_object_share,
    outside_share,
    peak_of,
    positive_share,
)
from core.render.maps import RawMap
from core.render.polarity import keep_polarity

CUT_SIDE_PIXELS = 300
"""Of the image that is cut, as `POST /localize` has it."""


@dataclass(frozen=True)
class FoundObject:
    """Where the object of an image is."""

    box: BoxPart
    is_object: Float[np.ndarray, "H W"]
    """1 on the object and 0 elsewhere, at the size of the image."""


def found_object(
    pixels: RgbPixels,
    saliency: RawMap,
    *,
    foreground_quantile: float,
    background_quantile: float,
) -> FoundObject | None:
    """Find the object that a saliency map points at; none where there is nothing to find."""
    height, width = pixels.shape[:2]
    try:
        found = localize(
            pixels,
            keep_polarity(saliency, polarity="positive"),
            foreground_quantile=foreground_quantile,
            background_quantile=background_quantile,
            max_side_pixels=CUT_SIDE_PIXELS,
        )
    except NothingToLocalizeError:
        return None
    box = BoxPart(
        left=found.box.x / width,
        top=found.box.y / height,
        right=(found.box.x + found.box.width) / width,
        bottom=(found.box.y + found.box.height) / height,
    )
    return FoundObject(box, (found.mask == INSIDE).astype(np.float32))


def box_shares(box: BoxPart) -> BoxShares:
    """Write a box as the index has it."""
    return BoxShares(
        x=box.left, y=box.top, width=box.right - box.left, height=box.bottom - box.top
    )


def indexed_map(
    raw_map: Float[np.ndarray, "h w"],
    found: FoundObject | None,
    *,
    file: str,
    row: int,
    overlay: str | None,
) -> IndexedMap:
    """Measure a map.

    Args:
        raw_map: [h, w] float32, signed.
        found: the object, if there is one.
        file: artifact that holds it.
        row: of the file's arrays.
        overlay: artifact that shows it, if there is one.
    """
    finite = raw_map[np.isfinite(raw_map)]
    mass = mass_of(raw_map)
    return IndexedMap(
        file=file,
        row=row,
        min=float(finite.min()) if finite.size else 0.0,
        max=float(finite.max()) if finite.size else 0.0,
        positive_share=None if mass is None else positive_share(raw_map),
        half_mass_share=None if mass is None else half_mass_share(mass),
        peak=None if mass is None else peak_of(mass),
        **_beside_object(mass, found),
        warning=_warning(raw_map),
        overlay=overlay,
    )


def _beside_object(mass: Mass | None, found: FoundObject | None) -> dict[str, Any]:
    """Measure how much of a map leaves the object; nulls where there is nothing to measure."""
    if mass is None or found is None:
        return dict.fromkeys(("outside_share", "off_object_share", "is_peak_outside"))
    return {
        "outside_share": outside_share(mass, found.box),
        "off_object_share": off_object_share(mass, found.is_object),
        "is_peak_outside": not is_inside(peak_of(mass), found.box),
    }


def _warning(raw_map: RawMap) -> str | None:
    """Say why a map explains nothing, if it does not."""
    if not np.isfinite(raw_map).all():
        return "map_is_not_finite"
    if not (raw_map > 0).any():
        return "map_is_zero"
    if raw_map.size > 1 and raw_map.min() == raw_map.max():
        return "map_is_constant"
    return None
