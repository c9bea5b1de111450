"""Artifacts and checkpoints of a job are whole, its own, and told of rightly."""

import hashlib

import pytest

from storage.errors import (
    ArtifactNotFoundError,
    FileChangedError,
    FileNotStoredError,
    PathInvalidError,
)
from storage.job_files import CHUNK_BYTES, Artifact, JobFiles
from storage.store import open_store

BIG = b"".join(number.to_bytes(4, "little") for number in range(700_000))
"""2.8 MB: three chunks, no two places alike."""


@pytest.fixture
def files(store):
    return JobFiles(store, "job-1")


def test_an_artifact_is_read_as_it_was_written(files, store):
    files.write_artifact("cells/8.json", b"{}")

    assert files.read_artifact("cells/8.json") == b"{}"
    assert files.has_artifact("cells/8.json")
    assert JobFiles(store, "job-1").read_artifact("cells/8.json") == b"{}"


def test_a_missing_artifact_is_told_by_job_and_path(files, store):
    JobFiles(store, "job-2").write_artifact("grid.png", b"of another job")

    assert not files.has_artifact("grid.png")
    for act in (files.read_artifact, files.describe_artifact, files.open_range):
        with pytest.raises(ArtifactNotFoundError) as told:
            act("grid.png")
        assert (told.value.job_id, told.value.path) == ("job-1", "grid.png")


@pytest.mark.parametrize(
    "path", ["../job-2/artifacts/a", "/a", "a/../../b", "a\\b", ".a", "a b", "", "é"]
)
def test_no_path_leads_to_another_jobs_artifacts(files, store, path):
    JobFiles(store, "job-2").write_artifact("a", b"secret")

    for act in (files.read_artifact, files.has_artifact, files.open_range):
        with pytest.raises(PathInvalidError):
            act(path)
    with pytest.raises(PathInvalidError):
        files.write_artifact(path, b"x")
    with pytest.raises(PathInvalidError):
        files.write_checkpoint(path, b"x")


@pytest.mark.parametrize("job_id", ["", "..", "a/b", ".a", "a\n", "a" * 300])
def test_an_id_that_no_job_has_is_refused(store, job_id):
    with pytest.raises(PathInvalidError):
        JobFiles(store, job_id)


def test_a_listing_tells_size_type_and_tag_of_every_artifact(files):
    contents = {
        "atlas.json": b"[]",
        "cells/16.json": b"{}",
        "grid.PNG": b"png",
        "loss": b"",
        "tiles/8/0_1.webp": b"webp",
    }
    for path in reversed(contents):
        files.write_artifact(path, contents[path])
    files.write_checkpoint("fit", b"not an artifact")

    listed = files.list_artifacts()

    assert [one.path for one in listed] == sorted(contents)
    assert [one.bytes for one in listed] == [len(contents[one.path]) for one in listed]
    assert [one.media_type for one in listed] == [
        "application/json",
        "application/json",
        "image/png",
        "application/octet-stream",
        "image/webp",
    ]
    assert listed == [files.describe_artifact(one.path) for one in listed]


def test_the_tag_of_a_file_in_a_folder_is_its_sha256(tmp_path):
    files = JobFiles(open_store(str(tmp_path)), "job-1")
    files.write_artifact("a.png", b"content")

    expected = hashlib.sha256(b"content").hexdigest()
    assert files.list_artifacts() == [Artifact("a.png", 7, "image/png", expected)]


def test_a_tag_changes_with_the_content_and_comes_back_with_it(files):
    tags = []
    for content in (b"one", b"two", b"one"):
        files.write_artifact("a", content)
        tags.append(files.describe_artifact("a").etag)
        assert files.list_artifacts()[0].etag == tags[-1]

    assert tags[0] == tags[2] != tags[1]


RANGES = [
    (0, None),
    (0, 1),
    (CHUNK_BYTES - 1, CHUNK_BYTES + 1),
    (1, 2 * CHUNK_BYTES + 1),
    (2_799_999, None),
    (2_799_999, 9_999_999),
    (2_800_000, None),
    (9_999_999, None),
    (5, 5),
    (7, 3),
    (-5, -1),
]


def test_a_range_gives_the_bytes_that_slicing_the_whole_gives(files):
    files.write_artifact("big.npz", BIG)
    described = files.describe_artifact("big.npz")

    for start, stop in RANGES:
        opened = files.open_range("big.npz", start, stop)
        chunks = list(opened.chunks)
        expected = BIG[max(start, 0) : None if stop is None else max(stop, 0)]
        assert b"".join(chunks) == expected
        assert opened.stop - opened.start == len(expected)
        assert all(0 < len(chunk) <= CHUNK_BYTES for chunk in chunks)
        assert opened.artifact == described


def test_a_range_breaks_off_when_the_artifact_changes_under_it(files):
    files.write_artifact("big.npz", BIG)
    chunks = files.open_range("big.npz").chunks
    next(chunks)
    files.write_artifact("big.npz", BIG[::-1])

    with pytest.raises(FileChangedError):
        next(chunks)


def test_a_checkpoint_is_the_last_one_of_its_name_or_none(files):
    assert files.read_checkpoint("fit") is None

    files.write_checkpoint("fit", b"1")
    files.write_checkpoint("fit", b"2")
    files.write_checkpoint("draw", b"3")

    assert files.read_checkpoint("fit") == b"2"
    assert files.read_checkpoint("draw") == b"3"
    assert files.list_artifacts() == []


def test_deleting_a_job_leaves_nothing_of_it_and_all_of_others(files, store):
    other = JobFiles(store, "job-10")
    for one in (files, other):
        one.write_artifact("cells/8.json", b"{}")
        one.write_checkpoint("fit", b"1")
    chunks = files.open_range("cells/8.json").chunks

    files.delete_all()
    files.delete_all()

    assert files.list_artifacts() == []
    assert files.read_checkpoint("fit") is None
    with pytest.raises(FileNotStoredError):
        next(chunks)
    assert [file.path for file in store.files("")] == [
        "jobs/job-10/artifacts/cells/8.json",
        "jobs/job-10/checkpoints/fit",
    ]
    assert other.read_artifact("cells/8.json") == b"{}"
