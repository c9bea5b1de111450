"""Where in a request that which is wrong stands, for the errors that are about fields."""

from collections.abc import Callable
from typing import Any

from fastapi import Request

from api_schemas.problems import FieldFault
from core.errors import (
    LayerNotConvolutionError,
    LayerNotFoundError,
    LayerNotSpatialError,
    UnitNotFoundError,
)
from service.errors import (
    ClassNotFoundError,
    EnvelopeInvalidError,
    FieldsInvalidError,
    ImageMismatchError,
    ImageMissingError,
    ModelChangedError,
    ParameterRefusedError,
)
from service.other_protocols import speaks_other_protocol
from storage.errors import DatasetPathError

_POINTERS: dict[type[Exception], Callable[[Any], list[FieldFault]]] = {
    ClassNotFoundError: lambda error: [
        FieldFault(pointer=f"/{error.field}", detail=error.detail)
    ],
    FieldsInvalidError: lambda error: error.faults,
    EnvelopeInvalidError: lambda error: error.faults,
    LayerNotFoundError: lambda error: [FieldFault(pointer="/layer", detail=str(error))],
    LayerNotSpatialError: lambda error: [FieldFault(pointer="/layer", detail=str(error))],
    LayerNotConvolutionError: lambda error: [FieldFault(pointer="/layer", detail=str(error))],
    UnitNotFoundError: lambda error: [FieldFault(pointer="/channel", detail=str(error))],
    ParameterRefusedError: lambda error: [FieldFault(pointer=error.pointer, detail=str(error))],
    ImageMissingError: lambda error: [FieldFault(pointer="/image", detail=str(error))],
    ImageMismatchError: lambda error: [FieldFault(pointer="/image", detail=str(error))],
    ModelChangedError: lambda error: [
        FieldFault(pointer="/receipt/model_sha256", detail=str(error))
    ],
    DatasetPathError: lambda error: [FieldFault(pointer="/path", detail=str(error))],
}
"""For errors about fields: the faults that the problem lists."""


def faults_of(request: Request, error: Exception) -> list[FieldFault] | None:
    """Point at the fields that are wrong, wherever the request's protocol has them."""
    point = _POINTERS.get(type(error))
    if point is None:
        return None
    faults = point(error)
    if isinstance(error, EnvelopeInvalidError) or not speaks_other_protocol(request):
        return faults
    return [
        FieldFault(pointer=f"/parameters{fault.pointer}", detail=fault.detail)
        for fault in faults
    ]
