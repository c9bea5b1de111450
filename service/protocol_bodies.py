"""Reading the bodies of other people's protocols: JSON, and the bytes that may follow it."""

import json
import re
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import JsonValue, ValidationError
from starlette.requests import ClientDisconnect

from api_schemas.problems import FieldFault
from api_schemas.schema import Schema
from service.bounded_bodies import bounded, refuse_declared
from service.dependencies import PartsOf
from service.errors import BodyInvalidError, EnvelopeInvalidError, MediaTypeUnsupportedError
from service.field_faults import field_faults

JSON_LENGTH_HEADER = "Inference-Header-Content-Length"
"""Bytes of the JSON at the start of a body; the tensors' bytes follow."""

TAKEN = ("", "application/json", "application/octet-stream")
"""Content types; clients in use send none. What a web page of somebody else's could have a
browser send without asking is not among them."""

Envelope = TypeVar("Envelope", bound=Schema)


@dataclass(frozen=True)
class ProtocolBody:
    """A body in its two parts."""

    head: bytes
    """JSON, not yet parsed."""
    binary: memoryview
    """What follows it; empty where nothing does."""


async def protocol_body(request: Request, parts: PartsOf) -> ProtocolBody:
    """Read the body of a request.

    Raises:
        MediaTypeUnsupportedError: it is not JSON by its content type, or is compressed.
        BodyTooLargeError: more bytes than allowed, said or sent.
        BodyInvalidError: it is cut off, or shorter than its JSON is said to be.
    """
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in TAKEN:
        raise MediaTypeUnsupportedError(media_type, "application/json")
    coding = request.headers.get("content-encoding", "identity").lower()
    if coding != "identity":
        raise MediaTypeUnsupportedError(coding, "the body uncompressed")
    refuse_declared(request, parts.settings.max_body_bytes)
    try:
        body = await bounded(request, parts.settings.max_body_bytes).body()
    except ClientDisconnect as error:
        raise BodyInvalidError("the connection ended before the body did") from error
    length = request.headers.get(JSON_LENGTH_HEADER, str(len(body)))
    if not re.fullmatch(r"[0-9]{1,12}", length) or int(length) > len(body):
        raise BodyInvalidError(
            f"`{JSON_LENGTH_HEADER}` must be the bytes of the JSON, at most the {len(body)} "
            "of the body"
        )
    return ProtocolBody(body[: int(length)], memoryview(body)[int(length) :])


ProtocolBodyOf = Annotated[ProtocolBody, Depends(protocol_body)]


def read_envelope(schema: type[Envelope], body: ProtocolBody) -> Envelope:
    """Parse the JSON of a body, and check all of it that is neither image nor option.

    Raises:
        BodyInvalidError: it is no JSON object.
        EnvelopeInvalidError: naming every member that is unknown, missing or wrong.
    """
    try:
        document = json.loads(body.head)
    except (ValueError, RecursionError) as error:
        raise BodyInvalidError("the body is no JSON document that can be read") from error
    if not isinstance(document, dict):
        raise BodyInvalidError("the JSON body must be an object")
    try:
        return schema.model_validate(document)
    except ValidationError as error:
        raise EnvelopeInvalidError(field_faults(error.errors())) from error


def wrong(pointer: str, detail: str) -> EnvelopeInvalidError:
    """Name one member that is wrong."""
    return EnvelopeInvalidError([FieldFault(pointer=pointer, detail=detail)])


def json_request(schema: type[Schema], *, binary: bool) -> dict[str, Any]:
    """Describe a body for a route's `openapi_extra`.

    Args:
        schema: of its JSON.
        binary: whether bytes may follow the JSON.
    """
    described = schema.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = described.pop("$defs", {})
    content: dict[str, Any] = {"application/json": {"schema": _inlined(described, definitions)}}
    if binary:
        content["application/octet-stream"] = {
            "schema": {
                "type": "string",
                "format": "binary",
                "description": f"The JSON, `{JSON_LENGTH_HEADER}` bytes, then the tensors'.",
            }
        }
    return {"requestBody": {"required": True, "content": content}}


def _inlined(schema: JsonValue, definitions: dict[str, JsonValue]) -> JsonValue:
    """Put definitions where they are referred to: the document has no place for them."""
    if isinstance(schema, list):
        return [_inlined(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    definition = definitions.get(str(schema.get("$ref")).rpartition("/")[2])
    if isinstance(definition, dict):
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return _inlined(definition | beside, definitions)
    return {key: _inlined(value, definitions) for key, value in schema.items()}
