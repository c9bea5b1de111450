"""`vitrine models check` says what a model folder holds, or why a worker would refuse it."""

import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from tests.core.models.conftest import write_folder
from vitrine.commands.models_check import check, labels_in_brief, shape_in_words


@pytest.fixture(scope="module")
def run():
    """Run the command with arguments, wide enough that no table wraps."""
    app = typer.Typer()
    app.command()(check)

    def run_with(*arguments):
        environment = {"COLUMNS": "200", "TERM": "dumb"}
        return CliRunner().invoke(
            app, [str(argument) for argument in arguments], env=environment
        )

    return run_with


def test_a_good_folder_is_described_in_full(run, tmp_path, made):
    result = run(write_folder(tmp_path / "pets", made("nested backbone")))

    assert result.exit_code == 0
    for words in (
        "Functional with a nested network",
        "6 x 6 rgb, preprocessing tf",
        "3: cat, dog, owl",
        "275",
        "backbone/last",
        "3 x 3 x 4 x 4",
        "no: its output has shape",
        "Refused methods",
    ):
        assert words in result.output


def test_a_refused_folder_ends_in_code_one_and_plain_words(run, tmp_path):
    result = run(tmp_path)

    assert result.exit_code == 1
    assert "model.toml cannot be read" in result.output
    assert "Traceback" not in result.output


def test_methods_that_are_refused_are_listed_with_the_reason(run, tmp_path, made):
    result = run(write_folder(tmp_path / "tokens", made("row of tokens")))

    assert "gradcam" in result.output
    assert "the network has no layer with a spatial map" in result.output


def test_the_command_is_imported_without_tensorflow():
    code = "import sys, vitrine.commands.models_check; sys.exit('tensorflow' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_labels_are_counted_and_the_first_are_written_out():
    assert labels_in_brief(tuple("abcdefgh")) == "8: a, b, c, d, e, f, …"
    assert labels_in_brief(("a", "b")) == "2: a, b"


def test_shapes_are_written_with_what_is_not_fixed():
    assert shape_in_words((None, 7, 3)) == "? x 7 x 3"
    assert shape_in_words(()) == ""
