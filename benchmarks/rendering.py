"""How long drawing takes: from a raw map to the pictures of an answer, and to their files."""

import numpy as np

from benchmarks.timing import Run, cpu_milliseconds
from core.images.pixels import RgbPixels
from core.render.colormaps import default_colormap
from core.render.encode import encode_png, encode_webp
from core.render.freed_memory import keep_freed_memory
from core.render.maps import Polarity, RawMap
from core.render.normalize import normalize_map
from core.render.pictures import contour_picture, heatmap_picture, overlay_picture
from core.render.upsample import upsample_map

WIDTH, HEIGHT = 500, 400
ROUNDS = 41
LIMIT_MS = 4.0
MARKED_FROM = 0.5
"""As the service draws contours."""


def rendering_section() -> str:
    """Measure, and tabulate it."""
    keep_freed_memory()
    random = np.random.default_rng(0)
    smooth = upsample_map(
        random.random((9, 9), np.float32) * 255, width=WIDTH * 3, height=HEIGHT
    ).reshape(HEIGHT, WIDTH, 3)
    noisy = smooth + random.normal(0, 4, smooth.shape)
    photograph = np.asarray(np.clip(noisy, 0, 255), np.uint8)
    coarse = random.standard_normal((7, 7)).astype(np.float32)
    fine = random.standard_normal((224, 224)).astype(np.float32)
    runs: dict[str, Run] = {
        "overlay of a 7 × 7 map": lambda: overlay(photograph, coarse, "positive"),
        "overlay of a 224 × 224 map": lambda: overlay(photograph, fine, "positive"),
        "overlay of both polarities": lambda: overlay(photograph, fine, "both"),
        "heatmap": lambda: heatmap_picture(scaled(coarse, "positive")),
        "contour of a 7 × 7 map": lambda: contour(photograph, coarse),
        "contour of a 224 × 224 map": lambda: contour(photograph, fine),
        "overlay as a PNG file": lambda: encode_png(overlay(photograph, coarse, "positive")),
        "overlay as a WebP file": lambda: encode_webp(
            overlay(photograph, coarse, "positive"), quality=90
        ),
    }
    times = cpu_milliseconds(runs, rounds=ROUNDS)
    rows = "\n".join(f"| {name} | {taken:.1f} |" for name, taken in times.items())
    return f"""From a raw map to the picture, {WIDTH} × {HEIGHT} pixels: processor time of all
threads together, medians of {ROUNDS} rounds. The bar is {LIMIT_MS:g} ms for each picture and
for a file of it.

| | ms of one core |
|---|---|
{rows}"""


def overlay(photograph: RgbPixels, raw_map: RawMap, polarity: Polarity) -> RgbPixels:
    """Lay a map over a photograph, as the service does."""
    return overlay_picture(
        photograph,
        scaled(raw_map, polarity),
        colormap=default_colormap(polarity),
        opacity=0.5,
    )


def contour(photograph: RgbPixels, raw_map: RawMap) -> RgbPixels:
    """Draw lines around what a map marks, as the service does."""
    return contour_picture(photograph, scaled(raw_map, "positive"), threshold=MARKED_FROM)


def scaled(raw_map: RawMap, polarity: Polarity) -> RawMap:
    """Bring a map to its range and to the size of the photograph."""
    map01 = normalize_map(raw_map, polarity=polarity, clip_percentile=99.0)
    return upsample_map(map01, width=WIDTH, height=HEIGHT)
