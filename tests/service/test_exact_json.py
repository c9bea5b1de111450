"""Values of JSON are taken for what they are, as a validator of JSON Schema takes them."""

import math

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from api_schemas.atlas import AtlasParameters
from api_schemas.job_kinds import JOB_KINDS
from api_schemas.schema import Schema
from service.exact_json import exactly


class Sample(Schema):
    """One field of each type that options have."""

    count: int = 1
    """A whole number."""
    part: float = 0.5
    """Any number."""
    is_wanted: bool = False
    """Yes or no."""
    name: str | None = None
    """A word."""
    sizes: tuple[int, ...] = ()
    """Whole numbers."""
    inner: dict[str, int] = Field(default_factory=dict)
    """Whole numbers by name."""


WORDS = st.sampled_from(["", "0", "1", "12", "true", "no", "1.0"]) | st.text(max_size=5)
NUMBERS = st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(Sample.model_fields)), VALUES))
def test_what_a_validator_of_json_schema_takes_is_taken_and_nothing_else(document):
    judge = jsonschema.Draft202012Validator(Sample.model_json_schema())
    try:
        exactly(Sample, document)
        is_taken = True
    except ValidationError:
        is_taken = False

    assert is_taken == judge.is_valid(document)


def test_a_whole_number_may_be_written_with_a_point():
    read = exactly(Sample, {"count": 8.0, "sizes": [8.0, 16], "inner": {"a": 2.0}, "part": 1})

    assert (read.count, read.sizes, read.inner, read.part) == (8, (8, 16), {"a": 2}, 1.0)


@pytest.mark.parametrize(
    "params",
    [
        {"dry_run": 0},
        {"dry_run": "true"},
        {"steps": "12"},
        {"steps": True},
        {"steps": 1.5},
        {"dataset": 7},
        {"cosine_power": math.nan},
    ],
    ids=str,
)
def test_parameters_of_another_type_are_refused(params):
    with pytest.raises(ValidationError):
        exactly(AtlasParameters, {"dataset": "d1"} | params)


NEEDED = {
    "atlas": {"dataset": "d1"},
    "dataset-map": {"dataset": "d1"},
    "patch-attack": {"atlas": "j1", "dataset": "d1", "source": "cat", "target": 1},
    "explain-dataset": {"dataset": "d1", "methods": ["gradcam", {"method": "rise"}]},
    "compare-models": {"dataset": "d1", "other_model": "other"},
}


@pytest.mark.parametrize("kind", JOB_KINDS)
def test_the_parameters_that_a_job_tells_may_be_sent_again(kind):
    parameters = JOB_KINDS[kind].parameters
    told = exactly(parameters, NEEDED.get(kind, {})).model_dump(mode="json")

    assert exactly(parameters, told).model_dump(mode="json") == told
