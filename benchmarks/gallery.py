"""`python -m benchmarks.gallery`: every method on the same three photographs, as one picture.

ImageNet's MobileNet 0.75 explains its top class by the methods' defaults, drawn as the service
draws them by default; `docs/pictures/methods.jpg` is the result.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import tensorflow as tf
from PIL import Image

from api_schemas.explanations import ExplanationOrder
from api_schemas.method import Method
from api_schemas.methods import METHODS
from benchmarks.kernel_plans import PLANS
from benchmarks.networks import SHARED, load_mobilenet
from core.images.decode import decode_image
from core.images.pixels import RgbPixels
from core.images.resize import resize_image
from core.models.classifier import Classifier
from core.progress import untracked
from core.render.colormaps import default_colormap
from core.render.grid import grid_picture
from core.render.maps import RawMap
from core.render.normalize import normalize_map
from core.render.pictures import overlay_picture
from core.render.polarity import keep_polarity
from core.render.upsample import upsample_map
from core.shapes import Pixels
from workers.kernels import compile_kernel
from workers.network_passes import NetworkPasses

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "methods.jpg"
PHOTOGRAPHS = ("n01443537_goldfish", "n02099601_golden_retriever", "n04285008_sports_car")
MAX_IMAGES = 16
MAX_IMAGE_PIXELS = 50_000_000
TILE_PIXELS = 168
METHODS_IN_A_ROW = 3
OPACITY, QUALITY = 0.5, 88


def write_gallery() -> None:
    """Explain the photographs by every method, and write the picture."""
    classifier = load_mobilenet()
    photographs = [square(classifier, name) for name in PHOTOGRAPHS]
    pixels = tf.constant(np.stack(photographs))
    tiles, labels = list(photographs), ["the photographs"] * len(photographs)
    for method, maps in all_maps(classifier, pixels):
        pairs = zip(photographs, maps, strict=True)
        tiles += [drawn(photograph, raw_map, method) for photograph, raw_map in pairs]
        labels += [method.name] * len(photographs)
    picture = grid_picture(
        tiles, labels, tile_pixels=TILE_PIXELS, columns=METHODS_IN_A_ROW * len(photographs)
    )
    Image.fromarray(picture).save(PICTURE, quality=QUALITY)


def square(classifier: Classifier, name: str) -> RgbPixels:
    """Read a photograph in the size of the network's input."""
    size = classifier.manifest.input
    file = (SHARED / "data" / "imagenet_samples" / f"{name}.jpg").read_bytes()
    whole = decode_image(file, max_pixels=MAX_IMAGE_PIXELS)
    return resize_image(whole, width=size.width, height=size.height)


def all_maps(classifier: Classifier, pixels: Pixels) -> Iterator[tuple[Method, list[RawMap]]]:
    """Explain images by every method that the network supports, one image after another."""
    passes = NetworkPasses(classifier)
    top = tf.constant([-1])
    for name in PLANS:
        method = METHODS[name]
        order = ExplanationOrder(
            model=classifier.name,
            method=name,
            layer=classifier.default_layer if method.uses_layer else None,
            parameters=method.parameters().model_dump(mode="json"),
        )
        explain = compile_kernel(passes, order, max_images=MAX_IMAGES)
        maps = [explain(one[tf.newaxis], top, top, untracked).maps for one in pixels]
        yield method, [np.asarray(each)[0] for each in maps]


def drawn(photograph: RgbPixels, raw_map: RawMap, method: Method) -> RgbPixels:
    """Lay a map over its photograph, as the service does by default."""
    kept = keep_polarity(raw_map, polarity=method.polarity)
    map01 = normalize_map(
        kept, polarity=method.polarity, clip_percentile=method.clip_percentile
    )
    height, width = photograph.shape[:2]
    return overlay_picture(
        photograph,
        upsample_map(map01, width=width, height=height),
        colormap=default_colormap(method.polarity),
        opacity=OPACITY,
    )


if __name__ == "__main__":
    write_gallery()
