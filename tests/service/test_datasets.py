"""`/datasets` over HTTP: archives and paths are taken, or refused in the contract's words."""

import json
import os
from pathlib import Path

import httpx
import pytest

from service.dataset_uploads import FORM_BYTES
from storage.store import open_store
from tests.service.application import client_of, png
from tests.storage.hostile_archives import DAMAGED, UNSAFE, tar_of, zip_of

PETS = {
    "pets/cat/1.png": png(3, 5),
    "pets/cat/2.png": png(4, 4),
    "pets/dog/1.png": png(7, 2),
}
ARCHIVE = zip_of(*PETS.items())
UNREADABLE = b"\x89PNG\r\n\x1a\n, and no more"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
async def client(store):
    async with client_of(store=store) as opened:
        yield opened


def archive(content: bytes = ARCHIVE, filename: str = "my pets.zip") -> dict:
    return {"files": {"archive": (filename, content, "application/zip")}}


def refusal(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def files_in(store: Path) -> list[str]:
    return [file.path for file in open_store(str(store)).files("")]


async def test_a_dataset_lives_from_its_upload_to_its_deletion(client, store):
    made = await client.post("/datasets", **archive())
    told = made.json()

    assert made.status_code == 201
    assert made.headers["Location"] == f"/datasets/{told['id']}"
    assert told["created_at"].endswith("Z")
    assert {name: told[name] for name in told if name not in ("id", "created_at")} == {
        "name": "my pets",
        "images": 3,
        "classes": ["cat", "dog"],
        "class_images": [2, 1],
        "bytes": sum(map(len, PETS.values())),
        "source": "upload",
        "path": None,
        "skipped": 0,
        "skipped_files": [],
    }
    assert (await client.get(made.headers["Location"])).json() == told
    (listed,) = (await client.get("/datasets")).json()["datasets"]
    assert listed == {name: told[name] for name in listed}
    assert not {"skipped", "skipped_files", "path", "class_images"} & set(listed)

    deleted = await client.delete(f"/datasets/{told['id']}")

    assert (deleted.status_code, deleted.content) == (204, b"")
    assert (await client.get("/datasets")).json() == {"datasets": []}
    assert files_in(store) == []
    for method in ("GET", "DELETE"):
        gone = await client.request(method, f"/datasets/{told['id']}")
        assert refusal(gone) == (404, "dataset_not_found")


@pytest.mark.parametrize(
    ("filename", "data", "name"),
    [
        pytest.param("pets.zip", {"name": "Hund & Katz"}, "Hund & Katz", id="given"),
        pytest.param("pets.tar.gz", {}, "pets", id="of a tar"),
        pytest.param("pets.v2.TGZ", {}, "pets.v2", id="with a dot"),
        pytest.param("C:\\Users\\me\\pets.zip", {}, "pets", id="of Windows"),
        pytest.param("../../etc/pets.zip", {}, "pets", id="that leads elsewhere"),
        pytest.param(".zip", {}, "dataset", id="of nothing"),
        pytest.param("n" * 300 + ".zip", {}, "n" * 200, id="too long"),
    ],
)
async def test_a_dataset_is_called_as_asked_or_after_its_file(client, filename, data, name):
    made = await client.post("/datasets", **archive(filename=filename), data=data)

    assert made.json()["name"] == name


async def test_a_service_under_a_prefix_says_where_the_dataset_is(store):
    async with client_of(store=store) as client:
        client._transport.root_path = "/vitrine"
        made = await client.post("/datasets", **archive())

    assert made.headers["Location"] == f"/vitrine/datasets/{made.json()['id']}"


async def test_what_cannot_be_decoded_is_skipped_counted_and_listed(store):
    members = {**PETS, "pets/cat/broken.png": UNREADABLE, "pets/notes.txt": b"words"}
    large = {"pets/dog/wide.png": png(101, 1)}

    async with client_of(store=store, max_image_pixels=100) as client:
        sent = archive(zip_of(*members.items(), *large.items()))
        told = (await client.post("/datasets", **sent)).json()

    assert (told["images"], told["skipped"]) == (3, 3)
    reasons = {one["path"]: one["reason"] for one in told["skipped_files"]}
    assert set(reasons) == {"pets/cat/broken.png", "pets/notes.txt", "pets/dog/wide.png"}
    assert "cannot be decoded" in reasons["pets/cat/broken.png"]
    assert "101 pixels" in reasons["pets/dog/wide.png"]


HOSTILE = [
    *((make, "archive_unsafe") for make in UNSAFE.values()),
    *((make, "archive_undecodable") for make in DAMAGED.values()),
]


async def test_every_hostile_archive_is_refused_with_its_code_and_leaves_nothing(tmp_path):
    # The store is deep inside, so that what leads upwards would be seen.
    store = tmp_path / "1/2/3/4/store"
    limits = {"max_dataset_files": 200, "max_dataset_bytes": 30_000_000}
    # An image may be as large as it likes: what is left out unread is not found damaged.
    async with client_of(store=store, max_body_bytes=10**9, **limits) as client:
        for make, code in HOSTILE:
            response = await client.post("/datasets", **archive(make()))
            assert refusal(response) == (422, code), response.text
            assert str(tmp_path) not in response.text
        assert (await client.get("/datasets")).json() == {"datasets": []}

    assert len(HOSTILE) > 100
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []


async def test_an_archive_without_an_image_is_told_what_is_in_it_instead(client):
    empty = await client.post("/datasets", **archive(zip_of()))
    words = await client.post("/datasets", **archive(tar_of(("a.txt", b"words"))))

    assert refusal(empty) == refusal(words) == (422, "dataset_empty")
    assert "a.txt" in words.json()["detail"]


@pytest.mark.parametrize(
    ("request_", "pointer"),
    [
        pytest.param({"files": {"image": png()}}, "/image", id="an image"),
        pytest.param({"files": {"name": (None, "pets")}}, "/archive", id="no archive"),
        pytest.param({"files": {"archive": (None, "text")}}, "/archive", id="archive as text"),
        pytest.param({**archive(), "data": {"name": ""}}, "/name", id="empty name"),
        pytest.param({**archive(), "data": {"name": "n" * 201}}, "/name", id="long name"),
        pytest.param({**archive(), "data": {"name": "a\nb"}}, "/name", id="name of two lines"),
        pytest.param({**archive(), "data": {"name": ["a", "b"]}}, "/name", id="two names"),
        pytest.param({**archive(), "data": {"colour": "red"}}, "/colour", id="another field"),
        pytest.param({"json": {}}, "/path", id="no path"),
        pytest.param({"json": {"path": ""}}, "/path", id="empty path"),
        pytest.param({"json": {"path": 5}}, "/path", id="a number for a path"),
        pytest.param({"json": {"path": "a", "id": "b"}}, "/id", id="another member"),
    ],
)
async def test_a_field_that_is_wrong_is_pointed_at(client, request_, pointer):
    response = await client.post("/datasets", **request_)

    assert refusal(response) == (422, "fields_invalid")
    assert pointer in [fault["pointer"] for fault in response.json()["errors"]]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        pytest.param(
            {"content": ARCHIVE, "headers": {"Content-Type": "application/zip"}},
            (415, "media_type_unsupported"),
            id="bare archive",
        ),
        pytest.param({}, (415, "media_type_unsupported"), id="nothing"),
        pytest.param(
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            (422, "body_invalid"),
            id="broken json",
        ),
        pytest.param(
            {"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}},
            (422, "body_invalid"),
            id="form without a border",
        ),
        pytest.param(
            {"files": [("archive", ("a.zip", ARCHIVE)), ("archive", ("b.zip", ARCHIVE))]},
            (422, "body_invalid"),
            id="two archives",
        ),
        pytest.param(
            {**archive(), "data": {f"field{index}": "1" for index in range(20)}},
            (422, "body_invalid"),
            id="many fields",
        ),
    ],
)
async def test_a_body_that_is_none_of_the_forms_is_refused(client, store, request_, expected):
    response = await client.post("/datasets", **request_)

    assert refusal(response) == expected
    assert files_in(store) == []


