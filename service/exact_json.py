"""JSON taken for what it is: `0` is no boolean, `"12"` no number, whatever could be made of it.

Forms and queries hold text alone, and so our schemas read text as numbers; in JSON that would
take what the OpenAPI document refuses. Pydantic's own strict mode is no help: behind a
validator that runs before, it takes no list for a tuple.
"""

from collections.abc import Iterator

from api_schemas.problems import FieldFault
from service.field_faults import escaped


def type_faults(sent: object, read: object, pointer: str = "") -> Iterator[FieldFault]:
    """Point at each value that was read as one of another type.

    Args:
        sent: a document, parsed from JSON.
        read: the same after a schema has read it, as it would be written again.
        pointer: where in the request they stand.
    """
    if isinstance(sent, dict) and isinstance(read, dict):
        for name in sent.keys() & read.keys():
            yield from type_faults(sent[name], read[name], f"{pointer}/{escaped(name)}")
    elif isinstance(sent, list) and isinstance(read, list):
        for place, pair in enumerate(zip(sent, read, strict=False)):
            yield from type_faults(*pair, f"{pointer}/{place}")
    elif {_kind(sent), _kind(read)} <= SCALARS and _kind(sent) != _kind(read):
        detail = f"must be {_kind(read)}, not {_kind(sent)}"
        yield FieldFault(pointer=pointer, detail=detail)


SCALARS = frozenset({"true or false", "a number", "text"})
"""What JSON has of values without parts, as a message names them."""


def _kind(value: object) -> str:
    """Name the type that a value has in JSON."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "text" if isinstance(value, str) else "something else"
