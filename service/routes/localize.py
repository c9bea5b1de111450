"""`POST /localize`: where the object of a class is."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api_schemas.localization import LocalizationAnswer, LocalizationBatch, LocalizationOptions
from service.dependencies import PartsOf, UploadOf
from service.localizing import localize_objects
from service.negotiation import PNG, WEBP
from service.pictured import pictured_response, wanted_form
from service.refusals import ON_LOCALIZATION, problems
from service.request_bodies import image_request

router = APIRouter(tags=["explain"])


@router.post(
    "/localize",
    response_model=LocalizationAnswer | LocalizationBatch,
    openapi_extra=image_request(LocalizationOptions),
    responses={200: {"content": {PNG: {}, WEBP: {}}}, **problems(*ON_LOCALIZATION)},
)
async def localize(request: Request, upload: UploadOf, parts: PartsOf) -> Response:
    """Find the object of a class in an image, or in several of one multipart request.

    With `Accept: image/png` or `image/webp` the answer is the overlay itself.
    """
    form = wanted_form(request, is_batch=upload.is_batch)
    answers = await localize_objects(parts.explainer, upload, request.state.timings, form=form)
    return pictured_response(answers, form, is_batch=upload.is_batch)
