"""JSON held against a schema as the document says it: `0` is no boolean, `"12"` no number."""

import json
from typing import TypeVar

from api_schemas.schema import Schema

Exact = TypeVar("Exact", bound=Schema)


def exactly(schema: type[Exact], document: object) -> Exact:
    """Read a document that was JSON, taking no value for one of another type.

    Raises:
        ValidationError: it is not what the schema says.
    """
    return schema.model_validate_json(json.dumps(_whole(document)), strict=True)


def _whole(value: object) -> object:
    """Write whole numbers as such: to JSON Schema 8.0 is an integer, to pydantic it is none."""
    if isinstance(value, dict):
        return {name: _whole(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
