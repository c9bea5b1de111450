"""Which form of answer a request's `Accept` header asks for."""

from collections.abc import Sequence

from service.errors import NotAcceptableError

JSON = "application/json"
PNG = "image/png"
WEBP = "image/webp"


def preferred(accept: str, offered: Sequence[str]) -> str:
    """Choose among the media types offered, as RFC 9110, section 12.5.1, has it.

    Args:
        accept: the header; an empty one accepts everything.
        offered: in our own order of preference.

    Raises:
        NotAcceptableError: none of them is accepted.
    """
    ranges = _ranges(accept or "*/*")
    weights = {media_type: _weight(media_type, ranges) for media_type in offered}
    best = max(offered, key=lambda media_type: weights[media_type])
    if weights[best] == 0:
        raise NotAcceptableError(accept, offered)
    return best


def _ranges(accept: str) -> dict[str, float]:
    """Read the header: media range → weight."""
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            ranges[media_range] = min(1.0, max(0.0, float(weight)))
        except ValueError:
            ranges[media_range] = 0.0
    return ranges


def _weight(media_type: str, ranges: dict[str, float]) -> float:
    """Weigh a media type by the most specific range that covers it."""
    kind = media_type.split("/")[0]
    for media_range in (media_type, f"{kind}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
