"""However many requests a worker has answered: it traces nothing anew and keeps nothing."""

import pytest

from api_schemas.auto import AUTO_METHOD
from api_schemas.methods import METHODS
from benchmarks.steadiness import measure_steadiness, supported
from core.models.load import load_classifier
from tests.tiny_model import write_tiny_model
from workers.model_pool import HostedModel

REQUESTS = 135
MEGABYTES, OBJECTS = 48, 500
"""What may be left behind by other things; a function traced at each request leaves more."""


@pytest.fixture
def model(tmp_path):
    classifier = load_classifier(write_tiny_model(tmp_path))
    return HostedModel(classifier, max_compiled_kernels=64)


def test_mixed_requests_trace_nothing_anew_and_leave_nothing_behind(model):
    # XRAI spends its time on segments, which are not the network's.
    names = [name for name in supported(model) if name != "xrai"]

    steady = measure_steadiness(model, names, requests=REQUESTS, longest_side=200)

    assert {*names, "xrai", AUTO_METHOD.name} == set(METHODS)
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
