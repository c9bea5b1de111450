"""Reading images and options from a request, in each of the contract's three forms."""

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api_schemas.problems import FieldFault
from core.images.pixels import RgbPixels
from service.bounded_bodies import bounded, refuse_declared
from service.errors import (
    BodyInvalidError,
    FieldsInvalidError,
    ImageMissingError,
    MediaTypeUnsupportedError,
    TooManyImagesError,
)

MAX_FORM_FIELDS = 64
"""Options in one form; no method has so many."""

IMAGE_FIELD = "image"
LIST_FIELDS = frozenset({"outputs"})
"""Options that may be given several times, which then counts as a list."""


@dataclass(frozen=True)
class Upload:
    """The images and options of one request, not yet checked against a schema."""

    images: Sequence[bytes | RgbPixels]
    """Image files, or pixels that came as numbers."""
    options: dict[str, Any]
    is_batch: bool
    """Whether the answer is a list: several `image` parts were sent."""


async def read_upload(request: Request, *, max_body_bytes: int, max_images: int) -> Upload:
    """Read a request's images and options, whichever form they have.

    Raises:
        MediaTypeUnsupportedError: the content type cannot hold an image.
        BodyTooLargeError: more bytes than allowed, said or sent.
        BodyInvalidError: the body is not what its content type says.
        ImageMissingError: there is no image.
        TooManyImagesError: more images than allowed.
        FieldsInvalidError: an option is given twice, or the image is no file.
    """
    refuse_declared(request, max_body_bytes)
    try:
        return await _read(bounded(request, max_body_bytes), max_images=max_images)
    except ClientDisconnect as error:
        raise BodyInvalidError("the connection ended before the body did") from error


async def _read(request: Request, *, max_images: int) -> Upload:
    """Read the form that the content type names."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    query = _collect(request.query_params.multi_items())
    if media_type == "multipart/form-data":
        images, options = await _read_form(request, max_images=max_images)
    elif media_type == "application/json":
        images, options = _read_json(await request.body())
    elif media_type.startswith("image/"):
        body = await request.body()
        images, options = [body], {}
    else:
        raise MediaTypeUnsupportedError(media_type or "(none)")
    if not images:
        raise ImageMissingError
    twice = sorted(query.keys() & options.keys())
    if twice:
        raise _fault(twice[0], "given both in the query and in the body")
    return Upload(images=images, options=query | options, is_batch=len(images) > 1)


async def _read_form(
    request: Request, *, max_images: int
) -> tuple[list[bytes], dict[str, Any]]:
    """Read a multipart form: parts called `image`, every other field an option."""
    images: list[bytes] = []
    fields: list[tuple[str, str]] = []
    try:
        async with request.form(max_files=max_images + 1, max_fields=MAX_FORM_FIELDS) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    if name != IMAGE_FIELD:
                        raise _fault(name, "files are taken in the part `image` only")
                    images.append(await value.read())
                elif name == IMAGE_FIELD:
                    raise _fault(name, "must be a file: curl -F image=@photo.jpg")
                else:
                    fields.append((name, value))
    except HTTPException as error:
        if "files" in str(error.detail):
            raise TooManyImagesError(max_images + 1, max_images) from error
        raise BodyInvalidError(f"the multipart form cannot be read: {error.detail}") from error
    if len(images) > max_images:
        raise TooManyImagesError(len(images), max_images)
    return images, _collect(fields)


def _read_json(body: bytes) -> tuple[list[bytes], dict[str, Any]]:
    """Read `{"image": {"b64": "..."}, ...options}`."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BodyInvalidError("the body is no JSON document that can be read") from error
    if not isinstance(document, dict):
        raise BodyInvalidError('the JSON body must be an object: {"image": {"b64": "..."}}')
    options = dict(document)
    image = options.pop(IMAGE_FIELD, None)
    if image is None:
        raise ImageMissingError
    if not isinstance(image, dict) or not isinstance(image.get("b64"), str) or len(image) != 1:
        raise _fault(IMAGE_FIELD, 'must be {"b64": "<base64 of the file>"}')
    try:
        return [base64.b64decode(image["b64"], validate=True)], options
    except (binascii.Error, ValueError) as error:
        raise _fault("image/b64", "is not base64", nested=True) from error


def _collect(fields: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Make a dictionary of options; only lists may be given several times."""
    collected: dict[str, Any] = {}
    for name, value in fields:
        if name not in collected:
            collected[name] = value
        elif name in LIST_FIELDS:
            collected[name] += f",{value}"
        else:
            raise _fault(name, "given more than once")
    return collected


def _fault(field: str, detail: str, *, nested: bool = False) -> FieldsInvalidError:
    """Name a field that is wrong; a nested one is a pointer already."""
    name = field[:100]
    escaped = name if nested else name.replace("~", "~0").replace("/", "~1")
    return FieldsInvalidError([FieldFault(pointer=f"/{escaped}", detail=detail)])
