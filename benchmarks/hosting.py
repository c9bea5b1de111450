"""What hosting a model costs: how long it loads, and how much memory the worker then takes.

Run as a process of its own, `python -m benchmarks.hosting FOLDER` loads the model of a folder
as a worker does, predicts and explains one image, and prints one JSON line.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest import mock

import psutil
import tensorflow as tf

from api_schemas.explanations import NO_CLASS, TOP_CLASS, ExplanationOrder
from benchmarks.peak_memory import peak_mebibytes
from core.models import load
from core.progress import untracked
from workers.model_pool import HostedModel

ARCHITECTURES = {
    "ResNet50V2": 'application = "ResNet50V2"',
    "MobileNet 0.75": 'application = "MobileNet"\narguments = { alpha = 0.75 }',
}
"""By the name in the report, the `[weights]` of a manifest; the weights are random."""

MANIFEST = """
[weights]
{weights}
[input]
width = 224
height = 224
preprocessing = "application"
[output]
activation = "softmax"
classes = "imagenet"
"""

MEBIBYTE = 1 << 20
MAX_IMAGES = 16
"""In one pass; the worker's own default."""


@dataclass(frozen=True)
class HostingCost:
    """What one process measured while it hosted one model."""

    load_seconds: float
    """From the folder to a model that can be asked; the next two are parts of it."""
    look_over_seconds: float
    """Finding the layers, the rectifiers and the head."""
    self_test_seconds: float
    """Testing scores and gradients on two images."""
    first_answers_seconds: float
    """Compiling and running the first prediction and the first Grad-CAM."""
    weight_mebibytes: float
    """Of the network's weights alone."""
    empty_mebibytes: float
    """Resident once TensorFlow and the worker are imported."""
    hosting_mebibytes: float
    """Resident after both answers."""
    peak_mebibytes: float
    """The most that was ever resident."""


def measure_hosting() -> dict[str, HostingCost]:
    """Host each architecture once, in a fresh process of its own; by its name in the report.

    Raises:
        subprocess.CalledProcessError: a model cannot be hosted.
    """
    costs = {}
    with tempfile.TemporaryDirectory() as scratch:
        for number, (name, weights) in enumerate(ARCHITECTURES.items()):
            folder = Path(scratch) / f"model-{number}"
            folder.mkdir()
            manifest = MANIFEST.format(weights=weights)
            (folder / "model.toml").write_text(manifest, encoding="utf-8")
            command = [sys.executable, "-m", "benchmarks.hosting", str(folder)]
            answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            costs[name] = HostingCost(**json.loads(answer.stdout))
    return costs


def hosting_section() -> str:
    """Measure, and tabulate what hosting costs."""
    costs = measure_hosting()
    rows = "\n".join(
        f"| {name} | {cost.weight_mebibytes:.0f} | {cost.load_seconds:.1f} "
        f"| {cost.look_over_seconds:.1f} | {cost.self_test_seconds:.1f} "
        f"| {cost.first_answers_seconds:.1f} "
        f"| {cost.hosting_mebibytes:.0f} | {cost.peak_mebibytes:.0f} |"
        for name, cost in costs.items()
    )
    empty = min(cost.empty_mebibytes for cost in costs.values())
    return f"""A fresh process for each model, with images of 224 × 224 pixels: the model is
built, looked over and tested, then makes one prediction and one Grad-CAM, each compiled for it.
The process takes {empty:.0f} MiB before it loads anything. Look-over and test are parts of
the load.

| model | weights MiB | load s | look-over | test | first answers s | memory MiB | peak |
|---|---|---|---|---|---|---|---|
{rows}"""


def host(folder: Path) -> HostingCost:
    """Load a model in this process and have it predict and explain one image."""
    empty = resident_mebibytes()
    started_at = time.perf_counter()
    with seconds_in("looked_over") as looking_over, seconds_in("untrue_beliefs") as testing:
        model = HostedModel(load.load_classifier(folder), max_compiled_kernels=2)
    loaded_at = time.perf_counter()
    answer(model)
    return HostingCost(
        load_seconds=loaded_at - started_at,
        look_over_seconds=sum(looking_over) - sum(testing),
        self_test_seconds=sum(testing),
        first_answers_seconds=time.perf_counter() - loaded_at,
        weight_mebibytes=model.weight_bytes / MEBIBYTE,
        empty_mebibytes=empty,
        hosting_mebibytes=resident_mebibytes(),
        peak_mebibytes=peak_mebibytes(),
    )


@contextmanager
def seconds_in(step: str) -> Iterator[list[float]]:
    """Note down how long each call of a step of loading takes, until the block ends."""
    taken: list[float] = []
    function = getattr(load, step)

    def timed(*inputs: object) -> object:
        started_at = time.perf_counter()
        result = function(*inputs)
        taken.append(time.perf_counter() - started_at)
        return result

    with mock.patch.object(load, step, timed):
        yield taken


def answer(model: HostedModel) -> None:
    """Predict and explain a black image, as the worker does for a first request."""
    classifier = model.classifier
    size = classifier.manifest.input
    pixels = tf.zeros((1, size.height, size.width, 3), tf.uint8)
    classes = tf.constant([TOP_CLASS]), tf.constant([NO_CLASS])
    for method, layer in ((None, None), ("gradcam", classifier.default_layer)):
        order = ExplanationOrder(model=classifier.name, method=method, layer=layer)
        model.kernel(order, max_images=MAX_IMAGES)(pixels, *classes, untracked)


def resident_mebibytes() -> float:
    """Tell how much memory this process takes now."""
    return float(psutil.Process().memory_info().rss) / MEBIBYTE


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(host(Path(sys.argv[1])))) + "\n")
