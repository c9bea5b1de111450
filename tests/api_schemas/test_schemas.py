"""Schemas are frozen, strict, described, and the methods' table is sound."""

import importlib
import json
import pkgutil

import pytest
from pydantic import BaseModel, ValidationError

import api_schemas
from api_schemas.explanations import ExplanationOptions, ExplanationOrder
from api_schemas.methods import METHODS, describe_methods, options_of
from api_schemas.schema import Schema


def all_schemas() -> dict[str, type[Schema]]:
    for module in pkgutil.iter_modules(api_schemas.__path__):
        importlib.import_module(f"api_schemas.{module.name}")
    found, left = {}, [Schema]
    while left:
        for schema in left.pop().__subclasses__():
            if schema.__module__.startswith("api_schemas."):
                found[schema.__name__] = schema
            left.append(schema)
    return found


SCHEMAS = all_schemas()


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_is_frozen_and_refuses_unknown_fields(schema: type[BaseModel]):
    assert schema.model_config["frozen"]
    assert schema.model_config["extra"] == "forbid"


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_field_of_a_schema_is_described(schema: type[BaseModel]):
    for name, field in schema.model_fields.items():
        assert field.description, f"{schema.__name__}.{name}"


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_parameter_of_a_method_has_a_default_within_its_range(method):
    filled = method.parameters()

    assert method.parameters.model_validate(filled.model_dump()) == filled


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_no_parameter_of_a_method_hides_an_option_of_all_methods(method):
    assert not set(method.parameters.model_fields) & set(ExplanationOptions.model_fields)
    assert set(options_of(method).model_fields) == {
        *method.parameters.model_fields,
        *ExplanationOptions.model_fields,
    }


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_method_names_its_source_and_its_cost(method):
    assert "https://" in method.source or "docs/" in method.source
    assert method.cost
    assert method.summary.endswith(".")
    assert method.name == method.name.lower()


def test_methods_are_described_with_plain_json_schemas():
    described = json.loads(describe_methods().model_dump_json())["methods"]

    assert [one["name"] for one in described] == list(METHODS)
    for one in described:
        assert one["parameters"]["type"] == "object"
        for parameter in one["parameters"]["properties"].values():
            assert "default" in parameter
            assert parameter["description"]


def test_orders_that_differ_in_their_classes_alone_share_a_batch():
    first, second = (
        ExplanationOrder(model="m", method="rise", target=target, parameters=parameters)
        for target, parameters in ((0, {"a": 1, "b": 2}), (1, {"b": 2, "a": 1}))
    )

    assert first.kernel_key == second.kernel_key


@pytest.mark.parametrize(
    "change",
    [{"model": "n"}, {"method": "x"}, {"layer": "l"}, {"seed": 1}, {"parameters": {"a": 2}}],
    ids=str,
)
def test_orders_that_differ_in_anything_else_share_no_batch(change):
    order = ExplanationOrder(model="m", method="rise", parameters={"a": 1})

    assert order.model_copy(update=change).kernel_key != order.kernel_key


def test_a_value_once_made_is_not_changed():
    order = ExplanationOrder(model="m", method=None)

    with pytest.raises(ValidationError):
        order.model = "n"
