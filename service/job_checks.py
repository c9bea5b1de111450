"""What a job's parameters name, looked up before the job is recorded.

Where a worker would refuse a job, after others that stand in the queue, the caller is told at
once, with the same code and with the parameter that is wrong.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from api_schemas.compare_models import COMPARE_MODELS, CompareModelsParameters
from api_schemas.dataset_methods import DatasetMethod
from api_schemas.datasets import DatasetDetails
from api_schemas.explain_dataset import EXPLAIN_DATASET, ExplainDatasetParameters
from api_schemas.models import ModelRecord
from api_schemas.problems import FieldFault
from core.compare.shared_labels import matched_folders, shared_labels
from core.errors import LayerNotFoundError, LayerNotSpatialError, MethodUnsupportedError
from service.caller import Caller
from service.dataset_desk import DatasetDesk
from service.errors import (
    ClassesNotSharedError,
    ClassNotFoundError,
    FieldsInvalidError,
    MethodNotFoundError,
    ModelNotFoundError,
    ParameterRefusedError,
)
from service.field_faults import field_faults
from service.known_models import KnownModels
from service.resolving import class_index, find_layer, find_method
from storage.errors import DatasetNotFoundError

CheckJob = Callable[
    [dict[str, Any], ModelRecord, KnownModels, DatasetDesk, Caller], Awaitable[None]
]
"""Looks up what a kind's parameters name, complete as they are recorded."""

REFUSED = (
    ClassNotFoundError,
    ClassesNotSharedError,
    DatasetNotFoundError,
    LayerNotFoundError,
    LayerNotSpatialError,
    MethodNotFoundError,
    MethodUnsupportedError,
    ModelNotFoundError,
)
"""What a parameter may be wrong for."""


@contextmanager
def parameter(pointer: str) -> Iterator[None]:
    """Say of refusals in a block which parameter they are about.

    Raises:
        ParameterRefusedError: something was refused.
    """
    try:
        yield
    except REFUSED as refusal:
        raise ParameterRefusedError(f"/params/{pointer}", refusal) from refusal


async def check_explain_dataset(
    params: dict[str, Any],
    record: ModelRecord,
    _: KnownModels,
    datasets: DatasetDesk,
    caller: Caller,
) -> None:
    """Look up the dataset, the methods and the class of an `explain-dataset` job.

    Raises:
        ParameterRefusedError: there is no such thing, or the model cannot support it.
        FieldsInvalidError: a method has no such parameter, or no folder is a class.
    """
    parameters = ExplainDatasetParameters.model_validate(params)
    details = await dataset_named(parameters.dataset, datasets, caller)
    for place, method in enumerate(parameters.methods):
        check_method(method, record, pointer=f"methods/{place}")
    if parameters.target is not None:
        with parameter("target"):
            class_index(record, "target", parameters.target)
    if parameters.explain == "label":
        check_labels(details, record)


async def check_compare_models(
    params: dict[str, Any],
    record: ModelRecord,
    models: KnownModels,
    datasets: DatasetDesk,
    caller: Caller,
) -> None:
    """Look up what a `compare-models` job names, for both of its models.

    Raises:
        ParameterRefusedError: there is no such thing, or a model cannot support it.
        FieldsInvalidError: the method has no such parameter, or the models are one.
    """
    parameters = CompareModelsParameters.model_validate(params)
    await dataset_named(parameters.dataset, datasets, caller)
    with parameter("other_model"):
        other = await models.find(parameters.other_model)
        if other.name == record.name:
            detail = f"must be another model than {record.name}, which is the first one"
            raise FieldsInvalidError([FieldFault(pointer="/params/other_model", detail=detail)])
        if not shared_labels(record.classes, other.classes):
            raise ClassesNotSharedError(record.name, other.name)
    check_method(parameters.method, record, pointer="method")
    of_other = parameters.method.model_copy(update={"layer": parameters.other_layer})
    check_method(of_other, other, pointer="method", layer_pointer="other_layer")
    check_layers(parameters.layers, record, pointer="layers")
    check_layers(parameters.other_layers, other, pointer="other_layers")


async def dataset_named(dataset: str, datasets: DatasetDesk, caller: Caller) -> DatasetDetails:
    """Look a dataset up.

    Raises:
        ParameterRefusedError: there is none of that ID that the caller sees.
    """
    with parameter("dataset"):
        return await datasets.show(dataset, caller)


def check_method(
    wanted: DatasetMethod,
    record: ModelRecord,
    *,
    pointer: str,
    layer_pointer: str | None = None,
) -> None:
    """Look up a method, its parameters and its layer.

    Args:
        wanted: what was asked for.
        record: the model that it is to explain.
        pointer: to the method among the parameters.
        layer_pointer: to its layer; by default beside its name.

    Raises:
        ParameterRefusedError: there is no such method or layer, or the model cannot support it.
        FieldsInvalidError: the method has no such parameter, or chooses anew for every image.
    """
    with parameter(f"{pointer}/method"):
        method = find_method(wanted.method)
        if wanted.known is None:
            detail = "chooses anew for every image, so that its maps cannot be taken together"
            raise FieldsInvalidError(
                [FieldFault(pointer=f"/params/{pointer}/method", detail=f"auto {detail}")]
            )
        if method.name in record.unsupported:
            raise MethodUnsupportedError(method.name, record.unsupported[method.name])
    if method.uses_layer:
        with parameter(layer_pointer or f"{pointer}/layer"):
            find_layer(record, wanted.layer)
    try:
        method.parameters.model_validate(wanted.parameters)
    except ValidationError as error:
        known = method.parameters.model_fields
        raise FieldsInvalidError(
            [
                FieldFault(
                    pointer=f"/params/{pointer}/parameters{fault.pointer.rstrip('/')}",
                    detail=fault.detail,
                )
                for fault in field_faults(error.errors(), known=known)
            ]
        ) from error


def check_layers(names: Sequence[str] | None, record: ModelRecord, *, pointer: str) -> None:
    """Look layers up, which need not be maps.

    Raises:
        ParameterRefusedError: the model has no such layer.
    """
    known = tuple(layer.name for layer in record.layers)
    for place, name in enumerate(names or ()):
        with parameter(f"{pointer}/{place}"):
            if name not in known:
                raise LayerNotFoundError(name, known)


def check_labels(details: DatasetDetails, record: ModelRecord) -> None:
    """See that some folder of a dataset is called after a class of the model.

    Raises:
        FieldsInvalidError: none is.
    """
    if not any(index is not None for index in matched_folders(details.classes, record.classes)):
        folders = ", ".join(details.classes[:5]) or "none"
        detail = f"no folder is called after a class of {record.name}; the folders: {folders}"
        raise FieldsInvalidError([FieldFault(pointer="/params/explain", detail=detail)])


JOB_CHECKS: dict[str, CheckJob] = {
    EXPLAIN_DATASET: check_explain_dataset,
    COMPARE_MODELS: check_compare_models,
}
"""Of the kinds whose parameters name things; the others leave it to the workers."""
