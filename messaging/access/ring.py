"""What a front knows of the API keys: all of them, at most a few seconds old.

A request is held against it without asking Redis. A front asks every second; where it has not
heard of the keys for a while, it asks again before it lets anybody in.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from api_schemas.api_keys import KeyRecord
from messaging.access.secret import id_in, is_secret_of
from messaging.access.store import read_keys
from messaging.errors import BrokerUnavailableError

READ_SECONDS = 1.0
"""Between two looks: for so long a new key may be unknown, and a revoked one taken."""

MAX_AGE_SECONDS = 5.0
"""Older knowledge of keys lets nobody in; so a revoked key is refused by then at the latest."""

log = structlog.get_logger()


class KeyRing:
    """The keys, as the front's requests are held against them."""

    def __init__(
        self,
        connection: redis.asyncio.Redis,
        *,
        is_required: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the connection.

        Args:
            connection: to the Redis of the jobs.
            is_required: whether a key is asked for even where none was ever made.
            clock: seconds that only grow.
        """
        self._connection = connection
        self._clock = clock
        self._keys: dict[str, KeyRecord] = {}
        self._is_required = is_required
        self._read_at: float | None = None
        self._failed_at: float | None = None
        self._reading = asyncio.Lock()

    @asynccontextmanager
    async def watched(self) -> AsyncIterator["KeyRing"]:
        """Look every second, as long as the block runs."""
        await self._try_to_read()
        is_over = asyncio.Event()
        watching = asyncio.create_task(self._watch(is_over))
        try:
            yield self
        finally:
            # Not cancelled: a cancellation in the midst of a command may get lost there.
            is_over.set()
            await watching

    async def asks_for_a_key(self) -> bool:
        """Say whether requests need a key: once one has been made, for good.

        A front that has found no key yet goes on without while Redis is away.

        Raises:
            BrokerUnavailableError: what is known of the keys is too old, or nothing.
        """
        if self._read_at is None or (self._is_required and self._age() > MAX_AGE_SECONDS):
            async with self._reading:
                if self._read_at is None or self._age() > MAX_AGE_SECONDS:
                    await self._read_unless_just_tried()
        return self._is_required

    def key_of(self, secret: str) -> KeyRecord | None:
        """Find the key whose secret this is."""
        record = self._keys.get(id_in(secret) or "")
        return record if is_secret_of(record.digest if record else None, secret) else None

    async def _watch(self, is_over: asyncio.Event) -> None:
        """Look every second until it is over."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(READ_SECONDS):
                    await is_over.wait()
            if is_over.is_set():
                return
            await self._try_to_read()

    async def _try_to_read(self) -> None:
        async with self._reading:
            with suppress(BrokerUnavailableError):
                await self._read()

    async def _read_unless_just_tried(self) -> None:
        """Look; those who queued up behind a Redis that is away need not try it again.

        Raises:
            BrokerUnavailableError: Redis is away.
        """
        if self._failed_at is not None and self._clock() - self._failed_at < READ_SECONDS:
            raise BrokerUnavailableError
        await self._read()

    async def _read(self) -> None:
        """Look at all keys.

        Raises:
            BrokerUnavailableError: Redis is away.
        """
        began_at = self._clock()
        try:
            self._keys, has_any = await read_keys(self._connection)
        except (RedisError, OSError) as error:
            self._failed_at = self._clock()
            raise BrokerUnavailableError from error
        # Once true it stays: a Redis that has lost its keys must not open the service.
        if has_any and not self._is_required:
            log.info("API keys are asked for from now on", keys=len(self._keys))
        self._is_required = self._is_required or has_any
        self._read_at = began_at

    def _age(self) -> float:
        return self._clock() - (self._read_at or 0.0)
