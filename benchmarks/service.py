"""The whole service under load, beside the bare batched forward pass on the same cores."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

from benchmarks.bare import bare_forward
from benchmarks.free_port import LOCALHOST, free_port
from benchmarks.front_start import front_start_seconds
from benchmarks.load import LoadResult
from benchmarks.networks import sample_photographs, write_imagenet_network
from benchmarks.timing import interleaved_milliseconds
from benchmarks.waiting import wait_until_answers
from core.models.load import load_classifier

CLIENTS = (1, 8, 64)
ROUTES = ("/predict", "/explain/gradcam")
BATCH = 16
"""Of the bare forward pass; also the worker's largest."""
PHOTOGRAPHS = 40
READY_SECONDS = 180
LOAD_SECONDS = 10.0
"""For each route and number of clients."""


@dataclass(frozen=True)
class ServiceTimes:
    """What the service reached."""

    bare_images_per_second: float
    """Of the bare batched forward pass; the mean of before and after the load."""
    results: dict[tuple[str, int], LoadResult]
    """By route and number of clients."""
    front_start_seconds: float
    """Of a processor, until a front answers."""


def measure_service() -> ServiceTimes:
    """Load `vitrine up` with clients of its own machine."""
    with tempfile.TemporaryDirectory() as scratch:
        models, photographs = Path(scratch) / "models", Path(scratch) / "photographs"
        folder = write_imagenet_network(models)
        photographs.mkdir()
        for number, photograph in enumerate(sample_photographs(PHOTOGRAPHS)):
            (photographs / f"{number}.jpg").write_bytes(photograph)
        before = bare_images_per_second(folder)
        with running_service(models) as port:
            results = {
                (route, clients): load(port, route, clients, photographs)
                for route in ROUTES
                for clients in CLIENTS
            }
        after = bare_images_per_second(folder)
    return ServiceTimes((before + after) / 2, results, front_start_seconds())


def bare_images_per_second(folder: Path) -> float:
    """Time the forward pass alone, in batches, with all cores."""
    classifier = load_classifier(folder).unfolded()
    size = classifier.manifest.input
    pixels = tf.constant(np.zeros((BATCH, size.height, size.width, 3), np.uint8))
    runs = {"forward": bare_forward(classifier, pixels)}
    times = interleaved_milliseconds(runs, rounds=15)
    return BATCH / times["forward"] * 1e3


@contextmanager
def running_service(models: Path, *options: str, log: Path = Path(os.devnull)) -> Iterator[int]:
    """Run `vitrine up` on a free port, until the block ends.

    Args:
        models: folder of the models.
        options: more of the command's own.
        log: where what it writes goes.

    Raises:
        httpx.HTTPError: it does not get ready.
    """
    port = free_port()
    command = [sys.executable, "-m", "vitrine", "up", "--port", str(port)]
    command += ["--models", str(models), *options]
    with log.open("w", encoding="utf-8") as output:
        service = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(port)
        yield port
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(timeout=30)


def wait_until_ready(port: int) -> None:
    """Wait until a worker hosts the model.

    Raises:
        httpx.HTTPError: it does not get ready.
    """
    wait_until_answers(f"http://{LOCALHOST}:{port}/healthz/ready", limit_seconds=READY_SECONDS)


def load(port: int, route: str, clients: int, photographs: Path) -> LoadResult:
    """Run the load generator in a process of its own: first briefly, to warm up."""
    for duration in (1.0, LOAD_SECONDS):
        command = [sys.executable, "-m", "benchmarks.load", LOCALHOST, str(port), route]
        command += [str(clients), str(duration), str(photographs)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return LoadResult(**json.loads(answer.stdout))
