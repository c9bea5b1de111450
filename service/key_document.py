"""What the OpenAPI document says of API keys."""

from typing import Any

from service.refusals import ON_KEYS, problems
from service.scopes import scope_of

SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key, once the service has any.",
    },
    "header": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "The same, for callers who need the other header themselves.",
    },
}


def declare_keys(document: dict[str, Any]) -> None:
    """Declare, on every operation that asks for a key, how it is sent and what is refused."""
    document["components"]["securitySchemes"] = SCHEMES
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if scope_of(method.upper(), path) is not None:
                # The first one, since no key is needed before there are any.
                operation["security"] = [{}, *({scheme: []} for scheme in SCHEMES)]
                _add_refusals(operation["responses"])


def _add_refusals(declared: dict[str, Any]) -> None:
    """Declare what the gate refuses, beside what the route itself does."""
    for status, refusal in problems(*ON_KEYS).items():
        known = declared.setdefault(str(status), {**refusal, "description": ""})
        codes = [*known["description"].split(", "), *refusal["description"].split(", ")]
        known["description"] = ", ".join(dict.fromkeys(filter(None, codes)))
