"""Maps and learned filters as small pictures, to be laid out in a grid."""

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from core.images.pixels import RgbPixels
from core.render.colormaps import DIVERGING, ColormapName, colour_table
from core.render.levels import levels_of
from core.render.maps import Polarity
from core.render.normalize import normalize_map

MapStack = NDArray[np.float32]
"""[n, h, w] float32: the channels of a layer, or the filters of one input channel."""

ColourFilters = NDArray[np.float32]
"""[n, h, w, 3] float32: filters that see red, green and blue."""

Scaling = Literal["each", "common"]
"""Whether every tile uses the whole range of colours, or all of them one range together."""

MID_GREY = 128
LARGEST_STEP = 127
"""From mid-grey to the brightest colour that is as far from it as the darkest."""


def map_tiles(maps: MapStack, *, colormap: ColormapName, scaling: Scaling) -> list[RgbPixels]:
    """Colour maps or one-channel filters.

    Args:
        maps: [n, h, w] float32. What is not finite counts as in `normalize_map`.
        colormap: with diverging colours zero is in their pale middle and both signs are scaled
            alike; otherwise the colours run from the smallest to the largest value.
        scaling: "each" shows the structure of weak maps too; with "common", equal colours mean
            equal values.

    Returns:
        n pictures [h, w, 3] uint8.
    """
    is_centred = colormap in DIVERGING
    polarity: Polarity = "both" if is_centred else "positive"
    return [
        np.asarray(cv2.applyColorMap(levels, colour_table(colormap)[:, np.newaxis]), np.uint8)
        for levels in (
            levels_of(scaled, is_centred=is_centred)
            for scaled in _scaled(maps, polarity, scaling)
        )
    ]


def colour_filter_tiles(filters: ColourFilters, *, scaling: Scaling) -> list[RgbPixels]:
    """Show filters that see colours as the colours they answer to.

    Args:
        filters: [n, h, w, 3] float32; red, green and blue weights.
        scaling: as in `map_tiles`.

    Returns:
        n pictures [h, w, 3] uint8: mid-grey where a weight is zero, brighter if positive.
    """
    flat = filters.reshape(*filters.shape[:2], -1)
    return [
        np.rint(MID_GREY + LARGEST_STEP * scaled).astype(np.uint8).reshape(filters.shape[1:])
        for scaled in _scaled(flat, "both", scaling)
    ]


def _scaled(maps: MapStack, polarity: Polarity, scaling: Scaling) -> MapStack:
    """Scale each map by its own range or by that of all: [n, h, w]."""
    if scaling == "common":
        rows = maps.reshape(len(maps), -1)
        return normalize_map(rows, polarity=polarity, clip_percentile=100.0).reshape(maps.shape)
    scaled = (normalize_map(one, polarity=polarity, clip_percentile=100.0) for one in maps)
    return np.stack(list(scaled))
