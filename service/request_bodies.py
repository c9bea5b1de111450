"""How the OpenAPI document describes bodies that hold an image in one of three forms."""

from typing import Any

from api_schemas.schema import Schema


def image_request(options: type[Schema]) -> dict[str, Any]:
    """Describe a request with an image and options, for a route's `openapi_extra`.

    Args:
        options: schema of the options: form fields, query parameters or JSON members.
    """
    schema = options.model_json_schema(ref_template="#/components/schemas/{model}")
    properties: dict[str, Any] = schema["properties"]
    file = {"type": "string", "format": "binary", "description": "An image file."}
    part = file | {"description": "An image file. Several parts of this name are a batch."}
    encoded = {
        "type": "object",
        "required": ["b64"],
        "additionalProperties": False,
        "properties": {
            "b64": {
                "type": "string",
                "contentEncoding": "base64",
                "description": "Base64 of an image file.",
            }
        },
    }
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": described,
            "description": described.get("description", ""),
        }
        for name, described in properties.items()
    ]
    return {
        "parameters": parameters,
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["image"],
                        "properties": {"image": part, **properties},
                    }
                },
                "image/*": {"schema": file},
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["image"],
                        "properties": {"image": encoded, **properties},
                    }
                },
            },
        },
    }
