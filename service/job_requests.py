"""The headers and the body of a submission."""

import re
from typing import Any, Literal

from pydantic.json_schema import models_json_schema

from api_schemas.job_kinds import JOB_KINDS
from api_schemas.problems import FieldFault
from service.errors import FieldsInvalidError

REFERENCE = "#/components/schemas/{model}"
"""Where the OpenAPI document has its schemas."""

LONGEST_WORD = 255
"""Characters of an Idempotency-Key."""

WORD: dict[str, Any] = {"minLength": 1, "maxLength": LONGEST_WORD, "pattern": "^[ -~]+$"}
"""Of an Idempotency-Key, for the OpenAPI document; others' letters are taken, too."""

LONGEST_WAIT_SECONDS = 60
"""A `Prefer: wait` asks for more in vain: proxies cut longer requests off."""

WAIT = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,9})\"?\s*(?:$|[,;])", re.IGNORECASE)
"""RFC 7240, section 4.3."""


def idempotency_word(header: str | None) -> str | None:
    """Check a caller's own word for a submission.

    Raises:
        FieldsInvalidError: it is empty, too long or not printable.
    """
    if header is not None and not (0 < len(header) <= LONGEST_WORD and header.isprintable()):
        detail = f"must have 1 to {LONGEST_WORD} printable characters, as a UUID has"
        raise FieldsInvalidError([FieldFault(pointer="/Idempotency-Key", detail=detail)])
    return header


def preferred_wait(header: str | None) -> int:
    """Read how many seconds the caller likes to wait; what cannot be met is not an error."""
    found = WAIT.search(header or "")
    return min(int(found.group(1)), LONGEST_WAIT_SECONDS) if found else 0


def job_request() -> dict[str, Any]:
    """Describe a submission for the OpenAPI document: one form for each kind."""
    name = {"anyOf": [{"type": "string", "maxLength": 64}, {"type": "null"}]}
    model = name | {"description": "By default the service's default model."}
    kinds = [
        {
            "type": "object",
            "title": kind.name,
            "description": kind.summary,
            "required": ["kind"],
            "additionalProperties": False,
            "properties": {
                "kind": {"const": kind.name},
                "model": model,
                "params": {"$ref": REFERENCE.format(model=kind.parameters.__name__)},
            },
        }
        for kind in JOB_KINDS.values()
    ]
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"oneOf": kinds}}},
        }
    }


def parameter_schemas() -> dict[str, Any]:
    """Give the schemas of all kinds' parameters, and those that they refer to, by name."""
    read: Literal["validation"] = "validation"
    schemas = [(kind.parameters, read) for kind in JOB_KINDS.values()]
    _, document = models_json_schema(schemas, ref_template=REFERENCE)
    definitions: dict[str, Any] = document.get("$defs", {})
    return definitions
