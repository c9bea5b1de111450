"""`/v1`: KServe's protocol v1, in which instances are predicted and explained."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api_schemas.health import ModelReadiness
from api_schemas.kserve_v1 import (
    ExplainedInstances,
    ExplainRequest,
    ModelNames,
    PredictionVectors,
    PredictRequest,
)
from messaging.errors import BrokerUnavailableError
from service.dependencies import PartsOf
from service.kserve_v1 import explain_instances, predict_instances
from service.negotiation import JSON
from service.protocol_bodies import ProtocolBodyOf, json_request
from service.refusals import ON_EXPLAINED_BODIES, ON_MODELS, ON_PREDICTED_BODIES, problems

router = APIRouter(prefix="/v1/models", tags=["KServe v1"])


@router.get("", responses=problems(BrokerUnavailableError))
async def list_models(parts: PartsOf) -> ModelNames:
    """List every model that the service knows."""
    return ModelNames(models=list((await parts.models.hosting()).models))


@router.get("/{model}", responses=problems(*ON_MODELS))
async def show_readiness(model: str, parts: PartsOf) -> ModelReadiness:
    """Say that a live worker hosts the model."""
    record = await parts.models.find_hosted(model)
    return ModelReadiness(name=record.name, ready=True)


@router.post(
    "/{model}:predict",
    openapi_extra=json_request(PredictRequest, binary=False),
    responses=problems(*ON_PREDICTED_BODIES),
)
async def predict(
    model: str, request: Request, body: ProtocolBodyOf, parts: PartsOf
) -> PredictionVectors:
    """Give the probability of every class, in index order, for each instance."""
    limit = parts.settings.max_batch_images
    timings = request.state.timings
    return await predict_instances(parts.explainer, model, body, timings, max_images=limit)


@router.post(
    "/{model}:explain",
    response_model=ExplainedInstances,
    openapi_extra=json_request(ExplainRequest, binary=False),
    responses=problems(*ON_EXPLAINED_BODIES),
)
async def explain(
    model: str, request: Request, body: ProtocolBodyOf, parts: PartsOf
) -> Response:
    """Explain each instance, by the method and with the options that `parameters` name."""
    limit = parts.settings.max_batch_images
    timings = request.state.timings
    written = await explain_instances(parts.explainer, model, body, timings, max_images=limit)
    return Response(written, media_type=JSON)
