"""The mean maps of the classes as one picture: a row a class, a column a method."""

from collections.abc import Mapping, Sequence

import numpy as np

from api_schemas.dataset_explanations import ClassMaps, MethodStatistics
from core.images.pixels import RgbPixels
from core.measure.class_means import ClassMeans
from core.render.colormaps import colour_table
from core.render.grid import grid_picture
from core.render.levels import levels_of
from core.render.upsample import upsample_map

TILE_PIXELS = 176
MOST_CLASSES = 12
"""Drawn, those of most images."""
COLORMAP = "inferno"
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
    tiles: list[RgbPixels] = []
    labels: list[str] = []
    for index in pictures.classes()[:MOST_CLASSES]:
        tiles.append(np.clip(np.rint(pictures.mean(index)), 0, WHITE).astype(np.uint8))
        labels.append(f"{classes[index]}: {pictures.count(index)} images")
        for key, mean in means.items():
            tiles.append(mean_tile(mean, index))
            told = {one.index: one for one in statistics[key].classes}
            labels.append(caption(key, told.get(index)))
    if not tiles:
        tiles, labels = [_nothing()], ["no image could be explained"]
    return grid_picture(tiles, labels, tile_pixels=TILE_PIXELS, columns=1 + len(means))


def mean_tile(means: ClassMeans, index: int) -> RgbPixels:
    """Draw the mean mass of a class; grey where no map has any."""
    if not means.count(index):
        return _nothing()
    mean = means.mean(index)
    smooth = upsample_map(mean / mean.max(), width=TILE_PIXELS, height=TILE_PIXELS)
    return colour_table(COLORMAP)[levels_of(smooth, is_centred=False)]


def caption(key: str, told: ClassMaps | None) -> str:
    """Say which method it is, and how much of it leaves the box."""
    if told is None or told.outside_share is None:
        return key
    return f"{key}: {told.outside_share:.0%} outside"


def _nothing() -> RgbPixels:
    return np.full((TILE_PIXELS, TILE_PIXELS, 3), GREY, np.uint8)
