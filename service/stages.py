"""The stages of a request: timed for `Server-Timing` and the metrics, recorded in its trace."""

import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

from messaging.tracing.spans import span


@contextmanager
def stage(name: str, timings: MutableMapping[str, float], *, images: int) -> Iterator[None]:
    """Note how long the block takes, unless it fails.

    Args:
        name: of the stage.
        timings: filled with its time, in ms.
        images: that it is done for.
    """
    started_at = time.perf_counter()
    with span(name, attributes={"vitrine.images": images}):
        yield
    timings[name] = (time.perf_counter() - started_at) * 1e3
