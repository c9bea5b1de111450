"""Reading a JSON body into a schema, never more of it than the limit allows."""

from typing import TypeVar

from fastapi import Request
from pydantic import ValidationError

from api_schemas.schema import Schema
from service.bounded_bodies import bounded, refuse_declared
from service.errors import BodyInvalidError, FieldsInvalidError, MediaTypeUnsupportedError
from service.field_faults import field_faults

Body = TypeVar("Body", bound=Schema)


async def read_json_body(request: Request, schema: type[Body], *, max_body_bytes: int) -> Body:
    """Read a body.

    Raises:
        MediaTypeUnsupportedError: it is of another content type.
        BodyTooLargeError: more bytes than allowed, said or sent.
        BodyInvalidError: it is no JSON.
        FieldsInvalidError: it is not what the schema says.
    """
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        raise MediaTypeUnsupportedError(media_type or "(none)", "application/json")
    refuse_declared(request, max_body_bytes)
    try:
        return schema.model_validate_json(await bounded(request, max_body_bytes).body())
    except ValidationError as error:
        faults = field_faults(error.errors(), known=schema.model_fields)
        if any(one["type"] == "json_invalid" for one in error.errors()):
            raise BodyInvalidError("the body is no JSON document that can be read") from error
        raise FieldsInvalidError(faults) from error
