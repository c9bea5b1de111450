"""The body of every refusal: RFC 9457 problem details with a stable code."""

from api_schemas.schema import Schema

MEDIA_TYPE = "application/problem+json"


class FieldFault(Schema):
    """One field that was wrong."""

    pointer: str
    """JSON pointer to the field, such as `/opacity`."""
    detail: str
    """What was wrong with it and what is allowed."""


class Problem(Schema):
    """What went wrong, for a program (`code`) and for a person (`detail`)."""

    type: str = "about:blank"
    """URI of the kind of problem; `code` is its last part."""
    title: str
    """The kind of problem in a few words."""
    status: int
    """The HTTP status again."""
    detail: str
    """What happened this time and what to do about it."""
    instance: str
    """Path of the request."""
    code: str
    """Stable word in snake_case; `docs/http_interface.md` lists them all."""
    request_id: str
    """The `X-Request-ID` of the request, also in the service's logs."""
    errors: list[FieldFault] | None = None
    """For wrong fields: each of them."""
    error: str | None = None
    """The detail again, where clients of other people's protocols look for it."""
