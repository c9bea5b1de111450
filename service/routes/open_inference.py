"""`/v2`: the Open Inference Protocol, in which tensors go in and out, and our `explain`."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api_schemas.health import ModelReadiness
from api_schemas.open_inference import (
    EXTENSIONS,
    ExplainTensorsRequest,
    InferRequest,
    InferResponse,
    LiveAnswer,
    ModelMetadata,
    ReadyAnswer,
    ServerMetadata,
)
from service import open_inference
from service.dependencies import PartsOf
from service.negotiation import JSON
from service.protocol_bodies import JSON_LENGTH_HEADER, ProtocolBodyOf, json_request
from service.refusals import ON_EXPLAINED_BODIES, ON_MODELS, ON_PREDICTED_BODIES, problems
from service.response_tensors import Written
from service.routes.models import PLATFORM

BINARY = "application/octet-stream"
TENSORS: dict[str, Any] = {"content": {BINARY: {}}}

router = APIRouter(prefix="/v2", tags=["Open Inference Protocol"])


@router.get("")
async def show_server(request: Request) -> ServerMetadata:
    """Say what answers here."""
    app = request.app
    return ServerMetadata(name=app.title.lower(), version=app.version, extensions=EXTENSIONS)


@router.get("/health/live")
async def live() -> LiveAnswer:
    """Say that the process answers."""
    return LiveAnswer(live=True)


@router.get("/health/ready", responses=problems(*ON_MODELS))
async def ready(parts: PartsOf) -> ReadyAnswer:
    """Say that a live worker hosts the default model."""
    await parts.models.find_hosted(None)
    return ReadyAnswer(ready=True)


@router.get("/models/{model}", responses=problems(*ON_MODELS))
async def show_model(model: str, parts: PartsOf) -> ModelMetadata:
    """Say which tensors a model takes and gives."""
    return open_inference.metadata_of(await parts.models.find(model), PLATFORM)


@router.get("/models/{model}/ready", responses=problems(*ON_MODELS))
async def show_readiness(model: str, parts: PartsOf) -> ModelReadiness:
    """Say that a live worker hosts the model."""
    record = await parts.models.find_hosted(model)
    return ModelReadiness(name=record.name, ready=True)


@router.post(
    "/models/{model}/infer",
    response_model=InferResponse,
    openapi_extra=json_request(InferRequest, binary=True),
    responses={200: TENSORS, **problems(*ON_PREDICTED_BODIES)},
)
async def infer(model: str, request: Request, body: ProtocolBodyOf, parts: PartsOf) -> Response:
    """Score a tensor of images: probabilities, logits and labels."""
    limit, timings = parts.settings.max_batch_images, request.state.timings
    return _response(
        await open_inference.infer(parts.explainer, model, body, timings, max_images=limit)
    )


@router.post(
    "/models/{model}/explain",
    response_model=InferResponse,
    openapi_extra=json_request(ExplainTensorsRequest, binary=True),
    responses={200: TENSORS, **problems(*ON_EXPLAINED_BODIES)},
)
async def explain(
    model: str, request: Request, body: ProtocolBodyOf, parts: PartsOf
) -> Response:
    """Explain a tensor of images, by the method and with the options that `parameters` name."""
    limit, timings = parts.settings.max_batch_images, request.state.timings
    return _response(
        await open_inference.explain(parts.explainer, model, body, timings, max_images=limit)
    )


def _response(written: Written) -> Response:
    """Send an answer; bytes behind the JSON are announced."""
    if written.json_length is None:
        return Response(written.body, media_type=JSON)
    headers = {JSON_LENGTH_HEADER: str(written.json_length)}
    return Response(written.body, headers=headers, media_type=BINARY)
