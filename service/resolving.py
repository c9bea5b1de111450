"""From a request's options to an order for a worker: names become indices, gaps are filled."""

import re
from typing import Any, TypeVar

from pydantic import ValidationError

from api_schemas.auto import AUTO_METHOD, AutoParameters
from api_schemas.explanations import NO_CLASS, TOP_CLASS, ExplanationOptions, ExplanationOrder
from api_schemas.method import Method
from api_schemas.methods import METHODS
from api_schemas.models import ModelRecord
from api_schemas.problems import FieldFault
from api_schemas.schema import Schema
from core.errors import LayerNotFoundError, LayerNotSpatialError, MethodUnsupportedError
from service.errors import ClassNotFoundError, FieldsInvalidError, MethodNotFoundError
from service.field_faults import field_faults

Options = TypeVar("Options", bound=Schema)


def find_method(name: str) -> Method:
    """Look a method up.

    Raises:
        MethodNotFoundError: there is none of that name.
    """
    if name not in METHODS:
        raise MethodNotFoundError(name, tuple(METHODS))
    return METHODS[name]


def read_options(schema: type[Options], options: dict[str, Any]) -> Options:
    """Check options against a schema; strings from forms and queries become numbers.

    Raises:
        FieldsInvalidError: naming every field that is unknown or out of range.
    """
    try:
        return schema.model_validate(options)
    except ValidationError as error:
        faults = field_faults(error.errors(), known=schema.model_fields)
        raise FieldsInvalidError(faults) from error


def class_index(record: ModelRecord, field: str, name: int | str) -> int:
    """Find a class by index or label; a label that is a number stands for itself first.

    Raises:
        ClassNotFoundError: there is none, or more than one.
    """
    classes = record.classes
    if isinstance(name, str):
        matching = [index for index, label in enumerate(classes) if label == name]
        if len(matching) > 1:
            raise ClassNotFoundError(
                field, f"{len(matching)} classes are called {name!r}: give one of {matching}"
            )
        if matching:
            return matching[0]
        if not re.fullmatch(r"[0-9]{1,9}", name):
            raise ClassNotFoundError(
                field, f"no class is called {name[:100]!r}; {_some(classes)}"
            )
    index = int(name)
    if not 0 <= index < len(classes):
        raise ClassNotFoundError(
            field, f"class {index} is out of range: 0 to {len(classes) - 1}"
        )
    return index


def explanation_order(
    record: ModelRecord, method: Method, options: ExplanationOptions
) -> ExplanationOrder:
    """Say what a worker is to compute.

    Raises:
        FieldsInvalidError: an output is asked for that the method does not make.
        ClassNotFoundError: the model has no such target, or both classes are the same.
        LayerNotFoundError: it has no such layer.
        LayerNotSpatialError: the layer has no spatial map.
        MethodUnsupportedError: this form of model cannot support the method.
    """
    if "consensus" in options.outputs and method is not AUTO_METHOD:
        detail = f"only {AUTO_METHOD.name} makes a consensus"
        raise FieldsInvalidError([FieldFault(pointer="/outputs", detail=detail)])
    if method.name in record.unsupported:
        raise MethodUnsupportedError(method.name, record.unsupported[method.name])
    target = (
        TOP_CLASS if options.target is None else class_index(record, "target", options.target)
    )
    versus = (
        NO_CLASS if options.versus is None else class_index(record, "versus", options.versus)
    )
    if versus != NO_CLASS and versus == target:
        raise ClassNotFoundError("versus", "must be another class than the target")
    return ExplanationOrder(
        model=record.name,
        method=method.name,
        layer=find_layer(record, options.layer) if method.uses_layer else None,
        target=target,
        versus=versus,
        seed=options.seed if method.uses_seed or options.evidence else 0,
        parameters=method_parameters(method, options),
        evidence=options.evidence,
    )


def check_budget(options: ExplanationOptions, *, deadline_seconds: float) -> None:
    """Refuse a competition of methods that would outlast the request.

    Raises:
        FieldsInvalidError: its time is not below the deadline.
    """
    if isinstance(options, AutoParameters) and options.budget_seconds >= deadline_seconds:
        detail = f"must be below the service's deadline of {deadline_seconds:g} s"
        raise FieldsInvalidError([FieldFault(pointer="/budget_seconds", detail=detail)])


def method_parameters(method: Method, options: ExplanationOptions) -> dict[str, Any]:
    """Pick the method's own parameters out of a request's options, defaults filled in."""
    own = set(method.parameters.model_fields)
    return options.model_dump(mode="json", include=own)


def find_layer(record: ModelRecord, name: str | None) -> str:
    """Find the layer to look at: the one asked for, or the model's default.

    Raises:
        LayerNotFoundError: the model has no such layer.
        LayerNotSpatialError: the layer has no spatial map.
    """
    if name is None and record.default_layer:
        return record.default_layer
    if name is None:
        raise LayerNotSpatialError("(the default)", (), "no layer of this model has a map")
    layers = {layer.name: layer for layer in record.layers}
    if name not in layers:
        raise LayerNotFoundError(name, tuple(layers))
    if not layers[name].explainable:
        raise LayerNotSpatialError(name, layers[name].output_shape)
    return name


def _some(classes: list[str]) -> str:
    """List classes for a message, not all of a thousand."""
    shown = ", ".join(classes[:5])
    return f"the classes are {shown}" + (f" and {len(classes) - 5} more" if classes[5:] else "")
