"""`/atlases`: finished activation atlases, and where an image falls on one."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from api_schemas.atlases import (
    AtlasDocument,
    AtlasList,
    AtlasListOptions,
    LocateBatch,
    LocatedCell,
    LocateOptions,
)
from service.atlases import ATLAS_KINDS, atlas_page, document_of, listed, located
from service.caller import CallerOf, caller_of
from service.dependencies import PartsOf, UploadOf
from service.refusals import ON_ATLASES, ON_JOBS, ON_LOCATING, problems
from service.request_bodies import image_request

router = APIRouter(prefix="/atlases", tags=["atlases"])


@router.get("", responses=problems(*ON_JOBS))
async def list_atlases(
    options: Annotated[AtlasListOptions, Query()], request: Request, parts: PartsOf
) -> AtlasList:
    """List finished atlases, the newest first."""
    page_options = atlas_page(cursor=options.cursor)
    page = await parts.jobs.list(page_options, request, kinds=ATLAS_KINDS)
    return listed(page.jobs, page.next_cursor)


@router.get("/{atlas}", responses=problems(*ON_ATLASES))
async def show_atlas(atlas: str, parts: PartsOf, caller: CallerOf) -> AtlasDocument:
    """Tell what an atlas is, and where its parts are among the artifacts of its job."""
    record = await parts.jobs.find(atlas, caller)
    return await document_of(parts.artifacts, record.id)


@router.post(
    "/{atlas}/locate",
    openapi_extra=image_request(LocateOptions),
    responses=problems(*ON_LOCATING),
)
async def locate_image(
    atlas: str, request: Request, upload: UploadOf, parts: PartsOf
) -> list[LocatedCell] | LocateBatch:
    """Tell in which cells an image falls, or several of one multipart request."""
    record = await parts.jobs.find(atlas, caller_of(request))
    timings = request.state.timings
    found = await located(parts.explainer, parts.artifacts, record.id, upload, timings)
    return LocateBatch(results=found) if upload.is_batch else found[0]
