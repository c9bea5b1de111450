"""What is particular to a bucket: its faults, its keys, and what it costs to read from it."""

import httpx
import pytest
from botocore.exceptions import ClientError
from s3fs import S3FileSystem

from storage.errors import (
    FileChangedError,
    FileNotStoredError,
    StoreFullError,
    StoreUnavailableError,
    StoreUrlError,
)
from storage.object_faults import faults_told
from storage.object_store import ObjectStore
from storage.store import open_store
from tests.processes import free_port


@pytest.fixture
def bucket(server):
    return server.new_bucket()


def answer(code):
    response = {"Error": {"Code": code, "Message": "secret"}, "ResponseMetadata": {}}
    return ClientError(response, "PutObject")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("NoSuchKey", FileNotStoredError),
        ("404", FileNotStoredError),
        ("PreconditionFailed", FileChangedError),
        ("XMinioStorageFull", StoreFullError),
        ("QuotaExceeded", StoreFullError),
        ("AccessDenied", StoreUnavailableError),
        ("NoSuchBucket", StoreUnavailableError),
        ("SlowDown", StoreUnavailableError),
    ],
)
@pytest.mark.parametrize("is_wrapped", [False, True])
def test_what_a_bucket_answers_is_told_without_its_words(code, told, is_wrapped):
    fault = answer(code)
    if is_wrapped:
        fault = OSError("secret")
        fault.__cause__ = answer(code)

    with pytest.raises(told) as raised, faults_told("a"):
        raise fault

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("act", ["read", "has", "tagged", "files", "write", "delete_all"])
def test_a_store_that_is_away_is_told_without_its_address(monkeypatch, act):
    port = free_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    S3FileSystem.clear_instance_cache()
    store = open_store("s3://bucket/a")
    S3FileSystem.clear_instance_cache()
    monkeypatch.setattr(store._s3, "retries", 1)
    given = ("a", b"x") if act == "write" else ("a",)

    with pytest.raises(StoreUnavailableError) as raised:
        list(getattr(store, act)(*given) or ())

    assert str(port) not in str(raised.value)


@pytest.mark.parametrize("act", ["read", "files", "write"])
def test_a_bucket_that_is_not_there_is_told(server, act):
    store = open_store("s3://no-such-bucket-at-all/a")
    given = ("a", b"x") if act == "write" else ("a",)

    with pytest.raises(StoreUnavailableError, match="NoSuchBucket"):
        list(getattr(store, act)(*given) or ())


def test_keys_that_note_folders_or_are_hidden_are_not_listed(server, bucket):
    store = open_store(f"{bucket}/p")
    store.write("a/b", b"x")
    for key in ("p/a/", "p/a/.hidden", "p/.git/config", "q/other", "p2"):
        httpx.put(f"{server.endpoint}/{bucket[5:]}/{key}").raise_for_status()

    assert [file.path for file in store.files("")] == ["a/b"]


def test_a_whole_bucket_may_be_a_store(bucket):
    store = open_store(f"{bucket}/")
    store.write("a", b"x")

    assert [file.path for file in open_store(bucket).files("")] == ["a"]


def test_what_another_process_writes_is_seen_at_once(server, bucket):
    store = open_store(bucket)
    assert list(store.files("")) == []

    httpx.put(f"{server.endpoint}/{bucket[5:]}/new", content=b"x").raise_for_status()

    assert store.has("new")
    assert [file.path for file in store.files("")] == ["new"]


def test_without_its_library_the_store_says_what_to_install(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(StoreUrlError, match=r"vitrine\[s3\]"):
        ObjectStore("bucket")


def test_a_deletion_that_the_bucket_refuses_in_part_is_told(bucket, monkeypatch):
    store = open_store(bucket)
    store.write("a/b", b"x")
    ask = store._s3.call_s3

    def refuse(method, **wanted):
        if method == "delete_objects":
            return {"Errors": [{"Key": "a/b", "Code": "AccessDenied"}]}
        return ask(method, **wanted)

    monkeypatch.setattr(store._s3, "call_s3", refuse)

    with pytest.raises(StoreUnavailableError, match="AccessDenied"):
        store.delete_all("a")
