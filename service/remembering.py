"""The cache of results from a request's side: it may help, and never stands in the way."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from redis.exceptions import RedisError

from api_schemas.explanations import ExplanationOrder
from messaging.result_cache import ResultCache
from messaging.tracing.spans import note, span
from messaging.wire import Reply
from service.cache_keys import cache_key, is_repeatable
from service.cache_use import current_cache_use
from service.decoded_image import DecodedImage
from service.known_models import KnownModels
from service.metrics import Metrics

PATIENCE_SECONDS = 1.0
"""A cache that has not answered by then is not worth waiting for."""

MOST_KEEPING = 64
"""Replies on their way into the cache; one that comes while there are so many is not kept."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Remembered:
    """What the cache knew of a request."""

    fingerprint: str = ""
    """Of the model asked; what another one answers is not kept under these keys."""
    keys: tuple[bytes, ...] = ()
    """One an image; none where nothing is to be kept."""
    found: Mapping[int, Reply] = field(default_factory=dict)
    """Replies by the position of the image."""


NOTHING = Remembered()


class Remembering:
    """Looks into the cache before workers are asked, and keeps what they answer.

    Two requests for the same at the same moment are both computed. A cache that fails or is
    slow is counted and done without.
    """

    def __init__(
        self, cache: ResultCache | None, *, models: KnownModels, metrics: Metrics
    ) -> None:
        self._cache = cache
        self._models = models
        self._metrics = metrics
        self._keeping: set[asyncio.Task[None]] = set()

    async def find(self, order: ExplanationOrder, images: Sequence[DecodedImage]) -> Remembered:
        """Look up what is known of the images, as far as the request allows.

        Raises:
            MessagingError, ServiceError: the model is not known any longer.
        """
        if self._cache is None:
            return NOTHING
        use = current_cache_use()
        fingerprint = (await self._models.find(order.model)).fingerprint
        if not (fingerprint and is_repeatable(order) and (use.may_read or use.may_keep)):
            use.bypassed += len(images)
            return NOTHING
        keys = tuple(
            cache_key(order, image.model_digest, fingerprint=fingerprint, owner=use.owner)
            for image in images
        )
        found = await self._look_up(self._cache, keys) if use.may_read else {}
        if use.may_read:
            self._metrics.cache_hits.labels(order.model).inc(len(found))
            self._metrics.cache_misses.labels(order.model).inc(len(images) - len(found))
            use.hits += len(found)
            use.misses += len(images) - len(found)
        else:
            use.bypassed += len(images)
        return Remembered(fingerprint, keys if use.may_keep else (), found)

    def keep(self, remembered: Remembered, computed: Mapping[int, Reply]) -> None:
        """Have what was computed kept, by position of the image; nobody waits for it."""
        if self._cache is None or not remembered.keys:
            return
        for position, reply in computed.items():
            is_of_model = (reply.computed or {}).get("fingerprint") == remembered.fingerprint
            if is_of_model and len(self._keeping) < MOST_KEEPING:
                task = asyncio.create_task(
                    self._keep(self._cache, remembered.keys[position], reply)
                )
                self._keeping.add(task)
                task.add_done_callback(self._keeping.discard)

    async def __aenter__(self) -> "Remembering":
        return self

    async def __aexit__(self, *_: object) -> None:
        """Wait for what is on its way into the cache."""
        await asyncio.gather(*self._keeping)

    async def _look_up(self, cache: ResultCache, keys: Sequence[bytes]) -> dict[int, Reply]:
        """Ask the cache; one that fails knows nothing."""
        try:
            with span("cache", attributes={"vitrine.images": len(keys)}):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    found = await cache.find(keys)
                known = {at: reply for at, reply in enumerate(found) if reply is not None}
                note({"vitrine.cached_images": len(known)})
        except (RedisError, OSError) as error:
            self._complain(error)
            return {}
        return known

    async def _keep(self, cache: ResultCache, key: bytes, reply: Reply) -> None:
        """Put one reply into the cache, if that works."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await cache.keep(key, reply)
        except (RedisError, OSError) as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        """Count a failure of the cache."""
        self._metrics.cache_failures.inc()
        log.warning("the cache does not work", error=f"{type(error).__name__}: {error}"[:200])
