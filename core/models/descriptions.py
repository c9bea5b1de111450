"""Looking for code and foreign classes in a network's description, the JSON in its file."""

import json
from collections.abc import Iterator
from typing import Any

import keras

from core.errors import ModelFileError

CODE_CLASSES = frozenset({"Lambda", "__lambda__", "TFSMLayer"})
"""Class names in a description that stand for code, or for a file elsewhere that is code."""
KNOWN_PACKAGES = frozenset({"keras", "builtins"})
"""Top packages whose classes a description may name without the operator's trust."""


def check_description(model: str, description: bytes) -> None:
    """Refuse a network whose description needs code that is not Keras' own.

    Raises:
        ModelFileError: it holds a Lambda, a SavedModel, or a class from elsewhere
            that this process does not know, or is no JSON.
    """
    for part in tables_of(parsed(model, description)):
        name = part.get("class_name")
        if name in CODE_CLASSES:
            raise ModelFileError(
                model,
                f"the network holds {name} code, which runs only if the operator trusts it",
            )
        registered = str(part.get("registered_name") or name)
        if is_foreign(part) and keras.saving.get_registered_object(registered) is None:
            raise ModelFileError(
                model,
                f"the network needs the class {registered[:80]!r}, which is not "
                "Keras' own; its code (`weights.code`) runs only if the operator trusts it",
            )


def tables_of(description: object) -> Iterator[dict[str, Any]]:
    """Go through every table in a description, without recursion."""
    waiting = [description]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def is_foreign(part: dict[str, Any]) -> bool:
    """Whether a table describes an object of a class that is not Keras' own."""
    if not isinstance(part.get("class_name"), str):
        return False
    module, registered = part.get("module"), part.get("registered_name")
    is_elsewhere = isinstance(module, str) and module.split(".")[0] not in KNOWN_PACKAGES
    return is_elsewhere or (isinstance(registered, str) and ">" in registered)


def parsed(model: str, description: bytes) -> object:
    """Read a network's description as JSON.

    Raises:
        ModelFileError: it is none, or nested too deeply.
    """
    try:
        return json.loads(description)
    except (ValueError, RecursionError) as error:
        raise ModelFileError(model, "the network's description is no JSON") from error
