"""`GET /models/{model}/layers/{layer}/filters`: what a convolution has learned."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api_schemas.filters import FiltersAnswer, FiltersOptions
from service.dependencies import PartsOf
from service.filters import filters
from service.negotiation import PNG, WEBP
from service.pictured import pictured_response, wanted_form
from service.refusals import ON_FILTERS, problems

router = APIRouter(tags=["look inside"])


@router.get(
    "/models/{model}/layers/{layer:path}/filters",
    response_model=FiltersAnswer,
    responses={200: {"content": {PNG: {}, WEBP: {}}}, **problems(*ON_FILTERS)},
)
async def show_filters(
    model: str,
    layer: str,
    options: Annotated[FiltersOptions, Query()],
    request: Request,
    parts: PartsOf,
) -> Response:
    """Show the learned filters of a convolution.

    With `Accept: image/png` or `image/webp` the answer is the grid of filters itself.
    """
    form = wanted_form(request)
    timings = request.state.timings
    answer = await filters(parts.explainer, model, layer, options, timings, form=form)
    return pictured_response([answer], form)
