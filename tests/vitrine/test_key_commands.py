"""`vitrine keys`: a secret is shown once, and nothing else ever shows it."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import redis
from typer.testing import CliRunner

from messaging.access.secret import is_secret_of
from messaging.access.store import KeyStore
from tests.processes import free_port, running, valkey, wait_until
from vitrine.__main__ import app
from vitrine.supervision.embedded_redis import (
    JOBS_SERVER,
    answers_ping,
    jobs_redis,
    socket_path,
)

SECRET = re.compile(r"vitrine_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")


@pytest.fixture(scope="module")
def redis_url():
    with valkey() as url:
        yield url


@pytest.fixture
def store(redis_url):
    with redis.Redis.from_url(redis_url) as connection:
        connection.flushall()
        yield KeyStore(connection)


@pytest.fixture
def keys(redis_url, store):
    """Run a command about the keys of that Redis."""

    def invoke(*words: str, url: str | None = redis_url):
        place = [] if url is None else ["--redis-url", url]
        environment = {"COLUMNS": "200", "VITRINE_SERVICE_REDIS_URL": ""}
        return CliRunner().invoke(app, ["keys", *words, *place], env=environment)

    return invoke


def test_the_secret_alone_is_printed_to_be_caught_by_a_shell(keys, store):
    made = keys("create", "a notebook")

    secret = made.stdout.strip()
    (record,) = store.list()
    assert made.exit_code == 0
    assert SECRET.fullmatch(secret)
    assert is_secret_of(record.digest, secret)
    assert record.id in made.stderr
    assert secret not in made.stderr
    assert (record.name, record.scopes) == ("a notebook", ["read", "explain", "jobs"])


def test_every_limit_of_a_key_can_be_given(keys, store):
    before = datetime.now(UTC)
    made = keys(
        "create", "a dashboard", "--scope", "read", "--scope", "admin", "--json",
        "--expires-in-days", "2", "--requests-per-minute", "60",
        "--max-open-jobs", "3", "--max-stored-bytes", "1000000",
    )  # fmt: skip

    told = json.loads(made.stdout)
    (record,) = store.list()
    assert SECRET.fullmatch(told.pop("secret"))
    assert told == record.model_dump(mode="json", exclude={"digest"})
    assert record.scopes == ["read", "admin"]
    assert (record.requests_per_minute, record.max_open_jobs) == (60, 3)
    assert record.max_stored_bytes == 1_000_000
    assert timedelta(days=2) <= record.expires_at - before < timedelta(days=2, minutes=5)


def test_a_list_shows_no_secret_and_no_digest(keys, store):
    secret = keys("create", "a notebook", "--requests-per-minute", "90").stdout.strip()
    (record,) = store.list()

    for listed in (keys("list"), keys("list", "--json")):
        assert listed.exit_code == 0
        assert record.id in listed.stdout
        assert "a notebook" in listed.stdout
        assert secret.rpartition("_")[2] not in listed.stdout
        assert record.digest not in listed.stdout
    assert "90 requests a minute" in keys("list").stdout
    assert json.loads(keys("list", "--json").stdout)["keys"][0]["id"] == record.id


def test_a_list_says_which_keys_are_still_taken(keys, store):
    for name, days in (("kept", "9"), ("lost", None), ("old", "0")):
        keys("create", name, *(["--expires-in-days", days] if days else []))
    lost = next(one for one in store.list() if one.name == "lost")

    revoked = keys("revoke", lost.id)

    rows = {line.split("│")[2].strip(): line for line in keys("list").stdout.splitlines()[3:-1]}
    assert revoked.exit_code == 0
    assert "until" in rows["kept"]
    assert "revoked" in rows["lost"]
    assert "expired" in rows["old"]
    assert json.loads(keys("revoke", lost.id, "--json").stdout)["id"] == lost.id


def test_a_key_may_follow_another_one(keys, store):
    keys("create", "first")
    (first,) = store.list()

    keys("create", "second", "--owner", first.id)

    assert {one.owner for one in store.list()} == {first.id}
    assert first.id in keys("list").stdout


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("revoke", "0" * 12), 1, "no API key '000000000000'"),
        (("create", "x", "--owner", "0" * 12), 1, "no API key '000000000000'"),
        (("create", "x", "--scope", "everything"), 2, "everything"),
        (("create", "x", "--max-open-jobs", "0"), 2, "max-open-jobs"),
        (("create", "two\nlines"), 1, "name"),
        (("create",), 2, "name"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(keys, store, words, exit_code, said):
    ended = keys(*words)

    assert ended.exit_code == exit_code
    assert said.lower() in ended.stderr.lower()
    assert "Traceback" not in ended.output
    assert store.list() == []


def test_where_the_keys_are_has_to_be_said(keys):
    ended = keys("list", url=None)

    assert ended.exit_code == 2
    assert "--redis-url" in ended.stderr


def test_a_redis_that_is_away_is_told_without_its_password(keys):
    ended = keys("list", url=f"redis://:hush@127.0.0.1:{free_port()}")

    assert ended.exit_code == 1
    assert "does not answer" in ended.stderr
    assert "hush" not in ended.output


def test_the_redis_of_the_jobs_goes_before_that_of_the_requests(redis_url, store):
    environment = {
        "VITRINE_SERVICE_REDIS_URL": f"redis://127.0.0.1:{free_port()}",
        "VITRINE_SERVICE_JOBS_REDIS_URL": redis_url,
    }

    made = CliRunner().invoke(app, ["keys", "create", "x"], env=environment)

    assert made.exit_code == 0
    assert [one.name for one in store.list()] == ["x"]


def test_the_keys_of_a_data_folder_are_in_its_redis_and_on_its_disk(tmp_path):
    plan = jobs_redis(tmp_path)
    path = socket_path(tmp_path, JOBS_SERVER)
    with running(plan.command):
        wait_until(lambda: answers_ping(path), "the server answers")
        made = CliRunner().invoke(app, ["keys", "create", "x", "--data", str(tmp_path)])
        with redis.Redis.from_url(f"unix://{path}") as connection:
            (record,) = KeyStore(connection).list()

    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    secret = made.stdout.strip()
    assert is_secret_of(record.digest, secret)
    assert record.digest.encode() in written
    assert secret.encode() not in written
    assert secret.rpartition("_")[2].encode() not in written
