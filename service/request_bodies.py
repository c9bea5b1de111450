"""How the OpenAPI document describes bodies that hold an image in one of three forms."""

from typing import Any

from api_schemas.schema import Schema

BASE64 = {
    "type": "string",
    "contentEncoding": "base64",
    "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    "description": "Base64 of an image file.",
}
ENCODED = {
    "type": "object",
    "required": ["b64"],
    "additionalProperties": False,
    "properties": {"b64": BASE64},
}
FILE = {"type": "string", "format": "binary", "description": "An image file."}
PART = FILE | {"description": "An image file. Several parts of this name are a batch."}


def image_request(options: type[Schema], *, takes_more: bool = False) -> dict[str, Any]:
    """Describe a request with an image and options, for a route's `openapi_extra`.

    Args:
        options: schema of the options: form fields, query parameters or JSON members.
        takes_more: whether others may come beside them, as those of a method.
    """
    schema = options.model_json_schema(ref_template="#/components/schemas/{model}")
    properties: dict[str, Any] = schema["properties"]
    as_text = {name: _without_null(described) for name, described in properties.items()}
    return {
        "parameters": [_in_query(name, described) for name, described in as_text.items()],
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {"schema": _members(PART, as_text, takes_more)},
                "image/*": {"schema": FILE},
                "application/json": {"schema": _members(ENCODED, properties, takes_more)},
            },
        },
    }


def _members(
    image: dict[str, Any], properties: dict[str, Any], takes_more: bool
) -> dict[str, Any]:
    """Describe an image and options beside each other."""
    return {
        "type": "object",
        "required": ["image"],
        "additionalProperties": takes_more,
        "properties": {"image": image, **properties},
    }


def _without_null(described: dict[str, Any]) -> dict[str, Any]:
    """Describe an option where it is text, in a form or a query: it is left out, never null."""
    forms = [form for form in described.get("anyOf", []) if form != {"type": "null"}]
    if not forms:
        return described
    kept = {key: value for key, value in described.items() if key != "anyOf"}
    if kept.get("default", "") is None:
        del kept["default"]
    return {**forms[0], **kept} if len(forms) == 1 else {"anyOf": forms, **kept}


def _in_query(name: str, described: dict[str, Any]) -> dict[str, Any]:
    """Describe an option as a query has it: what has members of its own is JSON text."""
    held = {"content": {"application/json": {"schema": described}}}
    return {
        "name": name,
        "in": "query",
        "required": False,
        **(held if "$ref" in described else {"schema": described}),
        "description": described.get("description", ""),
    }
