"""`POST /replay`: a result made again by its receipt."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api_schemas.replays import ReplayAnswer, ReplayOptions
from service.dependencies import PartsOf, UploadOf
from service.negotiation import JSON
from service.refusals import ON_REPLAYS, problems
from service.replaying import replay
from service.request_bodies import image_request

router = APIRouter(tags=["explain"])


@router.post(
    "/replay",
    response_model=ReplayAnswer,
    openapi_extra=image_request(ReplayOptions),
    responses=problems(*ON_REPLAYS),
)
async def replay_result(request: Request, upload: UploadOf, parts: PartsOf) -> Response:
    """Make a prediction or an explanation again, and tell whether it came out the same."""
    written = await replay(parts.explainer, upload, request.state.timings)
    return Response(written, media_type=JSON)
