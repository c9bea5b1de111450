"""`vitrine atlas` and `vitrine locate`: what is sent, printed and written, and how it ends."""

import json
import zipfile
from io import BytesIO

import pytest
from typer.testing import CliRunner

from tests.vitrine.job_server import DETAILS, FILES, job_server
from vitrine.__main__ import app
from vitrine.client.jobs import Job
from vitrine.commands.packed_folder import packed

RESULT = {
    "atlas": "atlas.json",
    "preview": "first.png",
    "images": 1234,
    "unread": 1,
    "points": 2400,
    "silent": 68,
    "cells": {"8": 40, "16": 170},
}
COST = {
    "quality": {"samples": 2000, "grids": [8], "steps": 128, "attempts": 1, "icon_size": 64},
    "images": 3,
    "activations": 3,
    "cells": 5,
    "icon_steps": 640,
}


@pytest.fixture
def server():
    with job_server(result=RESULT) as found:
        yield found


def run(server, *arguments: str):
    return CliRunner().invoke(app, arguments, env={"VITRINE_URL": server[0], "COLUMNS": "120"})


def submitted(server) -> dict:
    [body] = [body for method, path, body in server[1].asked if path == "/jobs"]
    return json.loads(body)


def test_an_atlas_of_a_dataset_is_ordered_with_the_options_as_parameters(server):
    options = ["--quality", "draft", "--class", "cat", "--versus", "1", "--layer", "second"]

    answer = run(server, "atlas", "d1", *options, "-p", "grids=[2, 4]", "--model", "tiny")

    assert answer.exit_code == 0, answer.output
    assert submitted(server) == {
        "kind": "atlas",
        "model": "tiny",
        "params": {
            "dataset": "d1",
            "quality": "draft",
            "class_filter": "cat",
            "versus": 1,
            "layer": "second",
            "grids": [2, 4],
        },
    }
    for shown in ("j1", "1,234", "2,400", "40 of 8 x 8, 170 of 16 x 16"):
        assert shown in answer.stdout


def test_a_picture_of_the_whole_and_every_file_are_fetched(server, tmp_path):
    picture, out = tmp_path / "atlas.png", tmp_path / "all"

    answer = run(server, "atlas", "d1", "--preview", str(picture), "--out", str(out), "--json")

    assert json.loads(answer.stdout) == RESULT
    assert picture.read_bytes() == FILES["first.png"]
    for name, content in FILES.items():
        assert (out / name).read_bytes() == content


def test_without_waiting_the_id_of_the_job_is_all_that_is_printed(server):
    plain = run(server, "atlas", "d1", "--no-wait")
    shown = run(server, "atlas", "d1", "--no-wait", "--json")

    assert (plain.exit_code, plain.stdout) == (0, "j1\n")
    assert json.loads(shown.stdout)["id"] == "j1"
    assert not any(path.endswith("/events") for _, path, _ in server[1].asked)


def test_a_dry_run_tells_the_cost_and_fetches_nothing(tmp_path):
    with job_server(result=COST) as server:
        table = run(server, "atlas", "d1", "--dry-run", "--preview", str(tmp_path / "a.png"))
        asked = submitted(server)
    with job_server(result=COST) as server:
        shown = run(server, "atlas", "d1", "--dry-run", "--json")

    assert asked["params"] == {"dataset": "d1", "dry_run": True}
    for word in ("icon steps", "640", "cells", "[8]"):
        assert word in table.stdout
    assert json.loads(shown.stdout) == COST
    assert not (tmp_path / "a.png").exists()


def test_a_folder_is_sent_first_and_the_atlas_is_of_the_dataset_that_it_becomes(
    server, tmp_path
):
    (tmp_path / "pets/cat").mkdir(parents=True)
    (tmp_path / "pets/cat/1.png").write_bytes(b"a cat")
    (tmp_path / "pets/.hidden").write_bytes(b"nobody's")

    answer = run(server, "atlas", str(tmp_path / "pets"))

    assert answer.exit_code == 0, answer.output
    assert submitted(server)["params"] == {"dataset": DETAILS["id"]}
    assert f"are dataset {DETAILS['id']}" in answer.stderr
    [upload] = [body for method, path, body in server[1].asked if path == "/datasets"]
    assert b'filename="pets.zip"' in upload
    with zipfile.ZipFile(BytesIO(upload[upload.index(b"PK\3\4") :])) as sent:
        assert {name: sent.read(name) for name in sent.namelist()} == {"cat/1.png": b"a cat"}


def test_the_archive_of_a_folder_is_gone_after_it_was_sent(tmp_path):
    (tmp_path / "1.png").write_bytes(b"a cat")

    with packed(tmp_path) as archive:
        assert archive.is_file()

    assert not archive.exists()


def test_an_atlas_that_failed_ends_with_one_and_the_reason():
    with job_server(status="failed") as server:
        answer = run(server, "atlas", "d1")

    assert answer.exit_code == 1
    assert "too little memory (out_of_memory)" in answer.stderr
    assert answer.stdout == ""


def test_a_job_left_by_ctrl_c_is_named_with_the_way_back_to_it(server, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Job, "wait", interrupted)

    answer = run(server, "atlas", "d1")

    assert answer.exit_code != 0
    assert "`vitrine jobs wait j1` follows it again" in answer.stderr
    assert ("DELETE", "/jobs/j1") not in [asked[:2] for asked in server[1].asked]


@pytest.mark.parametrize(
    "arguments",
    [
        ["atlas"],
        ["atlas", "no/such/folder"],
        ["atlas", "nothing.zip"],
        ["atlas", "d1", "--quality", "best"],
        ["atlas", "d1", "--no-wait", "--preview", "a.png"],
        ["atlas", "d1", "-p", "no pair"],
        ["atlas", "{empty}"],
        ["locate", "--atlas", "j1"],
        ["locate", "no-such.png", "--atlas", "j1"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_two_and_asks_nothing(server, tmp_path, arguments):
    answer = run(server, *(word.format(empty=tmp_path) for word in arguments))

    assert answer.exit_code == 2
    assert server[1].asked == []


def test_the_files_of_a_job_are_listed_as_a_table_and_as_json(server):
    table = run(server, "jobs", "artifacts", "j1")
    listed = json.loads(run(server, "jobs", "artifacts", "j1", "--json").stdout)

    for name in FILES:
        assert name in table.stdout
    assert [one["path"] for one in listed["artifacts"]] == list(FILES)


def test_a_dataset_is_registered_where_it_is_and_shown(server):
    registered = run(server, "datasets", "register", "pets", "--name", "my pets")
    shown = run(server, "datasets", "show", "d1")
    as_json = run(server, "datasets", "show", "d1", "--json")

    assert (registered.exit_code, registered.stdout) == (0, "d1\n")
    [body] = [body for method, path, body in server[1].asked if (method, path)[0] == "POST"]
    assert json.loads(body) == {"path": "pets", "name": "my pets"}
    assert shown.stdout.startswith("photos: 3 images\n")
    assert " a " in shown.stdout
    assert json.loads(as_json.stdout) == DETAILS
