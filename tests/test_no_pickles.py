"""Nothing of ours reads pickles: whoever writes one decides what its reader runs."""

import ast
from pathlib import Path

import pytest

from tests.test_layers import MAY_IMPORT, files_of, imported_modules

PICKLING = ("pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal")


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_nothing_of_ours_reads_pickles(folder):
    for path in files_of(folder):
        tree = ast.parse(path.read_text())
        modules = {name.split(".")[0] for name in imported_modules(ast.walk(tree))}
        assert modules.isdisjoint(PICKLING), path
        assert not list(allowances(tree)), path


def allowances(tree: ast.AST):
    """Find `allow_pickle`, unless it says no."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            if not (isinstance(node.value, ast.Constant) and node.value.value is False):
                yield node


@pytest.mark.parametrize("line", ["np.load(f, allow_pickle=True)", "load(f, allow_pickle=it)"])
def test_an_allowance_would_be_found(line):
    assert list(allowances(ast.parse(line)))
    assert not list(allowances(ast.parse("np.load(f, allow_pickle=False)")))


def test_there_are_files_to_look_at():
    assert sum(len(files_of(folder)) for folder in MAY_IMPORT) > 200
    assert Path(files_of("core")[0]).is_file()
