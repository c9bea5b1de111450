"""The mean maps of the classes as one picture: a row a class, a column a method."""

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from api_schemas.dataset_explanations import ClassMaps, MethodStatistics
from core.images.pixels import RgbPixels
from core.measure.class_means import ClassMeans
from core.render.captioned_rows import Captioned, captioned_rows
from core.render.colormaps import ColormapName, colour_table
from core.render.levels import levels_of
from core.render.upsample import upsample_map

TILE_PIXELS = 192
MOST_CLASSES = 12
"""Drawn, those of most images."""
COLORMAP: ColormapName = "inferno"
GREY = 128
WHITE = 255


def mean_maps_picture(
    means: Mapping[str, ClassMeans],
    pictures: ClassMeans,
    statistics: Mapping[str, MethodStatistics],
    *,
    classes: Sequence[str],
) -> RgbPixels:
    """Draw the mean picture and the mean mass of each method for the classes of most images.

    Args:
        means: of the maps' mass, by method.
        pictures: means of the images [side, side, 3].
        statistics: what is written below a map.
        classes: labels in index order.

    Returns:
        [H, W, 3] uint8; each map has its own range, from black (no mass) to its largest value.
    """
    rows: list[list[Captioned]] = []
    for index in pictures.classes()[:MOST_CLASSES]:
        lines = classes[index], f"{pictures.count(index)} images"
        row = [Captioned(picture_tile(pictures, index), lines)]
        for key, mean in means.items():
            told = {one.index: one for one in statistics[key].classes}
            row.append(Captioned(mean_tile(mean, index), (key, caption(told.get(index)))))
        rows.append(row)
    if not rows:
        rows = [[Captioned(_nothing(), ("no image could be read",))]]
    return captioned_rows(rows)


def picture_tile(pictures: ClassMeans, index: int) -> RgbPixels:
    """Draw the mean picture of a class."""
    mean = np.clip(np.rint(pictures.mean(index)), 0, WHITE).astype(np.uint8)
    size = TILE_PIXELS, TILE_PIXELS
    return np.asarray(cv2.resize(mean, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def mean_tile(means: ClassMeans, index: int) -> RgbPixels:
    """Draw the mean mass of a class; grey where no map has any."""
    if not means.count(index):
        return _nothing()
    mean = means.mean(index)
    smooth = upsample_map(mean / mean.max(), width=TILE_PIXELS, height=TILE_PIXELS)
    return colour_table(COLORMAP)[levels_of(smooth, is_centred=False)]


def caption(told: ClassMaps | None) -> str:
    """Say how much of the maps lies off the object."""
    if told is None or not told.maps:
        return "no map with mass"
    if told.off_object_share is None:
        return f"{told.maps} maps"
    return f"{told.off_object_share:.0%} off the object"


def _nothing() -> RgbPixels:
    return np.full((TILE_PIXELS, TILE_PIXELS, 3), GREY, np.uint8)
