"""Requests and replies for the tests of the lane."""

import numpy as np
import redis

from api_schemas.explanations import ExplanationOrder
from messaging.inbox import Delivery
from messaging.keys import requests_key
from messaging.wire import Reply, Request, pack_request

MODEL = "tiny"
PIXELS = np.zeros((2, 2, 3), np.uint8)


def order(model: str = MODEL, target: int = -1) -> ExplanationOrder:
    return ExplanationOrder(model=model, method=None, target=target)


def request(request_id: str = "a", *, model: str = MODEL, patience_ms: int = 60_000) -> Request:
    return Request(request_id, "front", patience_ms, order(model), PIXELS)


def queue(connection: redis.Redis, *request_ids: str, model: str = MODEL) -> None:
    """Add requests as a front does."""
    for request_id in request_ids:
        packed = pack_request(request(request_id, model=model))
        connection.xadd(requests_key(model), {"order": packed})


def reply_to(delivery: Delivery) -> Reply:
    """Answer a request with its own target, so that answers can be told apart."""
    return Reply(delivery.request.request_id, "done", target=delivery.request.order.target)
