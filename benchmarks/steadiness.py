"""Whether a worker stays as it is: tracings and memory over many mixed requests."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

import numpy as np
import psutil
import tensorflow as tf
from tensorflow.python.framework import func_graph

from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS, unsupported_methods
from benchmarks.kernel_plans import PLANS
from benchmarks.networks import load_mobilenet
from core.images.resize import resize_image
from core.progress import untracked
from core.render.normalize import normalize_map
from core.render.pictures import overlay_picture
from core.render.upsample import upsample_map
from workers.batching import padded_size, stack_padded
from workers.model_pool import HostedModel

REQUESTS = 2000
MAX_IMAGES = 16
"""In one pass; the worker's own default."""
MOST_IMAGES = 8
"""In one request."""
SHORTEST_SIDE, LONGEST_SIDE = 24, 900
"""Of an image sent, in pixels."""
MEBIBYTE = 1 << 20
FEW = {
    "steps": 3,
    "copies": 2,
    "mask_count": 4,
    "sample_count": 4,
    "designs": 2,
    "grid_cells": 2,
    "patch_pixels": 112,
    "stride_pixels": 112,
    "max_channels": 4,
}
"""Parameters that take few passes: what is measured is what stays behind."""


@dataclass(frozen=True)
class Steadiness:
    """What changed from when every method had run once until the end."""

    requests: int
    tracings: int
    megabytes: tuple[float, float]
    """Resident, before and after."""
    objects: tuple[int, int]
    """Known to Python's garbage collector, before and after."""


def steadiness_section() -> str:
    """Measure, and write the section."""
    model = HostedModel(load_mobilenet(), max_compiled_kernels=2 * len(PLANS))
    steady = measure_steadiness(
        model, supported(model), requests=REQUESTS, longest_side=LONGEST_SIDE
    )
    before, after = steady.megabytes
    first, last = steady.objects
    return f"""{steady.requests} requests to one process, after every method had run with one
image and with {MOST_IMAGES}: methods by turns, 1 to {MOST_IMAGES} images a batch, drawn at
{SHORTEST_SIDE} to {LONGEST_SIDE} pixels a side. Functions traced: {steady.tracings}.
Resident memory went from {before:.0f} MiB to {after:.0f} MiB, and the objects that Python knows
from {first} to {last}."""


def measure_steadiness(
    model: HostedModel, names: Sequence[str], *, requests: int, longest_side: int
) -> Steadiness:
    """Run every method once with one image and with several, then mixed requests, and compare.

    Args:
        model: explains.
        names: of the methods.
        requests: after the first ones.
        longest_side: of the images sent, in pixels.
    """
    random = np.random.default_rng(0)
    with counted_tracings() as tracings:
        for name in names:
            for images in (1, MOST_IMAGES):
                run_request(model, name, random, images=images, longest_side=longest_side)
        gc.collect()
        traced, megabytes, objects = tracings[0], resident_megabytes(), len(gc.get_objects())
        for number in range(requests):
            images = int(random.integers(1, MOST_IMAGES + 1))
            name = names[number % len(names)]
            run_request(model, name, random, images=images, longest_side=longest_side)
        gc.collect()
        return Steadiness(
            requests=requests,
            tracings=tracings[0] - traced,
            megabytes=(megabytes, resident_megabytes()),
            objects=(objects, len(gc.get_objects())),
        )


def supported(model: HostedModel) -> list[str]:
    """Name the methods that the model supports."""
    unsupported = unsupported_methods(model.classifier.missing)
    return [name for name in PLANS if name not in unsupported]


def run_request(
    model: HostedModel,
    name: str,
    random: np.random.Generator,
    *,
    images: int,
    longest_side: int,
) -> None:
    """Bring an image of some size to the model's, explain a batch of it, draw the first map."""
    size = model.classifier.manifest.input
    method = METHODS[name]
    height, width = random.integers(SHORTEST_SIDE, longest_side, 2)
    pixels = random.integers(0, 256, (height, width, 3), np.uint8)
    resized = resize_image(pixels, width=size.width, height=size.height)
    fields = method.parameters.model_fields
    few = method.parameters.model_validate({key: FEW[key] for key in FEW if key in fields})
    order = ExplanationOrder(
        model=model.classifier.name,
        method=name,
        layer=model.classifier.default_layer if method.uses_layer else None,
        parameters=few.model_dump(mode="json"),
    )
    count = padded_size(images)
    explained = model.kernel(order, max_images=MAX_IMAGES)(
        tf.constant(stack_padded([resized] * images)),
        tf.constant(random.integers(0, len(model.classifier.classes), count), tf.int32),
        tf.fill([count], -1),
        untracked,
    )
    drawn = np.asarray(explained.maps)[0]
    overlay_picture(
        pixels,
        upsample_map(
            normalize_map(drawn, polarity="positive", clip_percentile=99.0),
            width=int(width),
            height=int(height),
        ),
        colormap="jet",
        opacity=0.5,
    )


@contextmanager
def counted_tracings() -> Iterator[list[int]]:
    """Count how many graphs TensorFlow makes of functions of Python."""
    count = [0]
    make = func_graph.func_graph_from_py_func

    def counted(*inputs: object, **options: object) -> object:
        count[0] += 1
        return make(*inputs, **options)

    with mock.patch.object(func_graph, "func_graph_from_py_func", counted):
        yield count


def resident_megabytes() -> float:
    """Tell how much memory this process takes now, in MiB."""
    return float(psutil.Process().memory_info().rss) / MEBIBYTE
