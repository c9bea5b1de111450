"""Values of JSON are taken for what they are, as a validator of JSON Schema takes them."""

import math

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from api_schemas.job_kinds import JOB_KINDS
from api_schemas.jobs import JobSubmission
from api_schemas.schema import Schema
from service.errors import FieldsInvalidError
from service.exact_json import type_faults
from service.jobs import checked_params


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
NUMBERS = st.integers(-(2**40), 2**40) | st.floats(-(2.0**40), 2.0**40)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=5,
)


def is_taken(schema: type[Schema], document: dict) -> bool:
    """Read a document; whether it is what the schema says."""
    try:
        read = schema.model_validate(document).model_dump(mode="json")
    except ValidationError:
        return False
    return not list(type_faults(document, read))


@given(st.dictionaries(st.sampled_from(sorted(Sample.model_fields)), VALUES))
def test_what_a_validator_of_json_schema_takes_is_taken_and_nothing_else(document):
    judge = jsonschema.Draft202012Validator(Sample.model_json_schema())

    assert is_taken(Sample, document) == judge.is_valid(document)


def test_a_whole_number_may_be_written_with_a_point():
    sent = {"count": 8.0, "sizes": [8.0, 16], "inner": {"a": 2.0}, "part": 1}

    assert is_taken(Sample, sent)


def test_each_value_of_another_type_is_pointed_at():
    sent = {"count": "8", "inner": {"a/b": True}, "sizes": [1, "2"], "is_wanted": 0}
    read = Sample.model_validate(sent).model_dump(mode="json")

    faults = {fault.pointer: fault.detail for fault in type_faults(sent, read, "/params")}
    assert faults == {
        "/params/count": "must be a number, not text",
        "/params/inner/a~1b": "must be a number, not true or false",
        "/params/sizes/1": "must be a number, not text",
        "/params/is_wanted": "must be true or false, not a number",
    }


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
    with pytest.raises(FieldsInvalidError) as refused:
        checked_params(JobSubmission(kind="atlas", params={"dataset": "d1"} | params))

    [fault] = refused.value.faults
    assert fault.pointer == f"/params/{next(iter(params))}"


SENT = {
    "activation-maximization": [
        {},
        {"objective": {"kind": "channel", "layer": "x", "channel": 3}},
        {
            "objective": [
                {"kind": "direction", "vector": [1, 2.5]},
                {"kind": "logit", "target": 1},
            ]
        },
        {"channels": [1, 2], "snapshots": [1, 8.0], "crop_range": [0.5, 1]},
    ],
    "atlas": [{"dataset": "d1", "grids": [4, 8], "class_filter": "1", "versus": 2}],
    "dataset-map": [{"dataset": "d1"}],
    "strongest-images": [{"dataset": "d1"}],
    "patch-attack": [{"atlas": "j1", "dataset": "d1", "source": "cat", "target": 1}],
    "explain-dataset": [
        {"dataset": "d1", "methods": ["gradcam", {"method": "rise", "parameters": {"p": 1}}]}
    ],
    "compare-models": [{"dataset": "d1", "other_model": "other"}],
}
"""Parameters in every form that they may have."""


@pytest.mark.parametrize(
    ("kind", "params"),
    [(kind, params) for kind, several in SENT.items() for params in several],
    ids=str,
)
def test_parameters_in_every_form_are_taken_and_may_be_sent_again(kind, params):
    told = checked_params(JobSubmission(kind=kind, params=params))

    assert checked_params(JobSubmission(kind=kind, params=told)) == told


def test_there_are_parameters_of_every_kind_of_job():
    assert set(SENT) == set(JOB_KINDS)
