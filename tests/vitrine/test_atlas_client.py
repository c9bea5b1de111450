"""Both clients on atlases and uploads: what they ask, and what they make of the answers."""

import io

import httpx
import pytest

from tests.vitrine.clients import CLIENTS, Service
from tests.vitrine.job_server import DETAILS
from vitrine.client.calls import IMAGES_AT_ONCE
from vitrine.client.errors import AnswerInvalidError
from vitrine.client.told_file import ToldFile

CELL = {"grid": 8, "row": 3, "column": 5, "weight": 0.75}


@pytest.fixture(params=CLIENTS.values(), ids=CLIENTS)
def open_client(request):
    return request.param


def summary(name: str) -> dict:
    return {
        "id": name,
        "kind": "atlas",
        "model": "tiny",
        "dataset": "d1",
        "finished_at": "2026-01-02T03:04:05Z",
        "atlas": "…",
        "preview": "…",
    }


def test_atlases_are_gone_through_page_after_page(open_client):
    pages = [
        httpx.Response(200, json={"atlases": [summary("a"), summary("b")], "next_cursor": "n"}),
        httpx.Response(200, json={"atlases": [summary("c")], "next_cursor": None}),
    ]
    service = Service(*pages)

    with open_client(transport=service.transport) as client:
        found = [one.id for one in client.atlases()]

    assert found == ["a", "b", "c"]
    assert [dict(request.url.params) for request in service.requests] == [{}, {"cursor": "n"}]


def test_an_image_is_located_and_the_cells_are_typed(open_client):
    service = Service(httpx.Response(200, json=[CELL]))

    with open_client(transport=service.transport) as client:
        [cell] = client.locate(b"an image", "j/1")

    assert (cell.grid, cell.row, cell.column, cell.weight) == (8, 3, 5, 0.75)
    assert service.requests[0].url.raw_path == b"/atlases/j%2F1/locate"
    assert b"an image" in service.requests[0].content


def test_many_images_are_located_in_few_requests_and_in_their_order(open_client):
    def answer(request: httpx.Request) -> httpx.Response:
        count = request.content.count(b'form-data; name="image"')
        results = [[CELL | {"row": len(service.requests) * 100 + one}] for one in range(count)]
        return httpx.Response(200, json=results[0] if count == 1 else {"results": results})

    service = Service(answer)

    with open_client(transport=service.transport) as client:
        found = client.locate_all([b"i"] * (IMAGES_AT_ONCE + 1), "j1")

    assert [cells[0].row for cells in found] == [*range(100, 100 + IMAGES_AT_ONCE), 200]
    assert len(service.requests) == 2


def test_too_few_answers_are_not_taken_for_those_of_all_images(open_client):
    service = Service(httpx.Response(200, json={"results": [[CELL]]}))

    with (
        open_client(transport=service.transport) as client,
        pytest.raises(AnswerInvalidError, match="1 answers to 2 images"),
    ):
        client.locate_all([b"1", b"2"], "j1")


def test_an_upload_tells_how_much_of_it_has_been_sent(open_client, tmp_path):
    archive, told = tmp_path / "pets.zip", []
    archive.write_bytes(bytes(300_000))
    service = Service(httpx.Response(201, json=DETAILS))

    with open_client(transport=service.transport) as client:
        client.upload_dataset(archive, progress=lambda sent, whole: told.append((sent, whole)))

    assert bytes(300_000) in service.requests[0].content
    assert [sent for sent, _ in told] == sorted(sent for sent, _ in told)
    assert told[-1] == (300_000, 300_000)
    assert len(told) > 2


def test_a_told_file_reads_as_any_other(tmp_path):
    content, told = bytes(range(256)) * 10, []
    (tmp_path / "file").write_bytes(content)

    with ToldFile(tmp_path / "file", lambda sent, _: told.append(sent)) as file:
        pieces = [file.read(1000), file.read(1000), file.read()]
        file.seek(0, io.SEEK_SET)
        again = file.read(10)

    assert b"".join(pieces) == content
    assert again == content[:10]
    assert told == [1000, 2000, 2560, 10]
