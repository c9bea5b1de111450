"""However many requests a worker has answered: it traces nothing anew and keeps nothing."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from api_schemas.auto import AUTO_METHOD
from api_schemas.methods import METHODS
from benchmarks.steadiness import Steadiness, measure_steadiness, supported
from core.models.load import load_classifier
from tests.tiny_model import write_tiny_model
from workers.model_pool import HostedModel

REQUESTS = 135
MEGABYTES, OBJECTS = 48, 500
"""What may be left behind by other things; a function traced at each request leaves more."""


def hosted(folder: Path) -> HostedModel:
    return HostedModel(load_classifier(folder), max_compiled_kernels=64)


@pytest.fixture
def model(tmp_path):
    return hosted(write_tiny_model(tmp_path))


# XRAI spends its time on segments, which are not the network's.
def quick_methods(model: HostedModel) -> list[str]:
    return [name for name in supported(model) if name != "xrai"]


def steadiness_of(folder: Path) -> Steadiness:
    model = hosted(folder)
    return measure_steadiness(model, quick_methods(model), requests=REQUESTS, longest_side=200)


def test_mixed_requests_trace_nothing_anew_and_leave_nothing_behind(tmp_path):
    folder = write_tiny_model(tmp_path)

    # In a process of its own, as a worker is: what other tests left behind comes and goes here.
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        steady = process.submit(steadiness_of, folder).result()

    assert {*quick_methods(hosted(folder)), "xrai", AUTO_METHOD.name} == set(METHODS)
    assert steady.tracings == 0
    assert steady.objects[1] - steady.objects[0] < OBJECTS
    assert steady.megabytes[1] - steady.megabytes[0] < MEGABYTES


def test_a_worker_that_forgets_what_it_compiled_would_be_found_out(model):
    class Forgetful(HostedModel):
        def kernel(self, order, *, max_images):
            self._compiled.clear()
            return super().kernel(order, max_images=max_images)

    forgetful = Forgetful(model.classifier, max_compiled_kernels=64)

    steady = measure_steadiness(forgetful, ["gradcam", "cam"], requests=8, longest_side=50)

    assert steady.tracings >= 8
