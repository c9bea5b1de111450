"""A map over its image, at a size for lists and grids."""

from api_schemas.methods import METHODS
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from core.render.colormaps import default_colormap
from core.render.maps import RawMap
from core.render.normalize import normalize_map
from core.render.pictures import overlay_picture
from core.render.polarity import keep_polarity
from core.render.upsample import upsample_map

OPACITY = 0.5
"""Of the colours over the image, as `POST /explain` has it by default."""


def fitted(pixels: RgbPixels, *, most: int) -> RgbPixels:
    """Shrink an image in proportion until its longer side has at most so many pixels."""
    height, width = pixels.shape[:2]
    scale = min(1.0, most / max(height, width))
    return resize_image(
        pixels, width=max(1, round(width * scale)), height=max(1, round(height * scale))
    )


def drawn_map(pixels: RgbPixels, raw_map: RawMap, *, method: str) -> RgbPixels:
    """Lay a map over an image, [H, W, 3], as `POST /explain` does unless told otherwise.

    Args:
        pixels: [H, W, 3] uint8.
        raw_map: [h, w] float32, signed.
        method: that made it, which decides how it looks.
    """
    look = METHODS[method]
    scaled = normalize_map(
        keep_polarity(raw_map, polarity=look.polarity),
        polarity=look.polarity,
        clip_percentile=look.clip_percentile,
    )
    map01 = upsample_map(scaled, width=pixels.shape[1], height=pixels.shape[0])
    return overlay_picture(
        pixels, map01, colormap=default_colormap(look.polarity), opacity=OPACITY
    )
