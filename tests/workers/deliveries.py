"""Requests in a worker's hands, for tests."""

import time

import numpy as np

from api_schemas.explanations import ExplanationOrder
from api_schemas.receipts import BatchPlace
from messaging.inbox import Delivery
from messaging.wire import Request

SIDE = 32


def image(seed: int, side: int = SIDE) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)


def delivery(
    request_id: str = "a",
    *,
    method: str | None = None,
    target: int = -1,
    layer: str | None = None,
    is_recovered: bool = False,
    pixels: np.ndarray | None = None,
    place: BatchPlace | None = None,
    **parameters: object,
) -> Delivery:
    """Make a request that has just been taken."""
    order = ExplanationOrder(
        model="tiny",
        method=method,
        target=target,
        layer=layer,
        parameters=parameters,
        place=place,
    )
    pixels = image(0) if pixels is None else pixels
    return Delivery(
        stream="vitrine:requests:tiny",
        entry="1-0",
        request=Request(request_id, "front", 60_000, order, pixels),
        taken_at=time.monotonic(),
        queued_ms=0.0,
        is_recovered=is_recovered,
    )


def ids(batch) -> list[str]:
    return [held.request.request_id for held in batch]
