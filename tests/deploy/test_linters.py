"""Linters that are not ours have nothing to say of the Dockerfiles and the compose file."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.dockerfiles import FRONT, ROOT, WORKER

HADOLINT = Path(sys.executable).parent / "hadolint"
SCHEMA = ["--builtin-schema", "vendor.compose-spec"]


def hadolint(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(HADOLINT), "--failure-threshold", "style", "--no-color", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


def compose_schema(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *SCHEMA, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", [FRONT, WORKER])
def test_hadolint_has_nothing_to_say_of_a_dockerfile(name):
    ended = hadolint(ROOT / name)

    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr


def test_hadolint_would_say_so_if_there_were_something(tmp_path):
    sloppy = tmp_path / "Dockerfile"
    sloppy.write_text("FROM python\nRUN apt-get install curl\n")

    ended = hadolint(sloppy)

    assert ended.returncode != 0
    assert "DL3006" in ended.stdout


def test_the_compose_file_is_one_by_its_schema():
    ended = compose_schema(ROOT / "docker-compose.yml")

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_file_with_a_word_that_compose_does_not_know_is_none(tmp_path):
    wrong = tmp_path / "docker-compose.yml"
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    wrong.write_text(text.replace("    ports:\n", "    portz:\n"), encoding="utf-8")

    ended = compose_schema(wrong)

    assert ended.returncode != 0
    assert "portz" in ended.stdout
