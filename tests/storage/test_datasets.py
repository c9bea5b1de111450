"""Datasets come whole or not at all, are found by their place, and go without a trace."""

import io
import json
import threading
import time

import pytest

from storage import datasets as datasets_module
from storage.archive_rules import ArchiveLimits
from storage.dataset_upload import WAITING_IMAGES, UploadLimits
from storage.datasets import Datasets
from storage.errors import (
    ArchiveError,
    DatasetEmptyError,
    DatasetNotFoundError,
    DatasetPathError,
    FileNotStoredError,
    StoreFullError,
    StoreUnavailableError,
)
from storage.store import open_store
from tests.storage.hostile_archives import DAMAGED, LIMITS, UNSAFE, tar_of, zip_of
from tests.storage.pictures import fault_of, picture

UPLOAD_LIMITS = UploadLimits(archive=LIMITS, max_image_bytes=5000)
ANY_IMAGE = UploadLimits(archive=LIMITS, max_image_bytes=10**9)

PETS = {
    "pets/cat/1.png": picture(1),
    "pets/cat/2.png": picture(2),
    "pets/dog/1.png": picture(3),
}


@pytest.fixture
def datasets(store):
    return Datasets(store, roots=[])


def upload(datasets, archive, **changes):
    given = {"name": "pets", "limits": UPLOAD_LIMITS, "fault_of": fault_of} | changes
    return datasets.upload(io.BytesIO(archive), **given)


def paths_in(store):
    return [file.path for file in store.files("")]


@pytest.mark.parametrize("archive_of", [zip_of, tar_of])
def test_an_upload_is_described_and_found_again(datasets, store, archive_of):
    details = upload(datasets, archive_of(*PETS.items()))

    assert (details.name, details.source, details.images) == ("pets", "upload", 3)
    assert (details.classes, details.class_images) == (["cat", "dog"], [2, 1])
    assert details.bytes == sum(map(len, PETS.values()))
    assert (details.skipped, details.skipped_files, details.path) == (0, [], None)
    assert Datasets(store, roots=[]).find(details.id) == details
    assert Datasets(store, roots=[]).list() == [details]


def test_the_images_of_an_upload_are_read_by_their_place(datasets):
    dataset = datasets.open(upload(datasets, zip_of(*reversed(PETS.items()))).id)

    assert len(dataset) == 3
    assert [image.path for image in dataset] == list(PETS)
    assert [image.label for image in dataset] == [0, 0, 1]
    assert [dataset.read(image) for image in dataset] == list(PETS.values())
    assert dataset.read(dataset[2]) == picture(3)
    with pytest.raises(IndexError):
        dataset[3]


def test_what_is_no_image_is_left_out_counted_and_listed(datasets, store):
    members = {
        **PETS,
        "pets/read me.txt": b"words",
        "pets/cat/broken.png": b"no picture",
        "pets/cat/huge.png": picture(0) + bytes(5000),
        "pets/cat/Thumbs.db": b"left behind",
        "__MACOSX/pets/cat/._1.png": b"left behind",
        "pets/cat/.DS_Store": b"left behind",
    }

    details = upload(datasets, zip_of(*members.items()))

    assert details.images == 3
    assert details.skipped == 3
    assert {one.path: one.reason for one in details.skipped_files} == {
        "pets/read me.txt": "it is no picture",
        "pets/cat/broken.png": "it is no picture",
        "pets/cat/huge.png": "it has more than 5000 bytes",
    }
    assert not any("broken" in path or "read me" in path for path in paths_in(store))


def test_of_very_many_files_left_out_the_first_are_listed(datasets, monkeypatch):
    monkeypatch.setattr("storage.skipped_files.LISTED_FILES", 5)
    members = [(f"{number:03}.txt", b"words") for number in range(40)]

    details = upload(datasets, zip_of(*members, ("a.png", picture(1))))

    assert details.skipped == 40
    assert [one.path for one in details.skipped_files] == [f"00{n}.txt" for n in range(5)]


@pytest.mark.parametrize("members", [[], [("a/b.txt", b"words")]], ids=["empty", "words"])
def test_an_archive_without_an_image_is_refused_and_leaves_nothing(datasets, store, members):
    with pytest.raises(DatasetEmptyError):
        upload(datasets, zip_of(*members))

    assert paths_in(store) == []


