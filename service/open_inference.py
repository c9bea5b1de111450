"""The Open Inference Protocol on our own path: a tensor becomes an upload, answers tensors."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from api_schemas.models import ModelRecord
from api_schemas.open_inference import (
    ALL_INFER_OUTPUTS,
    IMAGE_TENSOR,
    USUAL_EXPLAIN_OUTPUTS,
    ExplainRequestOutput,
    ExplainTensorsRequest,
    InferRequest,
    InferRequestOutput,
    ModelMetadata,
    Parameter,
    TensorMetadata,
    TensorsRequest,
)
from service.explaining import Explainer, Milliseconds
from service.output_tensors import PICTURES, explanation_tensor, scores_tensor
from service.protocol_bodies import ProtocolBody, read_envelope, wrong
from service.protocol_options import method_and_options
from service.request_tensors import images_of
from service.response_tensors import Written, write_response
from service.uploads import Upload

VARIES = -1
DRAWN = (*PICTURES, "raw")
"""Outputs that our own route makes on demand; the other ones cost nothing."""
BINARY = "binary_data_output"


def metadata_of(record: ModelRecord, platform: str) -> ModelMetadata:
    """Describe what a model takes and gives."""
    classes = len(record.classes)
    pixels = TensorMetadata(
        name=IMAGE_TENSOR, datatype="UINT8", shape=(VARIES, VARIES, VARIES, 3)
    )
    scores = [
        TensorMetadata(name=name, datatype="FP32", shape=(VARIES, classes))
        for name in ("probabilities", "logits")
    ]
    label = TensorMetadata(name="label", datatype="BYTES", shape=(VARIES,))
    return ModelMetadata(
        name=record.name, platform=platform, inputs=[pixels], outputs=[*scores, label]
    )


async def infer(
    explainer: Explainer,
    model: str,
    body: ProtocolBody,
    timings: Milliseconds,
    *,
    max_images: int,
) -> Written:
    """Have a model score a tensor of images.

    Raises:
        ServiceError, ImageError, MessagingError: as the contract lists them.
    """
    asked = await explainer.off_loop(partial(read_envelope, InferRequest, body))
    _check_name(asked, model)
    upload = await explainer.off_loop(
        partial(_upload, asked, body, explainer, max_images=max_images)
    )
    scored = await explainer.score(model, upload, timings)
    is_binary = bool(asked.parameters and asked.parameters.binary_data_output)
    outputs = asked.outputs or [InferRequestOutput(name=name) for name in ALL_INFER_OUTPUTS]
    tensors = [scores_tensor(output.name, scored.record, scored.replies) for output in outputs]
    return await explainer.off_loop(
        partial(
            write_response,
            tensors,
            binary=_binary(outputs, is_binary),
            model=scored.record.name,
            request_id=asked.id,
            parameters={"model_sha256": scored.record.sha256},
        )
    )


async def explain(
    explainer: Explainer,
    model: str,
    body: ProtocolBody,
    timings: Milliseconds,
    *,
    max_images: int,
) -> Written:
    """Explain a tensor of images.

    Raises:
        ServiceError, ImageError, CoreError, MessagingError: as the contract lists them.
    """
    asked = await explainer.off_loop(partial(read_envelope, ExplainTensorsRequest, body))
    outputs = asked.outputs or [
        ExplainRequestOutput(name=name) for name in USUAL_EXPLAIN_OUTPUTS
    ]
    _check_name(asked, model)
    is_binary, parameters = _binary_and_others(asked.parameters or {})
    method, options = method_and_options(model, parameters, not_options=("outputs",))
    drawn = [output.name for output in outputs if output.name in DRAWN]
    images = await explainer.off_loop(
        partial(_upload, asked, body, explainer, max_images=max_images)
    )
    upload = replace(images, options=options | {"outputs": [*drawn, "box"]})
    explanations = await explainer.explain(method, upload, timings, webp=False)
    record = await explainer.models.find(model)
    return await explainer.off_loop(
        partial(
            write_response,
            [explanation_tensor(output.name, record, explanations) for output in outputs],
            binary=_binary(outputs, is_binary),
            model=record.name,
            request_id=asked.id,
            parameters={"model_sha256": record.sha256, "method": method.name},
        )
    )


def _binary_and_others(parameters: dict[str, Parameter]) -> tuple[bool, dict[str, Parameter]]:
    """Tell the one parameter of the protocol from those of ours.

    Raises:
        EnvelopeInvalidError: it is neither true nor false.
    """
    is_binary = parameters.get(BINARY, False)
    if not isinstance(is_binary, bool):
        raise wrong(f"/parameters/{BINARY}", "must be true or false")
    return is_binary, {name: value for name, value in parameters.items() if name != BINARY}


def _check_name(asked: TensorsRequest, model: str) -> None:
    """Refuse a body that names another model than the path.

    Raises:
        EnvelopeInvalidError: it does.
    """
    if asked.model_name not in (None, model):
        raise wrong("/model_name", "must be the model of the path, where it is given")


def _upload(
    asked: TensorsRequest, body: ProtocolBody, explainer: Explainer, *, max_images: int
) -> Upload:
    """Read the images of a request."""
    images = images_of(
        asked.inputs[0], body, max_images=max_images, max_pixels=explainer.max_image_pixels
    )
    return Upload(images=images, options={}, is_batch=True)


def _binary(
    outputs: Sequence[InferRequestOutput | ExplainRequestOutput], is_binary: bool
) -> list[bool]:
    """Tell which outputs travel as bytes: as they say, or else as the request does."""
    said = [output.parameters.binary_data if output.parameters else None for output in outputs]
    return [is_binary if one is None else one for one in said]
