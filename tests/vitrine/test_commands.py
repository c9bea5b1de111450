"""The command line: help, exit codes, and words in place of traces."""

import os
import re
import socket
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from service.settings import ServiceSettings
from tests.processes import clean_environment
from vitrine.__main__ import app
from vitrine.commands import optional_parts
from workers.settings import WorkerSettings

COMMANDS = (
    "predict", "explain", "localize", "visualize", "atlas", "locate", "replay",
    "up", "serve", "work", "train", "evaluate",
)  # fmt: skip

run = CliRunner().invoke


def all_commands(group, name: str = ""):
    """Go through the commands of a group and of the groups in it."""
    for word, found in group.commands.items():
        if hasattr(found, "commands"):
            yield from all_commands(found, f"{name}{word} ")
        else:
            yield f"{name}{word}", found


def vitrine(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "vitrine", *arguments],
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_is_answered_and_lists_every_command():
    answer = vitrine("--help")

    assert answer.returncode == 0
    for command in (*COMMANDS, "models", "jobs", "datasets"):
        assert f" {command} " in answer.stdout


@pytest.mark.parametrize(
    ("command", "found"), list(all_commands(typer.main.get_command(app))), ids=lambda one: one
)
def test_every_command_explains_each_of_its_options(command, found):
    assert found.help, command
    for parameter in found.params:
        assert parameter.help, parameter.name


def test_no_help_shows_a_section_that_is_meant_for_programmers():
    group = typer.main.get_command(app)
    commands = [*group.commands.values(), *group.commands["models"].commands.values()]

    for command in commands:
        assert not re.search(r"^(Args|Raises|Returns):", command.help, flags=re.MULTILINE)


AS_INSTALLED = "import sys; sys.argv = ['vitrine']; from vitrine.__main__ import main; main()"


@pytest.mark.parametrize(
    ("words", "expected"), [("vitrine jo", "jobs"), ("vitrine jobs ca", "cancel")]
)
def test_commands_are_completed_by_the_shell(words, expected):
    asked = {
        "_VITRINE_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }

    completed = subprocess.run(
        [sys.executable, "-c", AS_INSTALLED],
        env=clean_environment() | asked,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert completed.stdout.split() == [expected]


@pytest.mark.parametrize(
    "arguments",
    [
        ["no_such_command"],
        ["up", "--no-such-option"],
        ["up", "--port", "many"],
        ["up", "--workers", "0"],
        ["up", "--models", "/no/such/folder"],
        ["models", "check", "/no/such/folder"],
        ["evaluate", "/no/such/folder", "--data", "."],
        ["evaluate", ".", "--data", "/no/such/folder"],
        ["train", "--data", "/no/such/folder", "--out", "model"],
        ["serve"],
        ["work", "--redis-url", "redis://127.0.0.1"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_two_and_says_what_is_wrong(arguments, monkeypatch):
    for name in [name for name in os.environ if name.startswith("VITRINE_")]:
        monkeypatch.delenv(name)

    answer = run(app, arguments)

    assert answer.exit_code == 2
    assert "Traceback" not in answer.output
    assert "Usage" in answer.output


def test_a_taken_port_ends_up_with_one_and_a_line(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "model.toml").touch()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        answer = run(app, ["up", "--port", str(port), "--models", str(tmp_path)])

    assert answer.exit_code == 1
    assert answer.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}: Address already in use" in answer.stderr


def test_a_folder_without_models_ends_up_with_one_and_a_line(tmp_path):
    answer = run(app, ["up", "--port", "0", "--models", str(tmp_path)])

    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"vitrine: no model in {tmp_path}")


def test_a_missing_part_is_named_with_the_way_to_install_it(monkeypatch):
    monkeypatch.setitem(optional_parts.MODULES, "worker", ("no_such_module",))

    for command in (["up"], ["work", "--redis-url", "redis://x", "--models", "."]):
        answer = run(app, command)

        assert answer.exit_code == 1
        assert "this needs the worker part" in answer.stderr
        assert "pip install 'vitrine[worker]'" in answer.stderr


def test_a_module_missing_inside_a_command_gives_the_same_advice(capsys):
    @optional_parts.of_part("worker")
    def command() -> None:
        import no_such_module  # noqa: F401 - it is meant to be missing

    with pytest.raises(typer.Exit):
        command()

    assert "(no_such_module is not installed)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "settings"),
    [("serve", ServiceSettings), ("work", WorkerSettings)],
    ids=["serve", "work"],
)
def test_the_help_names_the_defaults_of_the_settings(command, settings):
    names = {"only": "models"}
    shown = {"none": "", "all": "", "the same Redis": "None", "no-trust-model-code": "False"}
    options = typer.main.get_command(app).commands[command].params
    optional = [option for option in options if not option.required and option.name != "help"]

    assert len(optional) > 3
    for option in optional:
        field = settings.model_fields[names.get(option.name, option.name)]
        said = option.show_default
        assert shown.get(said, said) == str(field.default), option.name


@pytest.fixture
def environment(monkeypatch) -> dict[str, str]:
    """An environment of its own, which commands may change."""
    monkeypatch.setattr(os, "environ", clean_environment())
    return os.environ


def test_serve_runs_the_front_with_the_options_as_settings(environment, monkeypatch):
    monkeypatch.setattr("service.__main__.main", lambda: 0)
    environment["VITRINE_SERVICE_HOST"] = "0.0.0.0"
    url = "rediss://user:secret@redis.example:6380/1"

    answer = run(app, ["serve", "--redis-url", url, "--port", "81", "--default-model", "m"])

    assert answer.exit_code == 0
    settings = ServiceSettings()
    assert (settings.redis_url, settings.port, settings.default_model) == (url, 81, "m")
    assert settings.host == "0.0.0.0"


def test_work_runs_the_worker_with_the_options_as_settings(environment, monkeypatch, tmp_path):
    monkeypatch.setattr("workers.__main__.main", lambda: 3)
    environment["VITRINE_WORKER_REDIS_URL"] = "redis://elsewhere"

    options = ["--models", str(tmp_path), "--only", "a,b", "--trust-model-code"]

    answer = run(app, ["work", *options])

    assert answer.exit_code == 1
    settings = WorkerSettings()
    assert settings.redis_url == "redis://elsewhere"
    assert str(settings.models_folder) == str(tmp_path)
    assert (settings.models, settings.trust_model_code) == ("a,b", True)


def test_a_command_that_loads_tensorflow_says_nothing_of_it(tmp_path):
    environment = clean_environment()
    environment.pop("TF_CPP_MIN_LOG_LEVEL", None)

    answer = subprocess.run(
        [sys.executable, "-m", "vitrine", "models", "check", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )

    assert (answer.returncode, answer.stderr) == (1, "")
    assert "model.toml cannot be read" in answer.stdout


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert run(app, ["--version"]).output == f"vitrine {version('vitrine')}\n"
