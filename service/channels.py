"""From `0-31,40` to the channels of a layer."""

from api_schemas.channels import FIRST_CHANNELS, MOST_CHANNELS
from api_schemas.problems import FieldFault
from service.errors import FieldsInvalidError


def chosen_channels(ranges: str | None, *, layer: str, available: int) -> tuple[int, ...]:
    """List the channels that a request asks for, in its order, each once.

    Args:
        ranges: as the schema lets them pass; none for the first of the layer.
        layer: for the refusal.
        available: channels that the layer has.

    Raises:
        FieldsInvalidError: the layer has fewer, or the request asks for too many.
    """
    if ranges is None:
        return tuple(range(min(available, FIRST_CHANNELS)))
    chosen: dict[int, None] = {}
    for piece in ranges.split(","):
        first, _, last = (word.strip() for word in piece.partition("-"))
        start, end = int(first), int(last or first)
        if start > end:
            raise _fault(f"{start}-{end} runs backwards; write {end}-{start}")
        if end >= available:
            raise _fault(
                f"layer {layer!r} has {available} channels, 0 to {available - 1}; "
                f"{end} was asked for"
            )
        chosen |= dict.fromkeys(range(start, end + 1))
    if len(chosen) > MOST_CHANNELS:
        raise _fault(f"{len(chosen)} channels; at most {MOST_CHANNELS} are shown at once")
    return tuple(chosen)


def _fault(detail: str) -> FieldsInvalidError:
    return FieldsInvalidError([FieldFault(pointer="/channels", detail=detail)])
