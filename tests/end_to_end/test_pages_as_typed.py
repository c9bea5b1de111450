"""The calls of the pages, typed one after another at a real service of the bundled model.

What a page leaves open is filled in: the address, the files, a dataset's ID, and for JOB the
job that the page has ordered last. A job of minutes is ordered smaller.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.docs.shell_commands import statements_of
from tests.end_to_end.atlas_jobs import families_archive
from tests.processes import ROOT, front, valkey, wait_ready, worker

pytestmark = [pytest.mark.processes, pytest.mark.curl]

SMALLER = {
    '"methods": ["gradcam", {"method": "rise", "parameters": {"mask_count": 500}}]': (
        '"methods": ["gradcam", {"method": "rise", "parameters": {"mask_count": 16}}]'
    ),
    '"quality": "draft"}': (
        '"quality": "draft", "steps": 2, "grids": [4], "samples": 24, "min_density": 1}'
    ),
}
"""What is asked for, and less of it."""

ELSEWHERE = ("/data/pets", "patch-attack")
"""Made by `test_datasets.py` and `test_patch_attack.py`, at services of their own."""

RECEIPT = (
    f"{sys.executable} -c 'import json, sys; print(json.dumps(json.load(sys.stdin)"
    '["receipt"]))\''
)
"""In place of jq, which not every machine has."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that hosts the bundled model twice, under two names."""
    models, store = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("store")
    for name in ("catsdogs", "second"):
        bundled = ROOT / "models/catsdogs"
        shutil.copytree(bundled, models / name, ignore=shutil.ignore_patterns("shipped"))
    with (
        valkey() as redis_url,
        worker(redis_url, models, store=store),
        front(redis_url, "catsdogs", store=store) as url,
    ):
        wait_ready(url)
        yield url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the pages name."""
    made = tmp_path_factory.mktemp("typed")
    shutil.copy(ROOT / "docs/pictures/cat.jpg", made)
    for name in ("photographs.zip", "pets.zip"):
        (made / name).write_bytes(families_archive())
    return made


class Typist:
    """Types statements, and remembers what they made."""

    def __init__(self, client: httpx.Client, folder: Path) -> None:
        self._client, self._folder = client, folder
        self._address = str(client.base_url).rstrip("/")
        self.dataset = self.job = ""

    def type(self, statement: str) -> bytes:
        """Run a statement in bash; what it prints."""
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self._filled_in(statement)],
            cwd=self._folder,
            capture_output=True,
            timeout=180,
            check=False,
        )
        assert ended.returncode == 0, (statement, ended.stdout[-2000:], ended.stderr)
        self._remember(statement, ended.stdout)
        return ended.stdout

    def _filled_in(self, statement: str) -> str:
        for asked, less in SMALLER.items():
            statement = statement.replace(asked, less)
        fillings = {
            "localhost:8000": self._address,
            "curl ": "curl -sS --fail-with-body ",
            "jq .receipt": RECEIPT,
            '"ID"': f'"{self.dataset}"',
            "JOB": self.job,
            "FIRST": "catsdogs",
            "SECOND": "second",
        }
        for open_place, filling in fillings.items():
            statement = statement.replace(open_place, filling)
        return statement

    def _remember(self, statement: str, printed: bytes) -> None:
        if statement.rstrip().endswith("/datasets"):
            self.dataset = json.loads(printed)["id"]
        if '"kind"' in statement:
            job = json.loads(printed)
            self.job = job["id"]
            with self._client.stream("GET", job["links"]["events"]) as events:
                for _ in events.iter_lines():
                    pass
            ended = self._client.get(job["links"]["self"]).json()
            assert ended["status"] == "succeeded", ended


@pytest.mark.parametrize(
    ("page", "files"),
    [
        ("docs/http_interface.md", ["overlay.png", "receipt.json"]),
        ("docs/evidence.md", []),
        ("docs/explained_datasets.md", ["mean_maps.png"]),
        ("docs/compared_models.md", ["differences.png", "layers.png"]),
        ("docs/strongest_images.md", []),
        ("docs/atlases.md", ["atlas.png"]),
    ],
)
def test_what_a_page_says_can_be_typed(page, files, address, folder):
    typed = [
        statement
        for statement in statements_of(page)
        if "curl" in statement and not any(word in statement for word in ELSEWHERE)
    ]

    with httpx.Client(base_url=address, timeout=120.0) as client:
        typist = Typist(client, folder)
        typist.type("curl -F archive=@pets.zip -F name=typed localhost:8000/datasets")
        printed = [typist.type(one) for one in typed]

    assert len(printed) > 0
    for name in files:
        assert (folder / name).stat().st_size > 0
