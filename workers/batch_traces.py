"""The spans of a batch: how long each request waited, and the one run that they share."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from messaging.inbox import Delivery
from messaging.tracing.spans import (
    NOTHING,
    Attributes,
    Carrier,
    carried,
    is_recording,
    is_sampled,
    past_span,
    span,
)

NS_PER_SECOND = 1_000_000_000
NS_PER_MS = 1_000_000


@contextmanager
def batch_traced(batch: Sequence[Delivery]) -> Iterator[None]:
    """Record the block, in which a batch is computed, in the traces of its requests.

    A span has one parent: `batch` is in the trace of the oldest request that is recorded, and
    links to every one. The others get a `shared batch` of the same time, which links to it.
    """
    if not is_recording():
        yield
        return
    began_ns, began = time.time_ns(), time.monotonic()
    for delivery in batch:
        _record_wait(delivery, began_ns - round((began - delivery.taken_at) * NS_PER_SECOND))
    members = [delivery.request.trace for delivery in batch if delivery.request.trace]
    recorded = [one for one in members if is_sampled(one)]
    lead = (recorded or members or [NOTHING])[0]
    about = _about(batch)
    run: Carrier = {}
    try:
        with span("batch", kind="consumer", parent=lead, links=members, attributes=about):
            run = carried()
            yield
    finally:
        for other in recorded[1:]:
            past_span(
                "shared batch",
                kind="consumer",
                parent=other,
                links=[run],
                attributes=about,
                began_ns=began_ns,
                ended_ns=time.time_ns(),
            )


def _record_wait(delivery: Delivery, taken_ns: int) -> None:
    """Record the time from queued until taken, as `Timings.queue` tells it."""
    past_span(
        "queue",
        kind="consumer",
        parent=delivery.request.trace,
        attributes={
            "vitrine.request": delivery.request.asked_by,
            "vitrine.taken_over": delivery.is_recovered,
        },
        began_ns=taken_ns - round(delivery.queued_ms * NS_PER_MS),
        ended_ns=taken_ns,
    )


def _about(batch: Sequence[Delivery]) -> Attributes:
    """Say what a batch is of."""
    order = batch[0].request.order
    return {
        "vitrine.model": order.model,
        "vitrine.method": order.method or "predict",
        "vitrine.images": len(batch),
        "vitrine.requests": sorted({delivery.request.asked_by for delivery in batch}),
    }
