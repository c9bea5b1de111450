"""docs/models.md has a heading for every field of the manifest, and its examples are right."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from core.models.manifest import Manifest

PAGE = (Path(__file__).parents[3] / "docs" / "models.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


def fields_of(section, prefix=""):
    """Every field of the manifest by its path: `weights.file`."""
    for name, field in section.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from fields_of(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


@pytest.mark.parametrize("field", list(fields_of(Manifest)))
def test_every_field_of_the_manifest_has_a_heading(field):
    assert f"\n### {field}\n" in PAGE


def test_every_heading_of_the_reference_is_a_field():
    reference = PAGE.split("## Every field")[1].split("\n## ")[0]

    assert re.findall(r"\n### (.*)\n", reference) == list(fields_of(Manifest))


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))]
)
def test_every_example_is_a_manifest_that_is_accepted(example):
    Manifest.model_validate(tomllib.loads(example))


@pytest.mark.parametrize("field", ["preprocessing", "activation"])
def test_every_choice_is_in_its_table(field):
    section = {"preprocessing": "input", "activation": "output"}[field]
    choices = Manifest.model_fields[section].annotation.model_fields[field].annotation.__args__

    assert all(f'| `"{choice}"` |' in PAGE for choice in choices)


def test_the_page_has_an_example_for_each_form():
    assert len(EXAMPLES) >= 8
