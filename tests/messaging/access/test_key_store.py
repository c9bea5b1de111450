"""Keys are made, listed and revoked; what is stored cannot be used."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from api_schemas.api_keys import KeyLimits
from messaging.access import keys as redis_keys
from messaging.access.secret import is_secret_of
from messaging.access.store import read_records
from messaging.errors import ApiKeyNotFoundError

ANY = KeyLimits()


def test_a_key_is_made_with_all_that_is_said_of_it_and_found_again(keys):
    until = datetime.now(UTC) + timedelta(days=3)
    limits = KeyLimits(
        expires_at=until, requests_per_minute=60, max_open_jobs=2, max_stored_bytes=10**9
    )

    record, secret = keys.create("a notebook", ["read", "jobs", "read"], limits, owner=None)

    assert (record.name, record.scopes, record.owner) == (
        "a notebook",
        ["read", "jobs"],
        record.id,
    )
    assert record.expires_at == until
    assert (record.requests_per_minute, record.max_open_jobs) == (60, 2)
    assert record.max_stored_bytes == 10**9
    assert is_secret_of(record.digest, secret)
    assert keys.list() == [record]


def test_nothing_of_a_secret_is_stored_but_its_digest(keys, connection):
    record, secret = keys.create("a notebook", ["read"], ANY, owner=None)

    assert connection.keys() == [redis_keys.API_KEYS.encode()]
    stored = b"".join(
        part for pair in connection.hgetall("vitrine:keys").items() for part in pair
    )
    drawn = secret.rpartition("_")[2]
    for start in range(len(drawn) - 8):
        assert drawn[start : start + 8].encode() not in stored
    assert record.digest.encode() in stored


def test_a_digest_is_not_shown_where_a_record_is_printed(keys):
    record, _ = keys.create("a notebook", ["read"], ANY, owner=None)

    assert record.digest not in repr(record)


def test_a_revoked_key_is_listed_with_the_time_and_revoking_again_changes_nothing(keys):
    record, _ = keys.create("lost", ["read"], ANY, owner=None)

    revoked = keys.revoke(record.id)

    assert revoked.revoked_at is not None
    assert keys.revoke(record.id) == revoked
    assert keys.list() == [revoked]


@pytest.mark.parametrize("key", ["0" * 12, "", "no key"])
def test_a_key_that_there_is_not_is_neither_revoked_nor_followed(keys, key):
    with pytest.raises(ApiKeyNotFoundError):
        keys.revoke(key)
    with pytest.raises(ApiKeyNotFoundError):
        keys.create("another", ["read"], ANY, owner=key)


def test_a_key_may_be_given_what_an_earlier_one_owns(keys):
    first, _ = keys.create("first", ["jobs"], ANY, owner=None)
    second, _ = keys.create("second", ["jobs"], ANY, owner=first.id)
    third, _ = keys.create("third", ["jobs"], ANY, owner=second.id)

    assert second.id != first.id
    assert second.owner == third.owner == first.id


@pytest.mark.parametrize(
    ("name", "scopes"),
    [
        ("", ["read"]),
        ("n" * 101, ["read"]),
        ("two\nlines", ["read"]),
        ("none", []),
        ("x", ["w"]),
    ],
)
def test_a_key_without_a_name_or_scope_is_not_made(keys, name, scopes):
    with pytest.raises(ValidationError):
        keys.create(name, scopes, ANY, owner=None)
    assert keys.list() == []


@pytest.mark.parametrize("field", ["requests_per_minute", "max_open_jobs", "max_stored_bytes"])
def test_a_limit_of_nothing_is_no_limit_that_can_be_set(field):
    with pytest.raises(ValidationError):
        KeyLimits(**{field: 0})


def test_a_record_of_another_version_is_passed_over_and_the_rest_is_read(keys, connection):
    record, _ = keys.create("ours", ["read"], ANY, owner=None)
    connection.hset("vitrine:keys", "later", '{"version": 9}')

    assert keys.list() == [record]
    assert read_records({b"later": b"no JSON"}) == {}
