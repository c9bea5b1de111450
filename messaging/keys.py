"""The table of Redis keys of the interactive lane.

| key | type | content | lifetime |
|---|---|---|---|
| vitrine:requests:<model> | stream | `order`: a request, see `wire.py` | until answered |
| vitrine:requests:<model>:long | stream | the same, for orders of many passes | the same |
| vitrine:replies:<front> | list | replies, see `wire.py` | REPLIES_SECONDS |
| vitrine:models | hash | model name → `ModelRecord` JSON | for good |
| vitrine:worker:<worker> | string | JSON list of the models it hosts | WORKER_SECONDS |
| vitrine:vitals:<worker> | string | `Vitals` JSON, see `vitals.py` | WORKER_SECONDS |
| vitrine:workers | set | IDs of announced workers | a member goes when found dead |
| vitrine:cache:replies | hash | key → reply, see `result_cache.py` | CACHE_SECONDS |
| vitrine:cache:uses | sorted set | key → number of its last use | the same |

A stream has one consumer group, GROUP; a consumer's name is the worker's ID. An entry's ID is
the time of Redis' own clock, in ms, when it was added: deadlines count from there.
"""

from api_schemas.explanations import ExplanationOrder
from api_schemas.methods import METHODS

GROUP = "workers"
"""The consumer group of every request stream."""

REPLIES_SECONDS = 60
"""A front that has not fetched a reply by then is gone."""

WORKER_SECONDS = 5
"""A worker that has not announced itself for so long counts as dead."""

CACHE_SECONDS = 24 * 60 * 60
"""The cache goes when nobody has used it for so long."""

MODELS = "vitrine:models"
WORKERS = "vitrine:workers"
CACHED_REPLIES = "vitrine:cache:replies"
CACHED_USES = "vitrine:cache:uses"


def requests_key(model: str, *, is_long: bool = False) -> str:
    """Name the stream of quick or of long requests for a model."""
    return f"vitrine:requests:{model}" + (":long" if is_long else "")


def order_key(order: ExplanationOrder) -> str:
    """Name the stream that an order belongs to."""
    method = METHODS.get(order.method or "")
    is_long = order.evidence or (method is not None and method.is_long)
    return requests_key(order.model, is_long=is_long)


def replies_key(front: str) -> str:
    """Name the list of replies to a front process."""
    return f"vitrine:replies:{front}"


def worker_key(worker: str) -> str:
    """Name the sign of life of a worker."""
    return f"vitrine:worker:{worker}"


def vitals_key(worker: str) -> str:
    """Name what a worker tells of itself."""
    return f"vitrine:vitals:{worker}"
