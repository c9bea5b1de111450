"""The README's calls of curl, run as they stand against a real service."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.processes import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.curl]

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"
CALLS = re.findall(r"^curl .*$", README, re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the README's picture, as the repository has it."""
    (tmp_path / "docs/pictures").mkdir(parents=True)
    shutil.copy(ROOT / "docs/pictures/cat.jpg", tmp_path / "docs/pictures")
    return tmp_path


def run(call: str, *, folder: Path, base_url: str) -> bytes:
    """Run a call; what it prints."""
    ended = subprocess.run(
        ["bash", "-c", call.replace(ADDRESS, base_url)],
        cwd=folder,
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_three_calls_answer_what_the_readme_says_of_them(base_url, folder):
    what, where, why = (run(call, folder=folder, base_url=base_url) for call in CALLS)

    classes = {one["label"] for one in json.loads(what)["predictions"]}
    assert classes == {"cat", "dog"}
    assert where == b""
    with (
        Image.open(folder / "gradcam.png") as picture,
        Image.open(folder / "docs/pictures/cat.jpg") as cat,
    ):
        assert (picture.format, picture.size) == ("PNG", cat.size)
    answer = json.loads(why)
    assert (answer["target"]["label"], answer["versus"]["label"]) == ("cat", "dog")
    assert answer["raw"]["dtype"] == "float32"
    assert "box" in answer
    assert "overlay" not in answer
