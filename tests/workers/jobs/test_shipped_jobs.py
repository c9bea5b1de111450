"""Jobs packed beside a model are put on show, each once; damaged ones are left out."""

import io
import threading
import zipfile

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from api_schemas.packed_jobs import PackedJob
from storage.errors import StoreFullError
from storage.folder_store import FolderStore
from storage.job_files import JobFiles
from workers.jobs.shipped_jobs import ShippedJobs

JOB = {
    "kind": "atlas",
    "model": "tiny",
    "params": {"dataset": "pets"},
    "result": {},
    "created_at": "2026-01-02T03:04:05Z",
    "started_at": "2026-01-02T03:04:06Z",
    "finished_at": "2026-01-02T03:04:07Z",
}
FILES = {"atlas.json": b"{}", "cells/8.json": b"[]"}


class Records:
    """Remembers in memory; fails as often as it is told to."""

    def __init__(self):
        self.brought: dict[str, PackedJob] = {}
        self.failures = 0

    def is_brought(self, job):
        if self.failures:
            self.failures -= 1
            raise RedisConnectionError
        return job in self.brought

    def bring(self, job, packed):
        return self.brought.setdefault(job, packed) is packed


def packed(files=FILES, **changes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("job.json", PackedJob.model_validate(JOB | changes).model_dump_json())
        for path, content in files.items():
            archive.writestr(f"artifacts/{path}", content)
    return file.getvalue()


class House:
    """A folder of models, a store, and those who bring."""

    def __init__(self, folder):
        self.models = folder / "models"
        self.store = FolderStore(folder / "store")
        self.records = Records()

    def put(self, name: str, content: bytes, model: str = "tiny") -> None:
        path = self.models / model / "shipped" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def bring(self, *models: str) -> list[str]:
        shipped = ShippedJobs(self.models, models or ("tiny",), self.records, self.store)
        shipped.bring_all(threading.Event())
        return list(self.records.brought)

    def artifacts(self, job: str) -> dict[str, bytes]:
        files = JobFiles(self.store, job)
        return {one.path: files.read_artifact(one.path) for one in files.list_artifacts()}


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_a_packed_job_is_recorded_with_its_files(house):
    house.put("atlas.zip", packed())

    [job] = house.bring()

    assert house.artifacts(job) == FILES
    assert house.records.brought[job].params == {"dataset": "pets"}
    assert len(job) == 32


def test_the_same_file_is_the_same_job_and_is_not_written_again(house):
    house.put("atlas.zip", packed())
    [job] = house.bring()
    JobFiles(house.store, job).delete_all()

    assert house.bring() == [job]
    assert house.artifacts(job) == {}


def test_jobs_of_models_that_are_not_hosted_are_left_alone(house):
    house.put("atlas.zip", packed())

    assert house.bring("another") == []


DAMAGED = {
    "no zip": b"no zip at all",
    "a zip that is cut off": packed()[:-30],
    "a job of another model": packed(model="another"),
    "a path out of the store": packed({"../../outside": b"x"}),
    "a job of a later version": packed().replace(b'"version":1', b'"version":2'),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_job_is_left_out_and_the_others_are_shown(house, content):
    house.put("a.zip", content)
    house.put("b.zip", packed(kind="activation-maximization"))

    [job] = house.bring()

    assert house.records.brought[job].kind == "activation-maximization"
    assert not (house.models.parent / "outside").exists()


def test_a_redis_or_a_store_that_is_away_is_tried_again(house, monkeypatch):
    monkeypatch.setattr("workers.jobs.shipped_jobs.PATIENCE_SECONDS", 0.0)
    house.put("atlas.zip", packed())
    house.records.failures = 2
    write, full = house.store.write, [True]

    def write_once_there_is_room(path, content):
        if full:
            full.pop()
            raise StoreFullError
        write(path, content)

    monkeypatch.setattr(house.store, "write", write_once_there_is_room)

    [job] = house.bring()

    assert house.artifacts(job) == FILES


def test_a_worker_that_is_to_end_brings_nothing_more(house):
    house.put("atlas.zip", packed())
    stopping = threading.Event()
    stopping.set()

    ShippedJobs(house.models, ["tiny"], house.records, house.store).bring_all(stopping)

    assert house.records.brought == {}
