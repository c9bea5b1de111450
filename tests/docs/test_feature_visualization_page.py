"""The page of feature visualization says what the schema says."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from api_schemas.activation_maximization import ActivationMaximizationParameters
from api_schemas.objectives import Objective

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "feature_visualization.md").read_text(encoding="utf-8")
FIELDS = ActivationMaximizationParameters.model_fields


@pytest.mark.parametrize("name", FIELDS)
def test_every_parameter_stands_in_the_table_with_its_default_and_meaning(name):
    default = FIELDS[name].default
    written = json.dumps(list(default) if isinstance(default, tuple) else default)
    meaning = " ".join(FIELDS[name].description.split())

    assert f"| `{name}` | `{written}` | {meaning} |" in PAGE


def kinds_of(union):
    """List the words of a union's discriminators."""
    for part in get_args(union):
        if hasattr(part, "model_fields") and "kind" in part.model_fields:
            yield part.model_fields["kind"].default
        else:
            yield from kinds_of(part)


def test_every_kind_of_objective_stands_in_the_table():
    kinds = set(kinds_of(Objective))

    assert {"channel", "neuron", "sum"} <= kinds
    assert kinds == set(re.findall(r"^\| `([a-z]+)` \| [^`\n]* \| `", PAGE, re.MULTILINE))


@pytest.mark.parametrize("example", re.findall(r"^\{.*?\}$", PAGE, re.MULTILINE | re.DOTALL))
def test_the_examples_of_the_page_are_valid_parameters(example):
    ActivationMaximizationParameters.model_validate_json(example)


@pytest.mark.parametrize("picture", re.findall(r"\]\((pictures/.*?)\)", PAGE))
def test_the_pictures_of_the_page_are_there_and_light_enough(picture):
    assert 0 < (ROOT / "docs" / picture).stat().st_size < 1_500_000
