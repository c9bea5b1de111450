"""Writing output tensors of the Open Inference Protocol, as JSON or as bytes behind it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api_schemas.open_inference import InferResponse, OutputType, Parameter, ResponseOutput

LITTLE_ENDIAN = {"FP32": "<f4", "INT64": "<i8"}
LENGTH_BYTES = 4
"""Before each element of BYTES: its length, little-endian."""


@dataclass(frozen=True)
class Tensor:
    """An output: an array of numbers, or a list of texts or files."""

    name: str
    datatype: OutputType
    content: NDArray[np.generic] | Sequence[bytes]
    is_text: bool = True
    """Of BYTES: whether they are UTF-8; JSON holds base64 of those that are not."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Images first."""
        if isinstance(self.content, np.ndarray):
            return self.content.shape
        return (len(self.content),)


@dataclass(frozen=True)
class Written:
    """An answer in bytes."""

    body: bytes
    json_length: int | None
    """Bytes of the JSON, where others follow it."""


def write_response(
    tensors: Sequence[Tensor],
    *,
    binary: Sequence[bool],
    model: str,
    request_id: str | None,
    parameters: dict[str, Parameter],
) -> Written:
    """Write an answer.

    Args:
        tensors: in the order asked for.
        binary: whether each of them is to travel as bytes.
        model: that answered.
        request_id: the caller's.
        parameters: of the answer.
    """
    outputs, chunks = [], []
    for tensor, is_binary in zip(tensors, binary, strict=True):
        if is_binary:
            chunks.append(_packed(tensor))
            outputs.append(_described(tensor, {"binary_data_size": len(chunks[-1])}))
        else:
            outputs.append(_in_json(tensor))
    response = InferResponse(
        model_name=model, id=request_id, parameters=parameters, outputs=outputs
    )
    # Only `data` may hold nulls that mean something, and they are kept: they stand in lists.
    head = response.model_dump_json(exclude_none=True).encode()
    return Written(b"".join((head, *chunks)), len(head) if chunks else None)


def _described(
    tensor: Tensor, parameters: dict[str, Parameter] | None, data: object = None
) -> ResponseOutput:
    return ResponseOutput(
        name=tensor.name,
        datatype=tensor.datatype,
        shape=tensor.shape,
        parameters=parameters,
        data=data,
    )


def _in_json(tensor: Tensor) -> ResponseOutput:
    """Write a tensor's data into the JSON; numbers that are not finite become null there."""
    if isinstance(tensor.content, np.ndarray):
        return _described(tensor, None, tensor.content.ravel().tolist())
    if tensor.is_text:
        return _described(tensor, None, [text.decode() for text in tensor.content])
    files = [base64.b64encode(file).decode() for file in tensor.content]
    return _described(tensor, {"content_type": "base64"}, files)


def _packed(tensor: Tensor) -> bytes:
    """Write a tensor's data as bytes, little-endian and row-major."""
    if isinstance(tensor.content, np.ndarray):
        kind = LITTLE_ENDIAN[tensor.datatype]
        return np.ascontiguousarray(tensor.content, kind).tobytes()
    return b"".join(
        len(element).to_bytes(LENGTH_BYTES, "little") + element for element in tensor.content
    )
