"""Where API keys are kept: made, listed and revoked there, and read by every front."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import redis
import redis.asyncio
import structlog
from pydantic import ValidationError

from api_schemas.api_keys import KeyLimits, KeyRecord, KeyScope
from messaging.access.keys import API_KEYS
from messaging.access.secret import digest_of, new_id, new_secret
from messaging.errors import ApiKeyNotFoundError

log = structlog.get_logger()


class KeyStore:
    """The keys, for those who manage them.

    Every method raises redis.exceptions.RedisError where Redis is away.
    """

    def __init__(self, connection: redis.Redis) -> None:
        self._connection = connection

    def create(
        self, name: str, scopes: Sequence[KeyScope], limits: KeyLimits, *, owner: str | None
    ) -> tuple[KeyRecord, str]:
        """Make a key.

        Args:
            name: for people.
            scopes: what it may do.
            limits: how long and how much.
            owner: another key, whose jobs and datasets are to be its own; none for new ones.

        Returns:
            The key, and its secret, which is kept nowhere.

        Raises:
            ApiKeyNotFoundError: there is no such other key.
            ValidationError: it is no name, or no scope is given.
        """
        known = self._all()
        if owner is not None and owner not in known:
            raise ApiKeyNotFoundError(owner)
        key = new_id()
        secret = new_secret(key)
        record = KeyRecord(
            id=key,
            name=name,
            scopes=list(dict.fromkeys(scopes)),
            owner=known[owner].owner if owner is not None else key,
            created_at=datetime.now(UTC),
            digest=digest_of(secret),
            **limits.model_dump(),
        )
        self._connection.hset(API_KEYS, key, record.model_dump_json(exclude_none=True))
        return record, secret

    def list(self) -> list[KeyRecord]:
        """List all keys, the oldest first, with those that are refused by now."""
        return sorted(self._all().values(), key=lambda one: (one.created_at, one.id))

    def revoke(self, key: str) -> KeyRecord:
        """Have a key refused from now on; repeating it changes nothing.

        Raises:
            ApiKeyNotFoundError: there is no such key.
        """
        record = self._all().get(key)
        if record is None:
            raise ApiKeyNotFoundError(key)
        if record.revoked_at is None:
            record = record.model_copy(update={"revoked_at": datetime.now(UTC)})
            self._connection.hset(API_KEYS, key, record.model_dump_json(exclude_none=True))
        return record

    def _all(self) -> dict[str, KeyRecord]:
        written: Any = self._connection.hgetall(API_KEYS)
        return read_records(written)


async def read_keys(connection: redis.asyncio.Redis) -> tuple[dict[str, KeyRecord], bool]:
    """Read all keys by ID, and whether any was ever made."""
    written: Any = await connection.hgetall(API_KEYS)
    return read_records(written), bool(written)


def read_records(written: Mapping[bytes, bytes]) -> dict[str, KeyRecord]:
    """Read keys; one that another version of us wrote is no key of this one."""
    records = {}
    for key, record in written.items():
        try:
            records[key.decode()] = KeyRecord.model_validate_json(record)
        except ValidationError as error:
            faults = error.error_count()
            log.warning("an API key's record cannot be read", key=key.decode(), faults=faults)
    return records
