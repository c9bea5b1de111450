"""A call of curl, held against the OpenAPI document: route, method, form fields, JSON body."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import jsonschema

from api_schemas.methods import describe_methods
from service.describe import openapi_document

DOCUMENT = openapi_document()
SERVICE = re.compile(r"(?:http://)?(?:localhost|127\.0\.0\.1):8000")
PLAIN = frozenset({"-s", "-f", "-sf", "-N", "-v", "-i"})
"""Options that take no value."""
ELSEWHERE = "…"
"""In a body that a page leaves to the reader."""
METHOD_OPTIONS = {
    name for method in describe_methods().methods for name in method.parameters["properties"]
}
"""Of all explanation methods, each under its own name."""


class WrongCallError(Exception):
    """The call asks for what the service has not."""


@dataclass
class CurlCall:
    """What a call sends."""

    path: str = ""
    method: str = ""
    fields: list[str] = field(default_factory=list)
    body: str | None = None
    content_type: str = ""


def parsed(words: tuple[str, ...]) -> CurlCall:
    """Read the words of a call.

    Raises:
        WrongCallError: an option is not known here, or there is not one address.
    """
    call, rest, addresses = CurlCall(), list(words[1:]), []
    while rest:
        word = rest.pop(0)
        if word in ("-F", "-d", "--json", "-H", "-X", "-o"):
            _take(call, word, rest.pop(0))
        elif word.startswith("-") and word not in PLAIN:
            raise WrongCallError(f"the option {word} is not known to this test")
        elif not word.startswith("-"):
            addresses.append(word)
    if len(addresses) != 1 or not SERVICE.match(addresses[0]):
        raise WrongCallError(f"not one address of the service: {addresses}")
    call.path = SERVICE.sub("", addresses[0]).partition("?")[0]
    call.method = call.method or ("post" if call.fields or call.body is not None else "get")
    return call


def _take(call: CurlCall, option: str, value: str) -> None:
    if option == "-F":
        call.fields.append(value.partition("=")[0])
        call.content_type = "multipart/form-data"
    elif option in ("-d", "--json"):
        call.body = value
        call.content_type = call.content_type or (
            "application/json" if option == "--json" else "application/x-www-form-urlencoded"
        )
    elif option == "-X":
        call.method = value.lower()
    elif option == "-H" and value.lower().startswith("content-type:"):
        call.content_type = value.partition(":")[2].strip()


def operation_of(call: CurlCall) -> dict[str, Any]:
    """Find what answers a call.

    Raises:
        WrongCallError: nothing does.
    """
    found = [
        (template.count("{"), operations[call.method])
        for template, operations in DOCUMENT["paths"].items()
        if call.method in operations and _pattern(template).fullmatch(call.path)
    ]
    if not found:
        raise WrongCallError(f"there is no {call.method.upper()} {call.path}")
    return min(found, key=lambda one: one[0])[1]


def _pattern(template: str) -> re.Pattern[str]:
    """Make a pattern of a path; files may be in folders."""
    parts = re.split(r"({\w+})", template)
    wide = {"{path}": ".+", "{layer}": ".+"}
    return re.compile(
        "".join(
            wide.get(part, "[^/]+") if part.startswith("{") else re.escape(part)
            for part in parts
        )
    )


def check(words: tuple[str, ...]) -> None:
    """Hold a call against the document.

    Raises:
        WrongCallError: the service would not take it.
        jsonschema.ValidationError: its body is not what the route takes.
    """
    call = parsed(words)
    operation = operation_of(call)
    if not call.content_type:
        return
    bodies = operation["requestBody"]["content"]
    if call.content_type not in bodies:
        raise WrongCallError(f"{call.content_type} is not among {sorted(bodies)}")
    schema = bodies[call.content_type]["schema"]
    if call.fields:
        known = set(schema["properties"])
        known |= METHOD_OPTIONS if schema["additionalProperties"] is True else set()
        if not set(call.fields) <= known:
            raise WrongCallError(f"{set(call.fields) - known} are not among {sorted(known)}")
    elif call.body is not None and call.body != "@-" and ELSEWHERE not in call.body:
        whole = {**schema, "components": DOCUMENT["components"]}
        jsonschema.Draft202012Validator(whole).validate(json.loads(call.body))
