"""Reading the archive of a dataset from a request: onto the disk, never into memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from fastapi import Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api_schemas.datasets import DatasetRegistration, DatasetUploadOptions
from api_schemas.problems import FieldFault
from service.bounded_bodies import bounded, refuse_declared
from service.errors import (
    ArchiveTooLargeError,
    BodyInvalidError,
    BodyTooLargeError,
    FieldsInvalidError,
)
from service.field_faults import field_faults
from storage.errors import StoreFullError
from storage.folder_store import NO_ROOM
from storage.paths import UNWANTED

ARCHIVE_FIELD = "archive"
MAX_FORM_FIELDS = 8

FORM_BYTES = 64 * 1024
"""Of a form beside its archive: names, borders, headers."""

ENDINGS = (".tar.gz", ".tgz", ".tar", ".zip")
NAMELESS = "dataset"
MAX_NAME_LETTERS = 200


@dataclass(frozen=True)
class SentArchive:
    """An archive on this machine's disk, as long as its request lasts."""

    file: BinaryIO
    name: str
    """Of the dataset, for people."""


@asynccontextmanager
async def sent_archive(
    request: Request, *, max_archive_bytes: int
) -> AsyncIterator[SentArchive]:
    """Read a multipart form with the part `archive`; the file is gone at the block's end.

    Raises:
        ArchiveTooLargeError: more bytes than allowed, said or sent.
        BodyInvalidError: the body is no such form, or ends too early.
        FieldsInvalidError: there is no archive, or a field that nobody asks for.
        StoreFullError: this machine's disk has no room for it.
    """
    try:
        limit = max_archive_bytes + FORM_BYTES
        refuse_declared(request, limit)
        form = await bounded(request, limit).form(max_files=1, max_fields=MAX_FORM_FIELDS)
    except BodyTooLargeError as error:
        raise ArchiveTooLargeError(max_archive_bytes) from error
    except HTTPException as error:
        raise BodyInvalidError(f"the multipart form cannot be read: {error.detail}") from error
    except ClientDisconnect as error:
        raise BodyInvalidError("the connection ended before the body did") from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StoreFullError from error
        raise
    try:
        yield _archive_of(form)
    finally:
        await form.close()


def _archive_of(form: FormData) -> SentArchive:
    """Find the archive in a form.

    Raises:
        FieldsInvalidError: there is none, or something else.
    """
    options: dict[str, Any] = {}
    archive: UploadFile | None = None
    for field, value in form.multi_items():
        if field == ARCHIVE_FIELD and isinstance(value, UploadFile):
            archive = value
        elif isinstance(value, UploadFile) or field == ARCHIVE_FIELD:
            detail = "one file is taken, in the part `archive`: curl -F archive=@pets.zip"
            raise _fault(field, detail)
        elif field in options:
            raise _fault(field, "given more than once")
        else:
            options[field] = value
    if archive is None:
        raise _fault(ARCHIVE_FIELD, "is missing: curl -F archive=@pets.zip")
    try:
        name = DatasetUploadOptions.model_validate(options).name
    except ValidationError as error:
        raise FieldsInvalidError(
            field_faults(error.errors(), known=DatasetUploadOptions.model_fields)
        ) from error
    return SentArchive(archive.file, name or _name_of(archive.filename or ""))


def _name_of(filename: str) -> str:
    """Make a name for people of an archive's file name."""
    name = UNWANTED.sub("/", filename).rpartition("/")[2].strip()
    for ending in ENDINGS:
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    return name[:MAX_NAME_LETTERS] or NAMELESS


def _fault(field: str, detail: str) -> FieldsInvalidError:
    escaped = field[:100].replace("~", "~0").replace("/", "~1")
    return FieldsInvalidError([FieldFault(pointer=f"/{escaped}", detail=detail)])


def dataset_request() -> dict[str, Any]:
    """Describe the two forms of a new dataset, for the route's `openapi_extra`."""
    reference = "#/components/schemas/{model}"
    options = DatasetUploadOptions.model_json_schema(ref_template=reference)
    archive = {
        "type": "string",
        "format": "binary",
        "description": "A zip, tar or tar.gz file of images; folders are the classes.",
    }
    return {
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": [ARCHIVE_FIELD],
                        "additionalProperties": False,
                        "properties": {ARCHIVE_FIELD: archive, **options["properties"]},
                    }
                },
                "application/json": {
                    "schema": DatasetRegistration.model_json_schema(ref_template=reference)
                },
            },
        }
    }
