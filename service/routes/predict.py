"""`POST /predict`: what a model sees in an image."""

from fastapi import APIRouter, Request

from api_schemas.predictions import PredictionAnswer, PredictionBatch, PredictionOptions
from service.dependencies import PartsOf, UploadOf
from service.refusals import ON_IMAGES, problems
from service.request_bodies import image_request

router = APIRouter(tags=["explain"])


@router.post(
    "/predict",
    openapi_extra=image_request(PredictionOptions),
    responses=problems(*ON_IMAGES),
)
async def predict(
    request: Request, upload: UploadOf, parts: PartsOf
) -> PredictionAnswer | PredictionBatch:
    """Classify an image, or several of one multipart request."""
    answers = await parts.explainer.predict(upload, request.state.timings)
    return PredictionBatch(results=answers) if upload.is_batch else answers[0]