@pytest.mark.parametrize("make", [*UNSAFE.values(), *DAMAGED.values()], ids=[*UNSAFE, *DAMAGED])
def test_of_a_hostile_archive_nothing_is_left_and_nothing_is_outside(tmp_path, make):
    # The store is deep inside, so that what leads upwards would be seen.
    home = tmp_path / "1/2/3/4/store"
    datasets = Datasets(open_store(str(home)), roots=[])

    with pytest.raises(ArchiveError):
        upload(datasets, make(), limits=ANY_IMAGE, fault_of=lambda content: None)

    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []
    assert datasets.list() == []


def test_a_refusal_after_many_images_leaves_nothing_in_either_store(datasets, store):
    members = [(f"a/{number}.png", picture(number)) for number in range(20)]

    with pytest.raises(ArchiveError):
        upload(datasets, tar_of(*members, ("../evil.png", picture(0))))

    assert paths_in(store) == []


@pytest.mark.parametrize("fault", [StoreFullError(), StoreUnavailableError("…")])
def test_a_store_that_fails_on_the_way_is_told_and_nothing_stays(
    datasets, store, monkeypatch, fault
):
    write = store.write

    def fail(path, content):
        if path.endswith("dog/1.png"):
            raise fault
        write(path, content)

    monkeypatch.setattr(store, "write", fail)

    with pytest.raises(type(fault)):
        upload(datasets, zip_of(*PETS.items()))

    assert paths_in(store) == []


def test_few_images_are_held_at_once_however_slowly_they_are_judged(datasets):
    held, most = 0, 0
    lock = threading.Lock()

    def slow(content):
        nonlocal held, most
        with lock:
            held += 1
            most = max(most, held)
        time.sleep(0.005)
        with lock:
            held -= 1

    members = [(f"a/{number}.png", picture(number)) for number in range(30)]
    details = upload(datasets, zip_of(*members), fault_of=slow)

    assert details.images == 30
    assert 1 < most <= WAITING_IMAGES


def test_datasets_are_listed_from_the_oldest_on(datasets):
    made = [upload(datasets, zip_of(*PETS.items()), name=name) for name in "cab"]

    assert [one.name for one in datasets.list()] == ["c", "a", "b"]
    assert datasets.list() == made


def test_a_deleted_upload_is_gone_with_its_files_and_others_stay(datasets, store):
    first, second = (upload(datasets, zip_of(*PETS.items())) for _ in range(2))
    dataset = datasets.open(first.id)

    datasets.delete(first.id)

    assert datasets.list() == [second]
    assert not any(first.id in path for path in paths_in(store))
    assert len(list(datasets.open(second.id))) == 3
    with pytest.raises(FileNotStoredError):
        dataset[0]
    for act in (datasets.find, datasets.open, datasets.delete):
        with pytest.raises(DatasetNotFoundError):
            act(first.id)


@pytest.mark.parametrize("dataset", ["", "..", "../records/x", "a/b", "é", "n" * 300])
def test_an_id_that_no_dataset_has_is_not_found(datasets, dataset):
    for act in (datasets.find, datasets.open, datasets.delete):
        with pytest.raises(DatasetNotFoundError):
            act(dataset)


@pytest.fixture(params=["folder", "s3"])
def pets(request, tmp_path):
    """The URL of a root with images in it, in an own folder or bucket."""
    if request.param == "folder":
        url = str(tmp_path / "images")
    else:
        url = f"{request.getfixturevalue('server').new_bucket()}/images"
    root = open_store(url)
    for path, content in PETS.items():
        root.write(path, content)
    root.write("pets/read me.txt", b"words")
    root.write("pets/dog/broken.JPG", b"found out by who reads it")
    root.write("other/huge.png", bytes(6000))
    return url


def test_a_registered_folder_is_listed_and_read_where_it_is(store, pets):
    datasets = Datasets(store, roots=[pets])
    details = datasets.register("pets", name=None, max_image_bytes=5000)

    assert (details.name, details.path, details.source) == ("pets", "pets", "path")
    assert (details.images, details.classes) == (4, ["cat", "dog"])
    assert details.class_images == [2, 2]
    assert [one.path for one in details.skipped_files] == ["read me.txt"]
    dataset = Datasets(store, roots=[]).open(details.id)
    assert [image.path for image in dataset] == [
        "cat/1.png",
        "cat/2.png",
        "dog/1.png",
        "dog/broken.JPG",
    ]
    assert dataset.read(dataset[2]) == picture(3)
    assert not any(path.endswith(".png") for path in paths_in(store))


