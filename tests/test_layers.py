"""Folders are layers: each imports only what it may, and the front starts light."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "core": (),
    "api_schemas": (),
    "messaging": ("api_schemas",),
    "storage": ("api_schemas",),
    "service": (
        "api_schemas",
        "messaging",
        "storage",
        "web",
        "core.atlas.grid",
        "core.atlas.locate",
        "core.atlas.places",
        "core.compare.shared_labels",
        "core.errors",
        "core.images",
        "core.localize",
        "core.render",
    ),
    "workers": ("api_schemas", "messaging", "storage", "core"),
    "training": ("core", "storage"),
    "vitrine": ("api_schemas",),
    "models": (),
    "web": (),
    "benchmarks": ("api_schemas", "core", "messaging", "storage", "vitrine", "workers"),
}
"""Modules of ours that each folder may import beside its own: the table of the architecture."""

FREE_OF_TENSORFLOW = ("api_schemas", "messaging", "storage", "service", "vitrine")
"""Folders whose files never import TensorFlow or Keras, not even inside a function."""

HEAVY = ("tensorflow", "keras")
MAKE_THE_FRONT = """
from service.__main__ import make_app
from service.settings import ServiceSettings
app = make_app(ServiceSettings(redis_url="redis://127.0.0.1:1"))
"""
SLOW = (*HEAVY, "scipy", "sklearn", "skimage", "umap", "numba", "pandas")
"""What would make a front slow to start; `benchmarks/front_start.py` measures it."""


def files_of(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports_at_start(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk what runs when a file is imported: no function bodies, nothing for mypy alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from imports_at_start(node)


def imported_modules(nodes: Iterator[ast.AST]) -> set[str]:
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_the_architecture_allows(folder):
    # `vitrine` starts the other parts as processes, or imports them where they are used.
    walk = imports_at_start if folder == "vitrine" else ast.walk
    allowed = (folder, *MAY_IMPORT[folder])

    forbidden = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in files_of(folder)
        for module in imported_modules(walk(ast.parse(path.read_text())))
        if is_within(module, tuple(MAY_IMPORT)) and not is_within(module, allowed)
    }

    assert forbidden == set()


@pytest.mark.parametrize("folder", FREE_OF_TENSORFLOW)
def test_a_folder_without_kernels_never_imports_tensorflow(folder):
    heavy = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in files_of(folder)
        for module in imported_modules(ast.walk(ast.parse(path.read_text())))
        if is_within(module, HEAVY)
    }

    assert heavy == set()


def test_every_package_of_ours_stands_in_the_table():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert packages <= set(MAY_IMPORT)


HELP = """
from typer.testing import CliRunner
from vitrine.__main__ import app
assert CliRunner().invoke(app, ["--help"]).exit_code == 0
"""


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        pytest.param("import service.__main__", SLOW, id="front"),
        pytest.param(f"{MAKE_THE_FRONT}app.openapi()", SLOW, id="application"),
        pytest.param(HELP, (*SLOW, "numpy", "PIL", "httpx", "redis", "fastapi"), id="help"),
        pytest.param("import core", (*HEAVY, "numpy", "cv2", "PIL"), id="core"),
        pytest.param("import core.render.pictures", HEAVY, id="rendering"),
        pytest.param("import core.images.decode", HEAVY, id="decoding"),
        pytest.param("import messaging.inbox", HEAVY, id="messaging"),
    ],
)
def test_an_import_loads_nothing_that_it_could_do_without(code, unwanted):
    judge = f"import sys\n{code}\nsys.exit(str(sorted(set({unwanted!r}) & set(sys.modules))))"

    ended = subprocess.run(
        [sys.executable, "-c", judge], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ended.stderr.strip().splitlines()[-1:] == ["[]"]
