"""The commands `vitrine train` and `vitrine evaluate`, from options to exit codes."""

import inspect
import json

import pytest
import typer
from typer.testing import CliRunner

from training.backbones import BackboneChoice
from training.fine_tuning_plan import FineTuningPlan
from vitrine.commands.evaluate import evaluate
from vitrine.commands.train import train

application = typer.Typer()
application.command()(train)
application.command()(evaluate)
SMALL = ["--backbone", "TinyNet", "--backbone-arguments", '{"alpha": 0.5}']
SHORT = ["--weights", "none", "--image-size", "32", "--epochs", "1", "--batch-images", "8"]


@pytest.fixture(scope="module")
def trained(images_folder, tmp_path_factory):
    """The answer of the command, and the folder that it wrote."""
    out = tmp_path_factory.mktemp("models") / "colours"
    return run("train", "--data", images_folder, "--out", out, *SMALL, *SHORT), out


def run(*arguments):
    return CliRunner().invoke(application, [str(argument) for argument in arguments])


def test_training_then_evaluating_prints_what_was_measured(trained, images_folder):
    answer, out = trained

    evaluated = run("evaluate", out, "--data", images_folder, "--json")

    assert answer.exit_code == 0, answer.output
    assert "accuracy" in answer.output
    assert json.loads(evaluated.stdout)["images"] == 20


def test_a_validation_folder_is_judged_by_instead_of_a_fraction(images_folder, tmp_path):
    out = tmp_path / "colours"

    run(
        "train",
        "--data",
        images_folder,
        "--validation",
        images_folder,
        "--out",
        out,
        *SMALL,
        *SHORT,
    )

    report = json.loads((out / "report.json").read_text())
    assert report["images_learned_from"] == 20
    assert report["held_out"]["images"] == 20


def test_tables_of_the_evaluation_name_every_class(trained, images_folder):
    shown = run("evaluate", trained[1], "--data", images_folder).stdout

    assert "calibration error" in shown
    assert "as blue" in shown


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--backbone", "mobilenett"], "MobileNet"),
        (["--backbone", "TinyNet", "--weights", "absent.h5"], "no such file"),
    ],
    ids=["unknown backbone", "absent weights"],
)
def test_a_refusal_is_one_line_and_exit_code_one(images_folder, tmp_path, options, words):
    refused = run("train", "--data", images_folder, "--out", tmp_path / "out", *options)

    assert refused.exit_code == 1
    assert words in refused.output
    assert "Traceback" not in refused.output


def test_backbone_arguments_that_are_no_json_are_a_usage_error(images_folder, tmp_path):
    refused = run(
        "train", "--data", images_folder, "--out", tmp_path, "--backbone-arguments", "alpha=1"
    )

    assert refused.exit_code == 2


def test_defaults_of_the_command_are_those_of_the_plan():
    plan = FineTuningPlan(BackboneChoice("ResNet50V2"))
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(train).parameters.items()
    }

    assert defaults["epochs"] == plan.epochs
    assert defaults["learning_rate"] == plan.learning_rate
    assert defaults["batch_images"] == plan.batch_images
    assert defaults["patience"] == plan.patience_epochs
    assert defaults["keep_by"] == plan.keep_by
    assert defaults["smallest_crop"] == plan.crops.smallest_area
    assert defaults["averaging"] == plan.averaging
    assert defaults["hosted_size"] == plan.hosted_size
    assert defaults["mixed_precision"] == plan.mixed_precision
    assert defaults["seed"] == plan.seed
    assert defaults["weights"] == plan.backbone.weights
    assert (defaults["image_size"],) * 2 == plan.backbone.size
