"""Datasets of a real front: large uploads take little memory, and the store may be a bucket."""

import io
import os
import zipfile
from pathlib import Path

import httpx
import psutil
import pytest

from storage.datasets import Datasets
from storage.store import open_store
from tests.end_to_end.images import encoded, noise
from tests.processes import front, valkey
from tests.s3_server import s3_server
from tests.storage.hostile_archives import GOOD_ZIP, tar_of, zip_of

pytestmark = pytest.mark.processes

PETS = {
    f"pets/{label}/{index}.png": encoded(noise(index))
    for label in ("cat", "dog")
    for index in range(5)
}
NOISE_MEGABYTES = 96


@pytest.fixture(scope="module")
def redis_url():
    with valkey() as url:
        yield url


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> Path:
    """A folder for the store and a root with images."""
    folder = tmp_path_factory.mktemp("datasets")
    for path, content in PETS.items():
        (folder / "root" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "root" / path).write_bytes(content)
    (folder / "root/pets/cat/link.png").symlink_to("/etc/passwd")
    (folder / "root/elsewhere").symlink_to("/etc")
    return folder


@pytest.fixture(scope="module")
def url(redis_url, folders):
    settings = {"store": folders / "store", "dataset_roots": folders / "root"}
    with front(redis_url, "tiny", **settings) as base_url:
        yield base_url


def process_at(url: str) -> psutil.Process:
    """Find the process of ours that listens at a URL."""
    port = int(url.rpartition(":")[2])
    (found,) = [
        process
        for process in psutil.Process().children(recursive=True)
        if any(one.laddr and one.laddr.port == port for one in process.net_connections())
    ]
    return found


def test_an_upload_is_there_for_whoever_opens_the_store(url, folders):
    made = httpx.post(f"{url}/datasets", files={"archive": ("pets.zip", zip_of(*PETS.items()))})
    told = made.raise_for_status().json()

    dataset = Datasets(open_store(str(folders / "store")), roots=[]).open(told["id"])

    assert told["name"] == "pets"
    assert {image.path: dataset.read(image) for image in dataset} == PETS
    assert httpx.delete(f"{url}/datasets/{told['id']}").status_code == 204
    assert httpx.get(f"{url}/datasets").json() == {"datasets": []}


def test_a_registered_folder_leaves_links_out_and_stays(url, folders):
    told = httpx.post(f"{url}/datasets", json={"path": "pets"}).raise_for_status().json()
    outside = httpx.post(f"{url}/datasets", json={"path": "elsewhere"})

    assert (told["images"], told["classes"]) == (10, ["cat", "dog"])
    assert outside.json()["code"] == "dataset_path_outside"
    assert httpx.delete(f"{url}/datasets/{told['id']}").status_code == 204
    assert (folders / "root/pets/dog/4.png").is_file()


def test_a_hostile_archive_leaves_the_disk_as_it_was(url, folders):
    def everything():
        return sorted(path for path in folders.rglob("*") if not path.is_dir())

    before = everything()
    for archive in (
        tar_of(*PETS.items(), ("../../evil.png", b"x")),
        zip_of(*PETS.items(), (f"{folders}/evil.png", b"x")),
        zip_of(*PETS.items())[:-30],
        GOOD_ZIP,
    ):
        refused = httpx.post(f"{url}/datasets", files={"archive": ("a", archive)})
        assert refused.status_code == 422
        assert str(folders) not in refused.json()["detail"].replace(f"'{folders}/evil.png'", "")

    assert everything() == before


def test_a_large_archive_takes_the_disk_and_not_the_memory(url, tmp_path):
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/1.png", encoded(noise(1)))
        for index in range(NOISE_MEGABYTES // 4):
            archive.writestr(f"a/{index}.bin", os.urandom(4 * 2**20))
    process = process_at(url)
    begins_at = process.memory_info().rss

    with path.open("rb") as file:
        made = httpx.post(f"{url}/datasets", files={"archive": file}, timeout=120.0)
    told = made.raise_for_status().json()

    assert (told["images"], told["skipped"]) == (1, NOISE_MEGABYTES // 4)
    assert process.memory_info().rss - begins_at < NOISE_MEGABYTES * 2**20 / 2
    httpx.delete(f"{url}/datasets/{told['id']}").raise_for_status()


def test_a_service_on_a_bucket_keeps_and_registers_datasets_there(redis_url):
    with s3_server() as server, server.environment():
        bucket = server.new_bucket()
        root = open_store(f"{bucket}/images")
        for path, content in PETS.items():
            root.write(path, content)
        settings = {"store": f"{bucket}/store", "dataset_roots": f"{bucket}/images"}
        with front(redis_url, "tiny", **settings) as url:
            archive = io.BytesIO(tar_of(*PETS.items()))
            sent = httpx.post(f"{url}/datasets", files={"archive": ("p.tar", archive)}).json()
            registered = httpx.post(f"{url}/datasets", json={"path": "pets"}).json()
            listed = httpx.get(f"{url}/datasets").json()["datasets"]

            datasets = Datasets(open_store(f"{bucket}/store"), roots=[])
            assert [one["id"] for one in listed] == [sent["id"], registered["id"]]
            for told, begin in ((sent, "pets/"), (registered, "")):
                dataset = datasets.open(told["id"])
                assert [image.path for image in dataset] == [
                    begin + path.removeprefix("pets/") for path in sorted(PETS)
                ]
                assert [dataset.read(image) for image in dataset] == [
                    PETS[path] for path in sorted(PETS)
                ]
                httpx.delete(f"{url}/datasets/{told['id']}").raise_for_status()
        assert [file.path for file in open_store(bucket).files("store")] == []
        assert len(list(root.files(""))) == len(PETS)
