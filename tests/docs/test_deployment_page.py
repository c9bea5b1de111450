"""The page of deployment names files, settings, profiles and commands that there are."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from service.settings import ServiceSettings
from tests.deploy.compose import compose
from tests.deploy.dockerfiles import ROOT
from vitrine.__main__ import app
from workers.settings import WorkerSettings

PAGES = {
    name: (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in ("deployment.md", "operations.md", "troubleshooting.md")
}
every_page = pytest.mark.parametrize("name", PAGES)
FILE = compose(REDIS_PASSWORD="secret")


def commands(text: str) -> list[list[str]]:
    """Give the words of every line of a shell block, without comments and variables."""
    blocks = re.findall(r"^```bash\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [shlex.split(line, comments=True) for line in "".join(blocks).splitlines()]
    return [
        [word for word in line if not re.match(r"[A-Z_]+=", word)] for line in lines if line
    ]


@every_page
def test_every_setting_that_a_page_names_is_one(name):
    known = {
        f"{settings.model_config['env_prefix']}{field.upper()}"
        for settings in (ServiceSettings, WorkerSettings)
        for field in settings.model_fields
    }

    assert set(re.findall(r"VITRINE_(?:SERVICE|WORKER)_\w+", PAGES[name])) <= known


@every_page
def test_every_file_of_ours_that_a_page_names_is_there(name):
    for path in re.findall(r"`((?:deploy|requirements|service)/[\w./*-]+)`", PAGES[name]):
        assert list(ROOT.glob(path)), path
    for path in re.findall(r"`([\w-]+\.yaml|Dockerfile[.\w]*)`", PAGES[name]):
        assert list(ROOT.glob(path)) or list((ROOT / "deploy" / "kubernetes").glob(path)), path


def test_the_vitrine_commands_of_the_pages_take_the_options_that_they_are_given():
    lines = [line for page in PAGES.values() for line in commands(page)]
    ours = [line for line in lines if line[0] == "vitrine"]
    assert ours

    for line in ours:
        shown = CliRunner().invoke(app, [line[1], "--help"], env={"COLUMNS": "200"})
        assert shown.exit_code == 0
        for option in (word for word in line if word.startswith("--")):
            assert option in shown.output


def test_the_compose_commands_of_the_pages_name_profiles_and_services_that_there_are():
    lines = [line for page in PAGES.values() for line in commands(page)]
    profiles = {
        one for service in FILE["services"].values() for one in service.get("profiles", [])
    }
    named = {
        line[index + 1]
        for line in lines
        if line[:2] == ["docker", "compose"]
        for index, word in enumerate(line)
        if word == "--profile"
    }

    assert named
    assert named <= profiles
    table = set(
        re.findall(r"^\| `(\w+)` \| (?:one worker|an S3)", PAGES["deployment.md"], re.M)
    )
    assert table == profiles


def test_the_images_that_the_page_builds_are_those_of_the_compose_file():
    built = {
        line[line.index("-t") + 1]
        for line in commands(PAGES["deployment.md"])
        if line[:2] == ["docker", "build"]
    }

    assert built == {
        service["image"] for service in FILE["services"].values() if "build" in service
    }
