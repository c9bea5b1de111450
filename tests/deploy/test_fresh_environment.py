"""The steps of the front's Dockerfile, in a fresh virtual environment: what it makes runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.deploy.dockerfiles import FRONT, ROOT, command, instructions, variables
from tests.processes import answers, free_port, running, valkey, wait_until

pytestmark = pytest.mark.processes

SMALL_PACKAGE = "annotated-types"
"""Of the lock; if it cannot be had there is no package index, or no way to it."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where there is no package index."""
    asked = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", SMALL_PACKAGE]
    options = ["--retries", "1", "--dest", str(tmp_path_factory.mktemp("asked"))]
    ended = subprocess.run([*asked, *options], capture_output=True, check=False)
    if ended.returncode:
        pytest.skip("needs the package index that pip is set up for")


def copy_context(folder: Path) -> None:
    """Copy what `.dockerignore` lets through to a build."""
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if not line.startswith("!"):
            continue
        for source in ROOT.glob(line[1:]):
            target = folder / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                ignore = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, target, ignore=ignore)
            else:
                shutil.copy(source, target)


@pytest.fixture(scope="module")
def installed(index, tmp_path_factory) -> Path:
    """The folder of an environment that the Dockerfile's own commands have made."""
    context, place = tmp_path_factory.mktemp("build"), tmp_path_factory.mktemp("opt") / "made"
    copy_context(context)
    build = [
        rest for word, rest in instructions(FRONT) if word == "RUN" and "useradd" not in rest
    ]
    assert build[0] == "python -m venv /opt/vitrine"
    path = f"{place}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}"
    for step in build:
        ended = subprocess.run(
            ["sh", "-ec", step.replace("/opt/vitrine", str(place))],
            cwd=context,
            env=os.environ | {"PATH": path, "PYTHONPATH": "", "PIP_QUIET": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, f"{step}\n{ended.stderr}"
    return place


def test_the_front_that_was_installed_serves_its_page_and_its_health_check_sees_it(
    installed, tmp_path
):
    program, *arguments = command(FRONT, "CMD")
    port = free_port()
    with valkey() as redis_url:
        environment = {
            **{name: str(tmp_path) for name in ("HOME", "TMPDIR", "MPLCONFIGDIR")},
            "PYTHONDONTWRITEBYTECODE": variables(FRONT)["PYTHONDONTWRITEBYTECODE"],
            "PYTHONPATH": "",
            "VITRINE_SERVICE_REDIS_URL": redis_url,
            "VITRINE_SERVICE_STORE": str(tmp_path / "store"),
            "VITRINE_SERVICE_HOST": "127.0.0.1",
            "VITRINE_SERVICE_PORT": str(port),
        }
        with running([str(installed / "bin" / program), *arguments], environment) as process:
            wait_until(
                lambda: (
                    answers(f"http://127.0.0.1:{port}/healthz/live")
                    or process.popen.poll() is not None
                ),
                "the front answers",
            )
            assert process.popen.poll() is None, process.stderr
            page = httpx.get(f"http://127.0.0.1:{port}/", timeout=30.0)
            python, *check = command(FRONT, "HEALTHCHECK")
            healthy = subprocess.run(
                [str(installed / "bin" / python), *check],
                cwd=tmp_path,
                env=os.environ | environment,
                check=False,
            )

    assert page.status_code == 200
    assert "Vitrine" in page.text
    assert healthy.returncode == 0


def test_what_was_installed_fits_together_and_has_no_tensorflow(installed):
    python = str(installed / "bin" / "python")
    checked = subprocess.run(
        [python, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format", "freeze"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert checked.returncode == 0, checked.stdout
    packages = {line.split("==")[0].lower() for line in listed.stdout.splitlines()}
    assert {"vitrine", "fastapi", "s3fs", "opentelemetry-sdk"} <= packages
    assert not {"tensorflow", "keras"} & packages