async def test_an_archive_beyond_the_limit_is_refused_while_it_is_sent(store):
    sent = 0

    async def endless():
        nonlocal sent
        yield (
            b'--x\r\nContent-Disposition: form-data; name="archive"; filename="a.zip"\r\n\r\n'
        )
        while True:
            sent += 10_000
            yield bytes(10_000)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with client_of(store=store, max_archive_bytes=100_000) as client:
        told = await client.post("/datasets", **archive(bytes(200_000)))
        untold = await client.post("/datasets", content=endless(), headers=headers)

    assert refusal(told) == refusal(untold) == (413, "archive_too_large")
    assert sent <= 100_000 + FORM_BYTES + 20_000


async def test_a_disk_without_room_for_the_archive_is_told(client, monkeypatch):
    def full(*_, **__):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("starlette.formparsers.SpooledTemporaryFile", full)

    assert refusal(await client.post("/datasets", **archive())) == (507, "store_full")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, content in PETS.items():
        (tmp_path / "root" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / path).write_bytes(content)
    return tmp_path / "root"


async def test_a_path_under_a_root_is_registered_and_stays_when_it_is_deleted(store, root):
    async with client_of(store=store, dataset_roots=f"s3://other, {root}") as client:
        made = await client.post("/datasets", json={"path": f"{root}/pets", "name": "both"})
        told = made.json()
        deleted = await client.delete(f"/datasets/{told['id']}")

    assert made.status_code == 201
    assert (told["name"], told["source"], told["images"]) == ("both", "path", 3)
    assert told["path"] == f"{root}/pets"
    assert deleted.status_code == 204
    assert (root / "pets/cat/1.png").read_bytes() == PETS["pets/cat/1.png"]
    assert files_in(store) == []


