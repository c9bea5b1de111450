"""Which requests are the same: those of one key have one answer."""

import hashlib
import json

from api_schemas.auto import AUTO_METHOD
from api_schemas.explanations import ExplanationOrder


def is_repeatable(order: ExplanationOrder) -> bool:
    """Whether the same order has the same answer.

    `auto` leaves methods out when its time is over; an order that names its place in a batch
    is there to be computed.
    """
    return order.method != AUTO_METHOD.name and order.place is None


def cache_key(
    order: ExplanationOrder, pixels_digest: bytes, *, fingerprint: str, owner: str | None
) -> bytes:
    """Sum up all that an answer depends on.

    Args:
        order: what is computed.
        pixels_digest: SHA-256 of the pixels that the network sees: a PNG and a JPEG of the
            same ones are the same image.
        fingerprint: of the model and what computes it.
        owner: who may see the answer; what one has asked for is nothing to another, since
            the time that an answer takes would tell it.

    Returns:
        32 bytes.
    """
    asked = order.model_dump(mode="json", exclude={"place"})
    parts = [fingerprint, owner, asked, pixels_digest.hex()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()
