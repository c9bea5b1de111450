"""`POST /explain/feature-maps`: what a layer makes of an image."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api_schemas.feature_maps import FeatureMapsAnswer, FeatureMapsBatch, FeatureMapsOptions
from service.dependencies import PartsOf, UploadOf
from service.feature_maps import feature_maps
from service.negotiation import PNG, WEBP
from service.pictured import pictured_response, wanted_form
from service.refusals import ON_FEATURE_MAPS, problems
from service.request_bodies import image_request

router = APIRouter(tags=["look inside"])


@router.post(
    "/explain/feature-maps",
    response_model=FeatureMapsAnswer | FeatureMapsBatch,
    openapi_extra=image_request(FeatureMapsOptions),
    responses={200: {"content": {PNG: {}, WEBP: {}}}, **problems(*ON_FEATURE_MAPS)},
)
async def show_feature_maps(request: Request, upload: UploadOf, parts: PartsOf) -> Response:
    """Show the activations of a layer, for an image or several of one multipart request.

    With `Accept: image/png` or `image/webp` the answer is the grid of maps itself.
    """
    form = wanted_form(request, is_batch=upload.is_batch)
    answers = await feature_maps(parts.explainer, upload, request.state.timings, form=form)
    return pictured_response(answers, form, is_batch=upload.is_batch)
