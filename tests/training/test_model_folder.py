"""What training writes: a folder that the service can host as it is."""

import json
import tomllib

import pytest

from core.models.load import load_classifier
from training.errors import ModelFolderError
from training.hosted import evaluated_folder
from training.model_folder import toml_text
from training.model_making import made_model
from training.progress import SilentProgress


@pytest.fixture(scope="module")
def made(images, small_plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "colours"
    evaluation = made_model(
        images, images, plan=small_plan, folder=folder, progress=SilentProgress()
    )
    return folder, evaluation


def test_the_folder_holds_weights_manifest_report_and_picture(made):
    folder, evaluation = made

    assert sorted(path.name for path in folder.iterdir()) == [
        "colours.keras",
        "learning_curve.png",
        "model.toml",
        "report.json",
    ]
    report = json.loads((folder / "report.json").read_text())
    assert report["held_out"] == evaluation.as_json()
    assert [point["epoch"] for point in report["learning_curve"]] == [0, 1, 2]
    assert report["plan"]["backbone"]["name"] == "TinyNet"


def test_the_service_hosts_the_folder_with_its_classes_and_layer(made):
    folder, _ = made

    classifier = load_classifier(folder)

    assert classifier.classes == ("blue", "red")
    assert classifier.manifest.input.preprocessing == "tf"
    assert classifier.default_layer == "conv2_relu"


def test_the_hosted_model_measures_as_the_trained_one(made, images_folder):
    folder, trained = made

    hosted = evaluated_folder(folder, images_folder, progress=SilentProgress())

    assert hosted.confusion == trained.confusion
    assert hosted.cross_entropy == pytest.approx(trained.cross_entropy, rel=1e-4)


def test_a_folder_without_a_manifest_is_refused(tmp_path, images_folder):
    with pytest.raises(ModelFolderError, match=r"model\.toml"):
        evaluated_folder(tmp_path, images_folder, progress=SilentProgress())


def test_text_with_quotes_and_accents_survives_in_toml():
    tables = {"": {"title": 'Chats "et" chiens, été'}, "output": {"classes": ["a", "b\\c"]}}

    assert tomllib.loads(toml_text(tables)) == {
        "title": 'Chats "et" chiens, été',
        "output": {"classes": ["a", "b\\c"]},
    }
