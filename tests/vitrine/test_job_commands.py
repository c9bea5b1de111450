"""The commands about jobs and datasets, over real sockets: output, files and exit codes."""

import json

import pytest
from typer.testing import CliRunner

from tests.processes import free_port
from tests.vitrine.job_server import DATASET, DETAILS, FILES, RESULT, job_server
from vitrine.__main__ import app


@pytest.fixture
def server():
    with job_server() as found:
        yield found


@pytest.fixture
def run(server):
    """Run a command against the service; gives what it ended with."""

    def command(*arguments: str):
        return CliRunner().invoke(
            app, arguments, env={"VITRINE_URL": server[0], "COLUMNS": "120"}
        )

    return command


def body_of(server, path: str) -> dict:
    [body] = [
        body for method, asked, body in server[1].asked if (method, asked) == ("POST", path)
    ]
    return json.loads(body)


def test_a_job_is_submitted_with_parameters_and_its_id_printed(run, server):
    answer = run(
        "jobs", "submit", "atlas", "-p", "grids=[8, 16]", "-p", "dataset=d1", "--model", "tiny"
    )

    assert (answer.exit_code, answer.output) == (0, "j1\n")
    assert body_of(server, "/jobs") == {
        "kind": "atlas",
        "params": {"grids": [8, 16], "dataset": "d1"},
        "model": "tiny",
    }


def test_jobs_are_listed_as_a_table_and_as_json(run):
    table = run("jobs", "list", "--kind", "atlas")
    listed = json.loads(run("jobs", "list", "--json").output)

    assert table.exit_code == 0
    for cell in ("j1", "atlas", "tiny", "succeeded", "50% render", "2026-01-02"):
        assert cell in table.output
    assert [job["id"] for job in listed["jobs"]] == ["j1"]


def test_a_job_is_shown_as_a_table_and_as_json(run):
    assert "succeeded" in run("jobs", "show", "j1").output
    assert json.loads(run("jobs", "show", "j1", "--json").output)["id"] == "j1"


def test_waiting_prints_the_result_alone_to_standard_output(run):
    answer = run("jobs", "wait", "j1", "--timeout", "30")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == RESULT


def test_waiting_for_a_job_that_failed_ends_with_one_and_the_reason():
    with job_server(status="failed") as (url, _):
        answer = CliRunner().invoke(app, ["jobs", "wait", "j1", "--url", url])

    assert answer.exit_code == 1
    assert "too little memory (out_of_memory)" in answer.stderr
    assert "Traceback" not in answer.output


def test_a_job_is_cancelled_begun_again_and_deleted(run, server):
    assert run("jobs", "cancel", "j1").output == "succeeded\n"
    assert run("jobs", "retry", "j1").output == "succeeded\n"
    assert run("jobs", "delete", "j1").exit_code == 0

    methods = [(method, path) for method, path, _ in server[1].asked]
    assert ("POST", "/jobs/j1/retry") in methods
    assert methods.count(("DELETE", "/jobs/j1")) == 1


def test_files_of_a_job_are_fetched_into_a_folder(run, tmp_path):
    answer = run("jobs", "fetch", "j1", "--out", str(tmp_path / "made"))

    assert answer.exit_code == 0
    for name, content in FILES.items():
        assert (tmp_path / "made" / name).read_bytes() == content
        assert name in answer.output.replace("\n", "")


def test_channels_are_visualized_as_a_job_whose_files_are_fetched(run, server, tmp_path):
    arguments = ["--layer", "second", "--channels", "0-3", "--steps", "4", "-p", "seed=7"]
    answer = run("visualize", "--out", str(tmp_path / "made"), *arguments)

    assert answer.exit_code == 0, answer.output
    assert f"2 files in {tmp_path}" in answer.stdout.replace("\n", "")
    assert body_of(server, "/jobs") == {
        "kind": "activation-maximization",
        "params": {"layer": "second", "channels": "0-3", "steps": 4, "seed": 7},
    }
    assert (tmp_path / "made/first.png").exists()


def test_a_visualization_can_be_printed_as_its_result(run, tmp_path):
    answer = run("visualize", "--out", str(tmp_path), "--json")

    assert json.loads(answer.stdout) == RESULT


def test_datasets_are_listed_sent_and_deleted(run, server, tmp_path):
    archive = tmp_path / "photos.zip"
    archive.write_bytes(b"PK-archive")

    table = run("datasets", "list")
    listed = json.loads(run("datasets", "list", "--json").output)
    added = run("datasets", "add", str(archive))
    shown = json.loads(run("datasets", "add", str(archive), "--json").output)
    deleted = run("datasets", "delete", "d1")

    assert "photos" in table.output
    assert "1,234" in table.output
    assert listed == {"datasets": [DATASET]}
    assert (added.stdout, shown) == ("d1\n", DETAILS)
    assert deleted.exit_code == 0
    sent = [body for method, path, body in server[1].asked if path == "/datasets" and body]
    assert all(b"PK-archive" in body for body in sent)


@pytest.mark.parametrize(
    "arguments",
    [
        ["jobs", "submit", "atlas", "-p", "no pair"],
        ["jobs", "submit"],
        ["jobs", "list", "--limit", "0"],
        ["jobs", "fetch", "j1"],
        ["datasets", "add", "/no/such.zip"],
        ["visualize"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_two_and_asks_nothing(run, server, arguments):
    answer = run(*arguments)

    assert answer.exit_code == 2
    assert server[1].asked == []


@pytest.mark.parametrize(
    "arguments", [["jobs", "list"], ["datasets", "list"], ["models", "list"]]
)
def test_where_nobody_listens_a_line_says_so(arguments, monkeypatch):
    monkeypatch.setattr("httpx_retries.retry.time.sleep", lambda _: None)
    url = f"http://127.0.0.1:{free_port()}"

    answer = CliRunner().invoke(app, [*arguments, "--url", url])

    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"vitrine: {url}")
    assert answer.stderr.count("\n") == 1


def test_a_key_is_taken_from_the_environment_and_never_shown(monkeypatch):
    with job_server() as (url, handler):
        keys = []
        monkeypatch.setattr(
            handler,
            "send_json",
            lambda self, path: (
                keys.append(self.headers["Authorization"]),
                self.send(401, b"{}"),
            ),
        )
        answer = CliRunner().invoke(
            app, ["jobs", "list", "--url", url], env={"VITRINE_API_KEY": "secret-key"}
        )

    assert keys == ["Bearer secret-key"]
    assert answer.exit_code == 1
    assert "secret-key" not in answer.output