def test_a_registration_that_is_deleted_leaves_the_images(store, pets):
    datasets = Datasets(store, roots=[pets])
    details = datasets.register(f"{pets}/pets/cat", name="cats", max_image_bytes=5000)

    datasets.delete(details.id)

    assert (details.name, details.images, details.classes) == ("cats", 2, [])
    assert datasets.list() == []
    assert paths_in(store) == []
    assert open_store(pets).read("pets/cat/1.png") == picture(1)


def test_an_image_that_has_gone_since_is_told(store, pets):
    datasets = Datasets(store, roots=[pets])
    dataset = datasets.open(datasets.register("pets", name=None, max_image_bytes=5000).id)
    open_store(pets).delete("pets/cat/1.png")

    with pytest.raises(FileNotStoredError):
        dataset.read(dataset[0])
    assert dataset.read(dataset[1]) == picture(2)


@pytest.mark.parametrize("path", ["nothing", "other"])
def test_a_path_without_images_is_refused_and_leaves_nothing(store, pets, path):
    with pytest.raises(DatasetEmptyError):
        Datasets(store, roots=[pets]).register(path, name=None, max_image_bytes=5000)

    assert paths_in(store) == []


def test_a_path_outside_of_the_roots_is_refused(store, pets, tmp_path):
    (tmp_path / "secret").mkdir()
    for path in ("../secret", str(tmp_path / "secret"), "s3://secret/a"):
        with pytest.raises(DatasetPathError):
            Datasets(store, roots=[pets]).register(path, name=None, max_image_bytes=5000)

    assert paths_in(store) == []


def test_a_relative_path_is_looked_for_under_one_root_after_the_other(store, pets, tmp_path):
    (tmp_path / "empty/pets").mkdir(parents=True)
    datasets = Datasets(store, roots=[str(tmp_path / "empty"), pets])

    assert datasets.register("pets", name=None, max_image_bytes=5000).images == 4


def test_what_a_killed_upload_left_is_swept_after_a_day(datasets, store, monkeypatch):
    finished = upload(datasets, zip_of(*PETS.items()))
    for dataset, age in (("young", 3600), ("old", 90_000), (finished.id, 90_000)):
        store.write(f"datasets/files/{dataset}/images/a.png", b"x")
        begun_at = json.dumps(time.time() - age).encode()
        store.write(f"datasets/unfinished/{dataset}", begun_at)

    datasets.sweep()

    kept = paths_in(store)
    assert [path for path in kept if "unfinished" in path] == ["datasets/unfinished/young"]
    assert "datasets/files/young/images/a.png" in kept
    assert "datasets/files/old/images/a.png" not in kept
    assert len(list(datasets.open(finished.id))) == 3


def test_a_deletion_that_was_killed_is_ended_by_the_next_upload(datasets, store, monkeypatch):
    details = upload(datasets, zip_of(*PETS.items()))
    monkeypatch.setattr(store, "delete", lambda path: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        datasets.delete(details.id)
    monkeypatch.undo()

    other = upload(datasets, zip_of(*PETS.items()))

    assert datasets.list() == [other]
    assert not any(details.id in path for path in paths_in(store))


def test_the_record_is_written_when_all_else_is(datasets, store, monkeypatch):
    write = store.write
    written = []
    monkeypatch.setattr(
        store, "write", lambda path, content: written.append(path) or write(path, content)
    )

    details = upload(datasets, zip_of(*PETS.items()))

    assert written[0] == f"datasets/unfinished/{details.id}"
    assert written[-1] == f"datasets/records/{details.id}.json"
    assert len(written) == 6


def test_limits_that_are_none_of_the_archives_own_are_kept(datasets):
    limits = UploadLimits(ArchiveLimits(max_members=2, max_bytes=10_000), max_image_bytes=5000)

    with pytest.raises(ArchiveError, match="more than 2 members"):
        upload(datasets, zip_of(*PETS.items()), limits=limits)
    assert datasets_module.LOST_SECONDS > 3600
