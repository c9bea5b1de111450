"""What bfloat16 changes: the maps of every method, and the time of the passes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf

from api_schemas.cam_methods import CAM_METHODS
from api_schemas.explanations import ExplanationOrder
from api_schemas.gradient_methods import GRADIENT_METHODS
from api_schemas.methods import METHODS
from api_schemas.perturbation_methods import PERTURBATION_METHODS
from benchmarks.bare import bare_backward, bare_forward
from benchmarks.kernel_plans import PLANS
from benchmarks.networks import load_mobilenet, load_resnet, photograph_pixels
from benchmarks.timing import milliseconds_within
from core.errors import MethodUnsupportedError
from core.models.classifier import Classifier
from core.progress import untracked
from core.shapes import Maps, Pixels
from workers.explained import Explain
from workers.kernels import compile_kernel
from workers.network_passes import NetworkPasses

PHOTOGRAPHS, BATCH, MAX_IMAGES = 8, 8, 16
SECONDS = 10.0
FAMILIES = {
    "gradients and relevance": GRADIENT_METHODS,
    "CAM": CAM_METHODS,
    "perturbation": PERTURBATION_METHODS,
}
"""Methods by what their maps are made of."""


def precision_section() -> str:
    """Measure, and tabulate it."""
    exact, rough = load_mobilenet(), load_mobilenet(precision="bfloat16")
    pixels = photograph_pixels(exact, count=PHOTOGRAPHS)
    cosines = {name: cosines_of(exact, rough, pixels, name) for name in PLANS}
    rows = "\n".join(
        family_row(family, [method.name for method in methods], cosines)
        for family, methods in FAMILIES.items()
    )
    speeds = "\n".join(
        speed_row(name, of_floats, of_halves, pixels)
        for name, of_floats, of_halves in (
            ("MobileNet 0.75", exact, rough),
            ("ResNet50V2", load_resnet(), load_resnet(precision="bfloat16")),
        )
    )
    return f"""`VITRINE_WORKER_PRECISION=bfloat16`, MobileNet 0.75. Cosine of each map with that
of float32, of the same class, with the parameters of the table of kernels: mean over
{PHOTOGRAPHS} photographs, and the least.

| family | cosine | by method |
|---|---|---|
{rows}

How many times as fast bfloat16 is, in batches of {BATCH}; it is slower where the device has no
instructions for it (this one: {instructions()}).

| network | forward | with the gradient by the image |
|---|---|---|
{speeds}"""


def family_row(family: str, names: Sequence[str], cosines: dict[str, list[float]]) -> str:
    """Put a family's cosines into a row; a method without any was refused."""
    numbers = [cosine for name in names for cosine in cosines[name]]
    told = [
        f"{name} {np.mean(cosines[name]):.3f}" if cosines[name] else f"{name} refused"
        for name in names
    ]
    whole = f"{np.mean(numbers):.3f} (least {min(numbers):.2f})" if numbers else "-"
    return f"| {family} | {whole} | {', '.join(told)} |"


def cosines_of(exact: Classifier, rough: Classifier, pixels: Pixels, name: str) -> list[float]:
    """Compare the maps of both precisions image by image; none where bfloat16 is refused."""
    top = tf.fill([len(pixels)], -1)
    of_floats = order_run(exact, name)(pixels, top, top, untracked)
    try:
        of_halves = order_run(rough, name)(pixels, of_floats.targets, top, untracked)
    except MethodUnsupportedError:
        return []
    return cosines_between(of_floats.maps, of_halves.maps)


def cosines_between(maps: Maps, others: Maps) -> list[float]:
    """Give the cosine between each map and its other."""
    pairs = zip(np.asarray(maps, float), np.asarray(others, float), strict=True)
    return [
        float(np.sum(one * other) / (np.linalg.norm(one) * np.linalg.norm(other) or 1.0))
        for one, other in pairs
    ]


def order_run(classifier: Classifier, name: str) -> Explain:
    """Compile a method with the parameters that it is timed with."""
    method = METHODS[name]
    parameters = method.parameters.model_validate(PLANS[name].parameters)
    order = ExplanationOrder(
        model=classifier.name,
        method=name,
        layer=classifier.default_layer if method.uses_layer else None,
        parameters=parameters.model_dump(mode="json"),
    )
    return compile_kernel(NetworkPasses(classifier), order, max_images=MAX_IMAGES)


def speed_row(name: str, exact: Classifier, rough: Classifier, pixels: Pixels) -> str:
    """Time the bare passes of both precisions in turn."""
    runs = {
        f"{kind} {precision}": bare(classifier, pixels[:BATCH])
        for kind, bare in (("forward", bare_forward), ("backward", bare_backward))
        for precision, classifier in (("float32", exact), ("bfloat16", rough))
    }
    times = milliseconds_within(runs, seconds=SECONDS)
    ratios = [
        f"{times[f'{kind} float32'] / times[f'{kind} bfloat16']:.2f}"
        for kind in ("forward", "backward")
    ]
    return f"| {name} | {' | '.join(ratios)} |"


def instructions() -> str:
    """Name what this machine has for bfloat16."""
    if tf.config.list_physical_devices("GPU"):
        return "a GPU"
    flags = Path("/proc/cpuinfo").read_text(encoding="ascii").split()
    return ", ".join(sorted({"amx_bf16", "avx512_bf16"} & set(flags))) or "a CPU without any"
