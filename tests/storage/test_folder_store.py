"""A folder holds nothing half written, whatever breaks, and nothing that is not ours."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from storage import file_tags
from storage.errors import (
    PathInvalidError,
    StoreFullError,
    StoreUnavailableError,
)
from storage.folder_store import FolderStore
from tests.processes import ROOT


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def store(folder):
    return FolderStore(folder)


def fail_with(number):
    def fail(*_):
        raise OSError(number, os.strerror(number), "/secret/place")

    return fail


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT], ids=["full", "quota"])
def test_a_full_disk_is_told_and_leaves_the_old_content(store, folder, monkeypatch, number):
    store.write("a/b", b"old")
    monkeypatch.setattr(os, "fsync", fail_with(number))

    with pytest.raises(StoreFullError):
        store.write("a/b", b"new")

    assert store.read("a/b") == b"old"
    assert os.listdir(folder / "a") == ["b"]


def test_a_disk_that_is_really_full_is_told(tmp_path):
    # A file may not grow beyond the limit: the kernel itself refuses the write.
    code = """
import resource, signal, sys
from pathlib import Path
from storage.errors import StoreFullError
from storage.folder_store import FolderStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
store = FolderStore(Path(sys.argv[1]))
store.write("a", b"x" * 9_000)
try:
    store.write("a", b"y" * 20_000)
except StoreFullError:
    sys.exit(0 if store.read("a") == b"x" * 9_000 else 3)
sys.exit(4)
"""
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)

    assert ended.returncode == 0
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.EROFS])
def test_a_disk_that_fails_is_told_without_its_place(store, monkeypatch, number):
    monkeypatch.setattr(os, "fsync", fail_with(number))

    with pytest.raises(StoreUnavailableError) as told:
        store.write("a", b"new")

    assert "secret" not in str(told.value)
    assert not store.has("a")


def test_a_writer_that_is_killed_leaves_the_old_content_or_the_new(store, folder):
    code = """
import sys
from pathlib import Path
from storage.folder_store import FolderStore
store = FolderStore(Path(sys.argv[1]))
while True:
    store.write("a", b"x" * 4_000_000)
    store.write("a", b"y" * 4_000_000)
"""
    store.write("a", b"x" * 4_000_000)
    for pause in (0.05, 0.08, 0.11):
        writer = subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=ROOT)
        time.sleep(0.5 + pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        content = store.read("a")
        assert len(content) == 4_000_000
        assert len(set(content)) == 1
    assert [file.path for file in store.files("")] == ["a"]


def test_drafts_hidden_files_and_links_are_not_listed(store, folder):
    store.write("a/b", b"x")
    (folder / "a/.b.draft").write_bytes(b"half")
    (folder / ".git").mkdir()
    (folder / ".git/config").write_bytes(b"x")
    (folder / "a/link").symlink_to(folder / "a/b")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "a/pipe")
    with open(os.fsencode(folder) + b"/a/\xff.png", "wb") as file:
        file.write(b"x")

    assert [file.path for file in store.files("")] == ["a/b"]


def test_a_file_where_a_folder_should_be_is_told(store):
    store.write("a/b", b"x")

    with pytest.raises(PathInvalidError):
        store.write("a/b/c", b"x")
    with pytest.raises(PathInvalidError):
        store.write("a", b"x")
    assert [file.path for file in store.files("")] == ["a/b"]


def test_a_tag_is_computed_once_for_a_content_that_stays(store, folder, monkeypatch):
    store.write("a", b"x" * 1000)
    old = time.time() - 60
    os.utime(folder / "a", (old, old))
    first = store.tagged("a")
    monkeypatch.setattr(file_tags.hashlib, "file_digest", None)

    assert store.tagged("a") == first
    assert store.read_range("a", 0, 10, etag=first.etag) == b"x" * 10


def test_a_tag_follows_contents_that_change_faster_than_the_clock(store, folder):
    # All of one size; the same inode and time may come back.
    for number in range(300):
        store.write("a", b"%04d" % number)
        tag = store.tagged("a").etag
        assert tag == store.tagged("a").etag
        assert store.read_range("a", 0, 4, etag=tag) == b"%04d" % number


def test_only_so_many_tags_are_remembered(store, folder, monkeypatch):
    monkeypatch.setattr(file_tags, "REMEMBERED_FILES", 3)
    file_tags._remembered.clear()
    for number in range(9):
        store.write(f"{number}", b"%d" % number)
        os.utime(folder / f"{number}", (number, number))

    tags = [file.etag for file in store.tagged_files("")]

    assert len(set(tags)) == 9
    assert len(file_tags._remembered) == 3
    assert [file.etag for file in store.tagged_files("")] == tags


def test_what_a_killed_deletion_left_behind_goes_with_the_next(store, folder):
    store.write("a/b", b"x")
    (folder / ".deleted/0123").mkdir(parents=True)
    (folder / ".deleted/0123/big").write_bytes(b"x")

    store.delete_all("a")

    assert list((folder / ".deleted").iterdir()) == []


def test_deleting_while_others_delete_and_write_fails_for_nobody(store):
    failures = []

    def repeat(act, *given):
        try:
            for _ in range(60):
                act(*given)
        except Exception as error:
            failures.append(error)

    threads = [
        threading.Thread(target=repeat, args=given)
        for given in [
            (store.write, "a/b/c", b"x"),
            (store.write, "a/d", b"x"),
            (store.delete_all, "a"),
            (store.delete_all, "a"),
            (store.delete_all, "a/b"),
            (lambda: list(store.tagged_files("")),),
        ]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.delete_all("a")

    assert failures == []
    assert list(store.files("")) == []


def test_a_folder_that_is_deleted_at_every_attempt_is_told_in_the_end(store, monkeypatch):
    monkeypatch.setattr(os, "fsync", fail_with(errno.ENOENT))

    with pytest.raises(StoreUnavailableError):
        store.write("a", b"x")


@pytest.mark.parametrize("place", ["/proc/none/store", "/dev/null/store", "/dev/null"])
def test_a_folder_that_cannot_be_made_is_told_without_its_place(place):
    with pytest.raises(StoreUnavailableError) as told:
        FolderStore(Path(place)).write("a", b"x")

    assert "none" not in str(told.value)
    assert "null" not in str(told.value)
