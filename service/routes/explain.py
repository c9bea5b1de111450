"""`POST /explain/{method}`: what in an image speaks for a class."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api_schemas.auto import AutoAnswer
from api_schemas.explanations import ExplanationAnswer, ExplanationBatch, ExplanationOptions
from service.dependencies import PartsOf, UploadOf
from service.negotiation import JSON, PNG, WEBP, preferred
from service.refusals import ON_EXPLANATIONS, problems
from service.rendering import first_picture
from service.request_bodies import image_request
from service.resolving import find_method

router = APIRouter(tags=["explain"])

RECEIPT_HEADER = "X-Vitrine-Receipt"
JSON_ONLY = (JSON,)
ONE_PICTURE = (JSON, PNG, WEBP)


@router.post(
    "/explain/{method}",
    response_model=AutoAnswer | ExplanationAnswer | ExplanationBatch,
    openapi_extra=image_request(ExplanationOptions, takes_more=True),
    responses={200: {"content": {PNG: {}, WEBP: {}}}, **problems(*ON_EXPLANATIONS)},
)
async def explain(method: str, request: Request, upload: UploadOf, parts: PartsOf) -> Response:
    """Explain an image, or several of one multipart request.

    With `Accept: image/png` or `image/webp` the answer is the picture itself: the first of
    overlay, heatmap and contour that `outputs` asks for. Its receipt is in a header.
    """
    offered = JSON_ONLY if upload.is_batch else ONE_PICTURE
    chosen = preferred(", ".join(request.headers.getlist("accept")), offered)
    explanations = await parts.explainer.explain(
        find_method(method), upload, request.state.timings, webp=chosen == WEBP
    )
    if chosen != JSON:
        headers = {RECEIPT_HEADER: explanations[0].receipt_header}
        picture = first_picture(explanations[0].pictures)
        return Response(picture, headers=headers, media_type=chosen)
    written = [explanation.as_json() for explanation in explanations]
    body = f'{{"results":[{",".join(written)}]}}' if upload.is_batch else written[0]
    return Response(body, media_type=JSON)
