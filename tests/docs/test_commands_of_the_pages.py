"""Whatever the README and the docs tell people to type is taken by what they type it to."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer

from benchmarks.sections import SECTIONS
from tests.docs import curl_calls
from tests.docs.shell_commands import PAGES, ROOT, SHELLS, PageCommand, blocks_of, commands_of
from vitrine.__main__ import app

COMMANDS = [command for page in PAGES for command in commands_of(page)]

RUN_ELSEWHERE = {
    "docker": (
        "test_the_images_that_the_page_builds_are_those_of_the_compose_file",
        "test_the_compose_commands_of_the_pages_name_profiles_and_services_that_there_are",
    ),
    "kubectl": ("test_the_kubernetes_commands_of_the_pages_name_what_there_is",),
    "pip": ("test_what_pip_installs_is_this_package",),
    "cp": ("test_the_files_that_the_pages_copy_are_there",),
}
"""Programs that are not ours and not here, with the tests of what they are given."""

UsageError = typer.BadParameter.__mro__[1]
"""What the parser raises, of whichever library it comes from."""

MISSING = re.compile(r"(file|dir|directory|path) '(.+)' does not exist", re.IGNORECASE)
"""What the parser says of a path that is to be there."""

BESIDE = {"base64", "echo", "grep", "jq", "openssl", "tr"}
"""Programs that hand something to ours, or take it."""

WRITTEN = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^(?:async )?def (test_\w+)\(", path.read_text(), re.MULTILINE)
}


def of(program: str) -> list[PageCommand]:
    return [command for command in COMMANDS if command.words[0] == program]


def every(program: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("command", of(program), ids=str)


def parser_of_vitrine():
    """Give the real command, which parses all and does nothing."""

    def silence(command) -> None:
        for one in getattr(command, "commands", {}).values():
            silence(one)
        if not hasattr(command, "commands"):
            command.callback = lambda **_: None

    parser = typer.main.get_command(app)
    silence(parser)
    return parser


PARSER = parser_of_vitrine()


def check_vitrine(words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse a command in a folder, in which the files and folders are made that it names."""
    folder = folder / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for variable in ("VITRINE_SERVICE_REDIS_URL", "VITRINE_WORKER_REDIS_URL"):
        monkeypatch.setenv(variable, "redis://127.0.0.1")
    for _ in words:
        try:
            PARSER.main(words, standalone_mode=False)
        except typer.BadParameter as error:
            missing = MISSING.search(error.message)
            if missing is None:
                raise
            make(folder / missing.group(2), is_file=missing.group(1).lower() == "file")
        else:
            return


def make(path: Path, *, is_file: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch() if is_file else path.mkdir()


def test_there_are_commands_of_every_kind_and_no_program_is_unknown():
    programs = {command.words[0] for command in COMMANDS}

    assert len(COMMANDS) > 60
    assert {"vitrine", "make", "curl", "python"} <= programs
    assert programs <= {"vitrine", "make", "curl", "python", *RUN_ELSEWHERE, *BESIDE}


@every("vitrine")
def test_a_command_of_vitrine_has_the_options_that_a_page_gives_it(
    command, tmp_path, monkeypatch
):
    check_vitrine(list(command.words[1:]), tmp_path, monkeypatch)


@pytest.mark.parametrize(
    "words",
    [
        "paint cat.jpg",
        "jobs paint j1",
        "predict cat.jpg --paint",
        "train --data photographs",
        "atlas d1 --quality best",
        "up --port many",
        "datasets delete d1 d2",
    ],
)
def test_a_command_that_vitrine_does_not_take_would_be_found(words, tmp_path, monkeypatch):
    with pytest.raises(UsageError):
        check_vitrine(words.split(), tmp_path, monkeypatch)


@every("curl")
def test_a_call_of_curl_asks_for_what_the_service_has(command):
    curl_calls.check(command.words)


@pytest.mark.parametrize(
    "words",
    [
        ("curl", "localhost:8000/paint"),
        ("curl", "-X", "DELETE", "localhost:8000/predict"),
        ("curl", "-F", "picture=@cat.jpg", "localhost:8000/predict"),
        ("curl", "-F", "image=@cat.jpg", "-F", "mask_cnt=4", "localhost:8000/explain/rise"),
        ("curl", "-d", '{"kind": "atlas"}', "localhost:8000/jobs"),
        ("curl", "--json", '{"kind": "atlas", "params": {"data": "d"}}', "localhost:8000/jobs"),
        ("curl", "--paint", "localhost:8000/models"),
        ("curl", "example.org/models"),
    ],
    ids=" ".join,
)
def test_a_call_that_the_service_does_not_take_would_be_found(words):
    with pytest.raises((curl_calls.WrongCallError, curl_calls.jsonschema.ValidationError)):
        curl_calls.check(words)


@every("make")
def test_a_target_of_make_is_in_the_makefile_and_says_what_it_does(command):
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(command.words[1:]) <= {*targets}


@every("python")
def test_a_module_that_a_page_runs_is_there_and_has_its_sections(command):
    option, module, *arguments = command.words[1:]

    assert option == "-m"
    assert module.split(".")[0] in ("benchmarks", "training")
    assert find_spec(module) is not None
    if "--only" in arguments:
        assert set(arguments[arguments.index("--only") + 1 :]) <= set(SECTIONS)


@every("kubectl")
def test_the_kubernetes_commands_of_the_pages_name_what_there_is(
    command, tmp_path, monkeypatch
):
    words = " ".join(command.words)
    for path in re.findall(r"(?:-k|-f) (\S+)", words):
        assert (ROOT / path / "kustomization.yaml").is_file()
    for name in re.findall(r"(?:namespace|-n) (\S+)", words):
        namespace = (ROOT / "deploy/kubernetes/namespace.yaml").read_text()
        assert f"name: {name}\n" in namespace
    for name in re.findall(r"deploy/(\w+) ", words):
        assert f"name: {name}\n" in (ROOT / f"deploy/kubernetes/{name}.yaml").read_text()
    if "--" in command.words:
        inside = list(command.words[command.words.index("--") + 2 :])
        check_vitrine(inside, tmp_path, monkeypatch)


@every("docker")
def test_what_a_container_is_told_to_run_is_a_command_of_ours(command, tmp_path, monkeypatch):
    words = list(command.words)
    if "vitrine" in words:
        check_vitrine(words[words.index("vitrine") + 1 :], tmp_path, monkeypatch)


@every("pip")
def test_what_pip_installs_is_this_package(command):
    assert command.words[1:] == ("install", "vitrine")
    assert 'name = "vitrine"' in (ROOT / "pyproject.toml").read_text()


@every("cp")
def test_the_files_that_the_pages_copy_are_there(command):
    for source in command.words[1:-1]:
        assert (ROOT / source).is_file()


def test_each_program_of_others_has_a_test_that_is_there():
    for tests in RUN_ELSEWHERE.values():
        assert set(tests) <= WRITTEN


def test_examples_in_python_and_javascript_stand_where_a_test_runs_them():
    # By tests/end_to_end/test_client_page.py, and by test_protocols.py beside it.
    runs = {
        page
        for page in PAGES
        for language, _ in blocks_of(page)
        if language in ("python", "js", "javascript", "ts")
    }

    assert runs <= {"docs/client.md", "docs/protocols.md"}


def test_every_block_says_what_it_is_in():
    for page in PAGES:
        for language, content in blocks_of(page):
            is_ours = re.search(r"^(\$ )?(vitrine|curl|make|docker|kubectl) ", content, re.M)
            assert language in SHELLS or not is_ours, content
