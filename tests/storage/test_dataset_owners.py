"""Datasets know whose they are; who does not see one finds none."""

import io
import json

import pytest

from storage.dataset import DatasetRecord
from storage.dataset_upload import UploadLimits
from storage.datasets import Datasets, sees_all
from storage.errors import DatasetNotFoundError
from storage.job_files import JobFiles
from storage.store import open_store
from tests.storage.hostile_archives import LIMITS, zip_of
from tests.storage.pictures import fault_of, picture

UPLOAD_LIMITS = UploadLimits(archive=LIMITS, max_image_bytes=5000)


@pytest.fixture
def pets(tmp_path):
    folder = tmp_path / "roots" / "pets"
    folder.mkdir(parents=True)
    (folder / "1.png").write_bytes(picture(1))
    return folder


@pytest.fixture
def datasets(store, pets):
    return Datasets(store, roots=[str(pets.parent)])


def made(datasets, owner):
    """Make a dataset of each form."""
    archive = io.BytesIO(zip_of(("cat/1.png", picture(1))))
    sent = datasets.upload(
        archive, name="pets", limits=UPLOAD_LIMITS, fault_of=fault_of, owner=owner
    )
    return sent, datasets.register("pets", name=None, max_image_bytes=5000, owner=owner)


def sees(owner):
    return lambda whose: whose == owner


def test_each_owner_finds_what_is_its_own_and_lists_no_more(datasets):
    own = {owner: made(datasets, owner) for owner in ("alice", "bob", None)}

    for owner, found in own.items():
        assert datasets.list(sees=sees(owner)) == list(found)
        for one in found:
            assert datasets.find(one.id, sees=sees(owner)) == one
    assert len(datasets.list()) == len(datasets.list(sees=sees_all)) == 6


def test_what_is_not_seen_is_neither_found_nor_deleted(datasets):
    for one in made(datasets, "alice"):
        for other in ("bob", None):
            with pytest.raises(DatasetNotFoundError):
                datasets.find(one.id, sees=sees(other))
            with pytest.raises(DatasetNotFoundError):
                datasets.delete(one.id, sees=sees(other))
        assert datasets.find(one.id) == one

        datasets.delete(one.id, sees=sees("alice"))

    assert datasets.list() == []


def test_a_worker_opens_a_dataset_whosever_it_is(datasets):
    sent, registered = made(datasets, "alice")

    assert [len(datasets.open(one.id)) for one in (sent, registered)] == [1, 1]


def test_a_dataset_of_nobody_is_written_as_before_there_were_owners(datasets, store):
    sent, _ = made(datasets, None)

    written = json.loads(store.read(f"datasets/records/{sent.id}.json"))

    assert set(written) == {"version", "details", "place"}
    assert DatasetRecord.model_validate(written).owner is None


def test_the_owner_of_a_dataset_is_in_its_record_and_not_in_what_is_told(datasets, store):
    sent, _ = made(datasets, "alice")

    written = json.loads(store.read(f"datasets/records/{sent.id}.json"))

    assert written["owner"] == "alice"
    assert "owner" not in sent.model_dump()


def test_the_bytes_of_a_job_are_those_of_all_its_files(tmp_path):
    files = JobFiles(open_store(str(tmp_path)), "job")
    assert files.stored_bytes() == 0

    files.write_artifact("a/b.png", b"1234")
    files.write_checkpoint("0", b"56")

    assert files.stored_bytes() == 6