@pytest.mark.parametrize("path", ["/etc", "../secret", "s3://bucket", "pets/../..", "a\0b"])
async def test_a_path_outside_of_the_roots_is_pointed_at(store, root, path):
    async with client_of(store=store, dataset_roots=str(root)) as client:
        response = await client.post("/datasets", json={"path": path})

    assert refusal(response) == (422, "dataset_path_outside")
    assert response.json()["errors"][0]["pointer"] == "/path"
    assert str(root) not in response.text


async def test_without_roots_no_path_is_taken(client, root):
    response = await client.post("/datasets", json={"path": str(root)})

    assert refusal(response) == (422, "dataset_path_outside")


async def test_a_path_that_is_not_there_holds_no_image(store, root):
    async with client_of(store=store, dataset_roots=str(root)) as client:
        response = await client.post("/datasets", json={"path": "nowhere"})

    assert refusal(response) == (422, "dataset_empty")


async def test_a_store_that_cannot_be_written_is_told():
    async with client_of(store=Path("/proc/none")) as client:
        response = await client.post("/datasets", **archive())

    assert refusal(response) == (503, "store_unavailable")
    assert "/proc" not in response.text


async def test_an_upload_under_way_is_given_up_when_the_service_ends(store, monkeypatch):
    images = [(f"a/{index}.png", png()) for index in range(50)]
    async with client_of(store=store) as client:
        desk = client._transport.app.state.parts.datasets
        desk.stop()
        response = await client.post("/datasets", **archive(zip_of(*images)))

    assert refusal(response) == (503, "store_unavailable")
    assert files_in(store) == []


async def test_the_document_describes_both_forms(client):
    document = (await client.get("/openapi.json")).json()
    content = document["paths"]["/datasets"]["post"]["requestBody"]["content"]

    assert set(content) == {"multipart/form-data", "application/json"}
    form = content["multipart/form-data"]["schema"]
    assert form["required"] == ["archive"]
    assert set(form["properties"]) == {"archive", "name"}
    assert content["application/json"]["schema"]["required"] == ["path"]
    assert "$ref" not in json.dumps(content)
