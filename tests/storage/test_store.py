"""A folder and an S3 bucket keep files alike."""

import threading

import pytest

from storage import object_store
from storage.errors import FileChangedError, FileNotStoredError, PathInvalidError, StoreUrlError
from storage.store import open_store

CONTENT = bytes(range(256)) * 20


def test_what_is_written_is_read_again_by_another_process(store, url):
    store.write("a/b.bin", CONTENT)
    store.write("empty", b"")

    again = open_store(url)
    assert again.read("a/b.bin") == CONTENT
    assert again.read("empty") == b""


def test_what_is_written_again_takes_the_place_of_the_first(store):
    store.write("a", b"first and longer")
    store.write("a", b"second")

    assert store.read("a") == b"second"
    assert [file.path for file in store.files("")] == ["a"]


@pytest.mark.parametrize("path", ["nothing", "a/nothing", "a", "a/b/c"])
def test_a_file_that_is_not_there_is_told(store, path):
    store.write("a/b", CONTENT)

    assert not store.has(path)
    with pytest.raises(FileNotStoredError):
        store.read(path)
    with pytest.raises(FileNotStoredError):
        store.tagged(path)
    with pytest.raises(FileNotStoredError):
        store.read_range(path, 0, 1, etag="x")
    store.delete(path)
    assert store.read("a/b") == CONTENT


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", ".a", "a\\b", ""])
def test_no_path_leads_out_of_the_store(store, path):
    for act in (store.read, store.has, store.tagged, store.delete, store.delete_all):
        with pytest.raises(PathInvalidError):
            act(path)
    with pytest.raises(PathInvalidError):
        store.write(path, b"")


RANGES = [(0, 10), (0, 5120), (5000, 9999), (5120, 5121), (9999, 10_000), (7, 7), (7, 3)]


def test_a_range_is_what_slicing_the_content_gives(store):
    store.write("a", CONTENT)
    etag = store.tagged("a").etag

    for start, stop in RANGES:
        assert store.read_range("a", start, stop, etag=etag) == CONTENT[start:stop]


def test_a_tag_tells_contents_apart_and_is_the_same_for_the_same(store):
    store.write("a", b"one")
    store.write("b", b"two")
    store.write("c", b"one")

    tags = [store.tagged(path).etag for path in ("a", "b", "c")]
    assert tags[0] == tags[2] != tags[1]
    assert [file.etag for file in store.tagged_files("")] == tags
    assert all(len(tag) >= 32 and '"' not in tag for tag in tags)


def test_a_range_of_a_content_that_is_gone_is_refused(store):
    store.write("a", b"one")
    etag = store.tagged("a").etag
    store.write("a", b"two")

    with pytest.raises(FileChangedError):
        store.read_range("a", 0, 2, etag=etag)


PATHS = ["a-b/1", "a.b", "a/1", "a/10", "a/2/x", "a/b", "a0", "ab", "b/z w", "b/é/猫.png"]
"""In the order of their bytes: `-` and `.` come before `/`, and `0` behind it."""


def test_files_are_listed_in_the_order_of_their_bytes(store):
    assert sorted(PATHS, key=str.encode) == PATHS
    for path in reversed(PATHS):
        store.write(path, path.encode())

    listed = list(store.files(""))
    assert [file.path for file in listed] == PATHS
    assert [file.bytes for file in listed] == [len(path.encode()) for path in PATHS]
    assert [(file.path, file.bytes) for file in store.tagged_files("")] == [
        (file.path, file.bytes) for file in listed
    ]


def test_a_prefix_is_made_of_whole_names(store):
    for path in PATHS:
        store.write(path, b"x")

    assert [file.path for file in store.files("a")] == ["a/1", "a/10", "a/2/x", "a/b"]
    assert [file.path for file in store.files("a/2")] == ["a/2/x"]
    assert list(store.files("a/2/x")) == []
    assert list(store.files("c")) == []


def test_what_is_deleted_below_a_prefix_is_gone_and_nothing_else(store):
    for path in PATHS:
        store.write(path, b"x")

    store.delete_all("a")
    store.delete_all("a")
    store.delete_all("nothing/at/all")
    store.delete("ab")

    assert [file.path for file in store.files("")] == [
        path for path in PATHS if not path.startswith("a/") and path != "ab"
    ]


def test_a_listing_of_many_pages_is_whole(store, monkeypatch):
    monkeypatch.setattr(object_store, "PAGE_OBJECTS", 7)
    paths = sorted(f"many/{index}" for index in range(45))
    for path in paths:
        store.write(path, b"")

    assert [file.path for file in store.files("many")] == paths
    store.delete_all("many")
    assert list(store.files("many")) == []


def test_readers_see_one_of_the_contents_whole_while_two_writers_write(store):
    contents = {bytes([letter]) * 100_000 for letter in b"xy"}
    store.write("a", next(iter(contents)))
    tags, seen, failures = {}, set(), []

    def write(content):
        for _ in range(20):
            store.write("a", content)

    def read():
        try:
            while writing.is_set():
                seen.add(store.read("a"))
                file = store.tagged("a")
                try:
                    content = store.read_range("a", 0, file.bytes, etag=file.etag)
                except FileChangedError:
                    continue
                tags.setdefault(file.etag, set()).add(content)
        except Exception as error:
            failures.append(error)

    writing = threading.Event()
    writing.set()
    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    writing.clear()
    for thread in readers:
        thread.join()

    assert failures == []
    assert seen <= contents
    assert all(len(of_one_tag) == 1 for of_one_tag in tags.values())


@pytest.mark.parametrize(
    "url", ["", "s3://", "s3:///a", "gs://bucket", "http://host/a", "file://"]
)
def test_a_url_that_names_no_store_is_refused_when_it_is_opened(url):
    with pytest.raises(StoreUrlError):
        open_store(url)


def test_a_folder_may_be_named_as_a_url(tmp_path):
    open_store(f"file://{tmp_path}/a").write("b", b"c")

    assert (tmp_path / "a/b").read_bytes() == b"c"
