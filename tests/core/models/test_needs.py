"""What methods say they need is what a network is tested for."""

from typing import get_args

import pytest

from api_schemas import method as described
from api_schemas.methods import METHODS, unsupported_methods
from core.models.needs import Need


def test_methods_need_exactly_what_networks_are_tested_for():
    needed = {need for method in METHODS.values() for need in method.needs}

    assert needed == set(get_args(Need)) == set(get_args(described.Need))


@pytest.mark.parametrize(
    "name", [name for name, method in METHODS.items() if method.uses_layer and method.needs]
)
def test_a_method_that_looks_at_a_layer_needs_one(name):
    assert "layer" in METHODS[name].needs


def test_a_method_is_refused_for_the_first_of_its_needs_that_is_missing():
    refused = unsupported_methods({"layer": "no maps", "rectifiers": "no ReLU"})

    assert refused["guided-gradcam"] == "no ReLU"
    assert refused["gradcam"] == refused["cam"] == "no maps"
    assert "deconvolution" in refused
    assert not refused.keys() & {"saliency", "occlusion", "rise", "auto"}


def test_a_network_that_lacks_nothing_supports_every_method():
    assert unsupported_methods({}) == {}
