"""From what a schema says of wrong fields to what a problem says of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api_schemas.problems import FieldFault


def field_faults(
    errors: Sequence[Mapping[str, Any]], *, known: Iterable[str] = ()
) -> list[FieldFault]:
    """Turn pydantic's list of errors into JSON pointers and plain words.

    Args:
        errors: as pydantic lists them.
        known: the fields that there are, for whoever has sent another.
    """
    faults = []
    for error in errors:
        parts = [str(part)[:100] for part in error["loc"] if part not in ("body", "query")]
        detail = error["msg"][:300]
        if error["type"] == "extra_forbidden":
            detail = "; ".join(["no such option", *_listed(known)])
        faults.append(FieldFault(pointer="/" + "/".join(map(escaped, parts)), detail=detail))
    return faults


def escaped(name: str) -> str:
    """Write a member's name as a part of a JSON pointer (RFC 6901, section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def _listed(known: Iterable[str]) -> list[str]:
    names = ", ".join(known)
    return [f"the options here are {names}"] if names else []
