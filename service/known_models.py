"""The front's view of the models and their live workers, at most half a second old."""

import asyncio
import time

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from api_schemas.models import ModelRecord
from messaging.errors import BrokerUnavailableError
from messaging.registry import Hosting, read_hosting
from service.errors import ModelNotFoundError, ModelNotReadyError

MAX_AGE_SECONDS = 0.5
"""Older views are read anew before they are used."""

log = structlog.get_logger()


class KnownModels:
    """Looks models up; remembers what it has seen, since a restarted Redis may not."""

    def __init__(self, connection: redis.asyncio.Redis, *, default_model: str) -> None:
        self.default_model = default_model
        self._connection = connection
        self._hosting = Hosting()
        self._read_at = -MAX_AGE_SECONDS
        self._is_away = False
        self._reading = asyncio.Lock()

    async def hosting(self) -> Hosting:
        """Give the models and workers of this moment.

        Raises:
            BrokerUnavailableError: Redis is away.
        """
        async with self._reading:
            if time.monotonic() - self._read_at > MAX_AGE_SECONDS:
                await self._read()
        if self._is_away:
            raise BrokerUnavailableError
        return self._hosting

    async def _read(self) -> None:
        """Look anew; those who queued up behind a Redis that is away need not try it again."""
        try:
            self._hosting = await read_hosting(self._connection, self._hosting.models)
            self._is_away = False
        except (RedisError, OSError) as error:
            log.warning("redis is away", error=str(error))
            self._is_away = True
        self._read_at = time.monotonic()

    async def find(self, name: str | None) -> ModelRecord:
        """Look a model up by name, or the default one.

        Raises:
            BrokerUnavailableError: Redis is away.
            ModelNotFoundError: no worker has ever announced it.
            ModelNotReadyError: the default model, which no worker has announced so far.
        """
        hosting = await self.hosting()
        wanted = name or self.default_model
        if wanted in hosting.models:
            return hosting.models[wanted]
        if wanted == self.default_model:
            raise ModelNotReadyError(wanted)
        raise ModelNotFoundError(wanted, tuple(hosting.models))

    async def find_hosted(self, name: str | None) -> ModelRecord:
        """Look up a model that a live worker hosts.

        Raises:
            BrokerUnavailableError: Redis is away.
            ModelNotFoundError: no worker has ever announced it.
            ModelNotReadyError: no live worker hosts it.
        """
        record = await self.find(name)
        if not (await self.hosting()).is_hosted(record.name):
            raise ModelNotReadyError(record.name)
        return record
