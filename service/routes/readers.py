"""`GET /models/{model}/layers/{layer}/readers`: which layers read a channel."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api_schemas.channel_readers import ReadersAnswer, ReadersOptions
from service.dependencies import PartsOf
from service.readers import readers
from service.refusals import ON_READERS, problems

router = APIRouter(tags=["look inside"])


@router.get("/models/{model}/layers/{layer:path}/readers", responses=problems(*ON_READERS))
async def show_readers(
    model: str,
    layer: str,
    options: Annotated[ReadersOptions, Query()],
    request: Request,
    parts: PartsOf,
) -> ReadersAnswer:
    """Show the layers that read a channel, and the weights that they read it with."""
    return await readers(parts.explainer, model, layer, options, request.state.timings)
