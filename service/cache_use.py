"""What the request under way makes of the cache of results."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

CACHE_HEADER = "X-Vitrine-Cache"


@dataclass
class CacheUse:
    """What one request allows, and what came of it."""

    owner: str | None = None
    """Whose results it may be answered with, and whose its own become: nobody's in particular
    where no API keys are asked for."""
    may_read: bool = True
    may_keep: bool = True
    hits: int = 0
    """Images answered from the cache."""
    misses: int = 0
    """Images computed, for want of an answer in the cache."""
    bypassed: int = 0
    """Images computed without a look into the cache."""

    def stay_away(self) -> None:
        """Have everything computed, and nothing kept."""
        self.may_read = self.may_keep = False

    @property
    def told(self) -> str:
        """What the answer's header says; nothing where no worker was needed."""
        counts = {"hit": self.hits, "miss": self.misses, "bypass": self.bypassed}
        found = [word for word, count in counts.items() if count]
        if len(found) > 1:
            return ", ".join(f"{word};images={counts[word]}" for word in found)
        return "".join(found)


_USE: ContextVar[CacheUse | None] = ContextVar("cache_use", default=None)


@contextmanager
def cache_use_of(cache_control: str) -> Iterator[CacheUse]:
    """Note the use of the cache for a request, until the block ends.

    Args:
        cache_control: the request's header (RFC 9111, section 5.2.1): `no-cache` has
            everything computed anew, `no-store` keeps nothing besides.
    """
    words = set(re.split(r"[\s,]+", cache_control.lower()))
    may_read = not words & {"no-cache", "no-store"}
    use = CacheUse(may_read=may_read, may_keep="no-store" not in words)
    token = _USE.set(use)
    try:
        yield use
    finally:
        _USE.reset(token)


def current_cache_use() -> CacheUse:
    """Give the use of the request under way; outside of one, nobody looks at it."""
    return _USE.get() or CacheUse()
