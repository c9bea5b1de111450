"""`docs/client.md`: every example of it works as it stands, against a real service."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.processes import ROOT, clean_environment

pytestmark = pytest.mark.processes

PAGE = (ROOT / "docs/client.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the page's pictures, as a repository has them."""
    shutil.copytree(ROOT / "docs/pictures", tmp_path / "docs/pictures")
    return tmp_path


def run(
    command: list[str], code: str, *, folder: Path, base_url: str
) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [*command, code.replace(ADDRESS, base_url)],
        cwd=folder,
        env=clean_environment() | {"PYTHONPATH": path_of_ours(), "VITRINE_URL": base_url},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended


def path_of_ours() -> str:
    return ":".join([str(ROOT), *sys.path])


def test_the_notebook_runs_and_makes_its_pictures(base_url, folder):
    notebook, _ = blocks("python")

    ended = run([sys.executable, "-c"], notebook, folder=folder, base_url=base_url)

    lines = ended.stdout.splitlines()
    assert lines[0] in ("cat", "dog")
    assert lines[1].startswith("(8, 8) ")
    assert lines[2].split()[0] in ("supported", "mixed", "unsupported", "untested")
    assert lines[3] == "True"
    assert "width=" in lines[4]
    with (
        Image.open(folder / "why.png") as why,
        Image.open(folder / "docs/pictures/cat.jpg") as cat,
    ):
        assert why.size == cat.size
    assert (folder / "filters.png").exists()
    assert (folder / "maps.png").exists()


def test_the_awaited_example_runs(base_url, folder):
    _, awaited = blocks("python")

    ended = run([sys.executable, "-c"], awaited, folder=folder, base_url=base_url)

    assert ended.stdout == "['gradcam', 'saliency']\n"


def test_the_commands_run_and_write_their_files(base_url, folder):
    _, commands = blocks("bash")
    script = f'set -eu\nvitrine() {{ "{sys.executable}" -m vitrine "$@"; }}\n{commands}'

    ended = run(["bash", "-c"], script, folder=folder, base_url=base_url)

    assert "the same, byte for byte" in ended.stdout
    assert "tiny (default)" in ended.stdout
    assert (folder / "cat.png").exists()
    assert (folder / "maps/cat.overlay.png").exists()
    assert (folder / "maps/cat.raw.npy").exists()


@pytest.mark.node
def test_the_javascript_example_runs(base_url, folder):
    [script] = blocks("js")

    ended = run(["node", "--input-type=module", "-e"], script, folder=folder, base_url=base_url)

    assert re.match(r"(cat|dog) \[ 8, 8 \] [0-9.e-]+\n", ended.stdout)
    with Image.open(folder / "why.png") as why:
        assert why.format == "PNG"
