"""`/datasets`: images of many, sent or registered, for jobs to work on."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from api_schemas.datasets import DatasetDetails, DatasetList, DatasetRegistration
from service.caller import CallerOf, caller_of
from service.dataset_uploads import dataset_request, sent_archive
from service.dependencies import PartsOf
from service.errors import MediaTypeUnsupportedError
from service.json_bodies import read_json_body
from service.refusals import ON_DATASETS, ON_NEW_DATASETS, problems
from storage.errors import StoreUnavailableError

router = APIRouter(prefix="/datasets", tags=["datasets"])

TAKEN = "multipart/form-data or application/json"


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    openapi_extra=dataset_request(),
    responses=problems(*ON_NEW_DATASETS),
)
async def add_dataset(request: Request, response: Response, parts: PartsOf) -> DatasetDetails:
    """Make a dataset: of an archive that is sent, or of images under a path.

    The answer comes when all images are in the store, or listed: for many, after minutes.
    """
    details = await _added(request, parts)
    root = request.scope.get("root_path", "")
    response.headers["Location"] = f"{root}/datasets/{details.id}"
    return details


@router.get("", responses=problems(StoreUnavailableError))
async def list_datasets(parts: PartsOf, caller: CallerOf) -> DatasetList:
    """List all datasets, the oldest first."""
    return await parts.datasets.list(caller)


@router.get("/{dataset}", responses=problems(*ON_DATASETS))
async def show_dataset(dataset: str, parts: PartsOf, caller: CallerOf) -> DatasetDetails:
    """Describe a dataset, with the files that were left out of it."""
    return await parts.datasets.show(dataset, caller)


@router.delete(
    "/{dataset}", status_code=HTTPStatus.NO_CONTENT, responses=problems(*ON_DATASETS)
)
async def delete_dataset(dataset: str, parts: PartsOf, caller: CallerOf) -> None:
    """Delete a dataset and its images; those under a registered path stay where they are."""
    await parts.datasets.delete(dataset, caller)


async def _added(request: Request, parts: PartsOf) -> DatasetDetails:
    """Add a dataset in either form."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    settings, caller = parts.settings, caller_of(request)
    await parts.quotas.check(caller)
    if media_type == "multipart/form-data":
        limit = settings.max_archive_bytes
        async with sent_archive(request, max_archive_bytes=limit) as sent:
            details = await parts.datasets.upload(sent, caller)
        await parts.quotas.check_upload(caller, details.id)
        return details
    if media_type != "application/json":
        raise MediaTypeUnsupportedError(media_type or "(none)", TAKEN)
    limit = settings.max_body_bytes
    registration = await read_json_body(request, DatasetRegistration, max_body_bytes=limit)
    return await parts.datasets.register(registration, caller)
