"""From a worker's raw map to the pictures and numbers that an answer holds."""

import base64
from dataclasses import dataclass

import numpy as np
from pydantic import JsonValue

from api_schemas.explanations import (
    Box,
    ExplanationOptions,
    MapWarning,
    ValueRange,
)
from api_schemas.method import Method
from api_schemas.numbers import NumberArray
from api_schemas.pictures import Polarity
from api_schemas.problems import FieldFault
from core.images.pixels import RgbPixels
from core.render.boxes import bounding_box
from core.render.colormaps import default_colormap
from core.render.encode import encode_png, encode_webp
from core.render.legend import legend_picture
from core.render.maps import RawMap, ScaledMap
from core.render.normalize import drawn_range, normalize_map
from core.render.pictures import contour_picture, heatmap_picture, overlay_picture
from core.render.polarity import keep_polarity
from core.render.upsample import upsample_map
from service.errors import FieldsInvalidError

MARKED_FROM = 0.5
"""Boxes and contours go around what reaches this part of the map's maximum."""

WEBP_QUALITY = 90
"""Of 100: no visible loss on a photograph."""

PICTURES = ("overlay", "heatmap", "contour", "consensus", "legend")
"""Outputs that are pictures; the first of them that is asked for is the bare answer."""


@dataclass(frozen=True)
class Rendering:
    """A map as an answer shows it."""

    pictures: dict[str, bytes]
    """PNG or WebP files, by the name of the output."""
    raw: NumberArray | None
    box: Box | None
    range: ValueRange
    warnings: tuple[MapWarning, ...]
    raw_map: RawMap
    """[h, w] float32, what the polarity has kept of the map."""
    look: dict[str, JsonValue]
    """The picture options that were used, defaults filled in."""


def render(
    pixels: RgbPixels,
    signed_map: RawMap,
    options: ExplanationOptions,
    *,
    method: Method,
    consensus: RawMap | None = None,
    webp: bool = False,
) -> Rendering:
    """Draw what a request asks for.

    Args:
        pixels: [H, W, 3] uint8, the image sent.
        signed_map: [h, w] float32, as the worker computed it.
        options: which outputs, and how they look.
        method: whose defaults count where the options leave the look open.
        consensus: [H, W] float32 in 0..1, the picture of that name.
        webp: whether pictures are WebP files instead of PNG.
    """
    polarity = options.polarity or method.polarity
    clip_percentile = options.clip_percentile or method.clip_percentile
    raw_map = keep_polarity(signed_map, polarity=polarity)
    map01 = upsample_map(
        normalize_map(raw_map, polarity=polarity, clip_percentile=clip_percentile),
        width=pixels.shape[1],
        height=pixels.shape[0],
    )
    drawn = {output: map01 for output in options.outputs if output in PICTURES}
    has_legend = drawn.pop("legend", None) is not None
    if "consensus" in drawn and consensus is not None:
        drawn["consensus"] = upsample_map(
            consensus, width=pixels.shape[1], height=pixels.shape[0]
        )
    box = bounding_box(map01, threshold=MARKED_FROM) if "box" in options.outputs else None
    pictures: dict[str, bytes] = {
        output: encode_picture(_draw(output, pixels, shown01, options, polarity), webp=webp)
        for output, shown01 in drawn.items()
    }
    colormap = options.colormap or default_colormap(polarity)
    if has_legend:
        low, high = drawn_range(raw_map, polarity=polarity, clip_percentile=clip_percentile)
        legend = legend_picture(colormap=colormap, polarity=polarity, low=low, high=high)
        pictures["legend"] = encode_picture(legend, webp=webp)
    return Rendering(
        pictures=pictures,
        raw=number_array(raw_map) if "raw" in options.outputs else None,
        box=Box(x=box.x, y=box.y, width=box.width, height=box.height) if box else None,
        range=value_range(raw_map),
        warnings=tuple(map_warnings(raw_map, signed_map)),
        raw_map=raw_map,
        look={
            "polarity": polarity,
            "clip_percentile": clip_percentile,
            "colormap": colormap,
            "opacity": options.opacity,
        },
    )


def first_picture(pictures: dict[str, bytes]) -> bytes:
    """Choose the picture for a caller who wants nothing else.

    Raises:
        FieldsInvalidError: `outputs` asks for none.
    """
    for output in PICTURES:
        if output in pictures:
            return pictures[output]
    detail = f"a picture was asked for, but none of {', '.join(PICTURES)} is among the outputs"
    raise FieldsInvalidError([FieldFault(pointer="/outputs", detail=detail)])


def number_array(numbers: RawMap) -> NumberArray:
    """Put an array into JSON."""
    return NumberArray(
        b64=base64.b64encode(np.ascontiguousarray(numbers, "<f4").tobytes()).decode(),
        dtype="float32",
        shape=list(numbers.shape),
    )


def value_range(numbers: RawMap) -> ValueRange:
    """Give the smallest and largest finite value."""
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return ValueRange(min=None, max=None)
    return ValueRange(min=float(finite.min()), max=float(finite.max()))


def map_warnings(raw_map: RawMap, signed_map: RawMap) -> list[MapWarning]:
    """Say why a map explains nothing, if it does not."""
    if not np.isfinite(signed_map).all():
        detail = "the map holds values that are not finite: the network's gradients overflow"
        return [MapWarning(code="map_is_not_finite", detail=detail)]
    if not raw_map.any():
        detail = "no pixel matters to the class score here: the gradient is zero"
        if signed_map.any():
            detail = (
                "all evidence has the other sign; ask for polarity=both (or the opposite one)"
                " to see it"
            )
        return [MapWarning(code="map_is_zero", detail=detail)]
    if raw_map.size > 1 and raw_map.min() == raw_map.max():
        detail = "every position has the same value: the map tells no place from another"
        return [MapWarning(code="map_is_constant", detail=detail)]
    return []


def _draw(
    output: str,
    pixels: RgbPixels,
    map01: ScaledMap,
    options: ExplanationOptions,
    polarity: Polarity,
) -> RgbPixels:
    """Draw one of PICTURES."""
    if output == "heatmap":
        return heatmap_picture(map01)
    if output == "contour":
        return contour_picture(pixels, map01, threshold=MARKED_FROM)
    if output == "consensus":
        polarity = "positive"
    return overlay_picture(
        pixels,
        map01,
        colormap=options.colormap or default_colormap(polarity),
        opacity=options.opacity,
    )


def encode_picture(pixels: RgbPixels, *, webp: bool) -> bytes:
    """Write a picture as a PNG or WebP file."""
    return encode_webp(pixels, quality=WEBP_QUALITY) if webp else encode_png(pixels)
